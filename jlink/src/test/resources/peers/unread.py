"""Runs COMMAND... and copies its output, but reads nothing of it until standard input ends; the pipe
between them holds little.

unread.py COMMAND...; ends as the command does.
"""
import fcntl
import os
import subprocess
import sys

F_SETPIPE_SZ = 1031

reading, writing = os.pipe()
fcntl.fcntl(reading, F_SETPIPE_SZ, 4096)
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=writing)
os.close(writing)
sys.stdin.buffer.read()
data = os.read(reading, 65536)
while data:
    sys.stdout.buffer.write(data)
    data = os.read(reading, 65536)
sys.stdout.flush()
sys.exit(child.wait())
