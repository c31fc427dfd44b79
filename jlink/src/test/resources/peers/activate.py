"""Runs a program with a socket as standard input, as a service manager does.

The first argument is the kind of the socket. For "tcp", prints its port, and runs the program
whenever a connection waits and the program does not run; for other kinds, runs it once.
"""
import os
import select
import socket
import subprocess
import sys
import tempfile

kind, program = sys.argv[1], sys.argv[2:]
streams = {}
if kind in ("unix", "unix-datagram"):
    stream = socket.SOCK_STREAM if kind == "unix" else socket.SOCK_DGRAM
    passed = socket.socket(socket.AF_UNIX, stream)
    folder = tempfile.TemporaryDirectory()
    passed.bind(os.path.join(folder.name, "socket"))
elif kind == "udp":
    passed = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    passed.bind(("127.0.0.1", 0))
else:
    family = socket.AF_INET6 if kind == "tcp6" else socket.AF_INET
    passed = socket.socket(family, socket.SOCK_STREAM)
    passed.bind(("::1" if kind == "tcp6" else "127.0.0.1", 0))
if passed.type == socket.SOCK_STREAM and kind != "bound":
    passed.listen()
if kind == "connection":
    peer = socket.create_connection(passed.getsockname())
    passed, _ = passed.accept()
if kind in ("stdout", "stderr"):
    streams = {kind: passed}
if kind not in ("tcp", "tcp6"):
    sys.exit(subprocess.run(program, stdin=passed, **streams).returncode)
print("port", passed.getsockname()[1])
while True:
    select.select([passed], [], [])
    subprocess.run(program, stdin=passed)
    print("ended")
