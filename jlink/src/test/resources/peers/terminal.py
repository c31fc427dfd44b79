"""Runs COMMAND... with a terminal of its own as its standard input (0), output (1) and error output
(2), or some of them, as STREAMS says; the other ones are none.

terminal.py STREAMS COMMAND...; what comes in is typed, what is shown goes to the error output, as
it is. Ends as the command does.
"""
import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios

streams, *command = sys.argv[1:]
screen, terminal = pty.openpty()
modes = termios.tcgetattr(terminal)
modes[1] &= ~termios.OPOST
modes[3] &= ~termios.ECHO
termios.tcsetattr(terminal, termios.TCSANOW, modes)


def lead():
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    # A shell in the background has it ignored from birth.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


child = subprocess.Popen(
    command,
    stdin=terminal if "0" in streams else subprocess.DEVNULL,
    stdout=terminal if "1" in streams else None,
    stderr=terminal if "2" in streams else None,
    preexec_fn=lead,
)
os.close(terminal)
sources = [screen, 0]
while screen in sources:
    for source in select.select(sources, [], [])[0]:
        try:
            data = os.read(source, 65536)
        except OSError:
            # Nobody has the terminal open any more.
            data = b""
        if not data:
            sources.remove(source)
        elif source == screen:
            os.write(2, data)
        else:
            os.write(screen, data)
status = child.wait()
sys.exit(status if status >= 0 else 128 - status)
