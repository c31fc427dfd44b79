"""Runs COMMAND... on a pseudo-terminal, attached to the standard streams listed in STREAMS: 0, 1, 2.

terminal.py STREAMS COMMAND...: standard input is typed into the terminal, and terminal output is
copied to standard error. Exits with the status of the command. TERMINAL_COLUMNS is its width.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios

streams, *command = sys.argv[1:]
screen, terminal = pty.openpty()
modes = termios.tcgetattr(terminal)
modes[1] &= ~termios.OPOST
modes[3] &= ~termios.ECHO
termios.tcsetattr(terminal, termios.TCSANOW, modes)
columns = int(os.environ.get("TERMINAL_COLUMNS", 0))
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


def start_session():
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    # A background shell starts its children with SIGINT ignored.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


child = subprocess.Popen(
    command,
    stdin=terminal if "0" in streams else subprocess.DEVNULL,
    stdout=terminal if "1" in streams else None,
    stderr=terminal if "2" in streams else None,
    preexec_fn=start_session,
)
os.close(terminal)
sources = [screen, 0]
while screen in sources:
    for source in select.select(sources, [], [])[0]:
        try:
            data = os.read(source, 65536)
        except OSError:
            # The terminal is closed.
            data = b""
        if not data:
            sources.remove(source)
        elif source == screen:
            os.write(2, data)
        else:
            os.write(screen, data)
status = child.wait()
sys.exit(status if status >= 0 else 128 - status)
