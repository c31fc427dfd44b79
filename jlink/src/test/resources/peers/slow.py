"""Runs COMMAND... and copies its output, but reads nothing for SECONDS once the first byte has come;
the pipe between them holds little.

slow.py SECONDS COMMAND...; ends as the command does.
"""
import fcntl
import os
import subprocess
import sys
import time

F_SETPIPE_SZ = 1031

seconds, *command = sys.argv[1:]
reading, writing = os.pipe()
fcntl.fcntl(reading, F_SETPIPE_SZ, 4096)
child = subprocess.Popen(command, stdout=writing)
os.close(writing)
data = os.read(reading, 1)
time.sleep(float(seconds))
while data:
    sys.stdout.buffer.write(data)
    data = os.read(reading, 65536)
sys.stdout.flush()
sys.exit(child.wait())
