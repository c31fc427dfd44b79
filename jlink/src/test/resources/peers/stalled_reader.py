"""Runs COMMAND... and copies its output, but does not read it until standard input ends, so that its
4 KiB pipe fills.

stalled_reader.py COMMAND...; exits with the status of the command.
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
