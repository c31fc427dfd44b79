"""Relays datagrams of one client to 127.0.0.1:PORT and back, and impairs some of them.

relay.py PORT echo|stamp up|down [IMPAIRMENT=SEQUENCE,...]...; prints its own port and, at the end of its
input, the counters that the client must report. Impairs requests (up) or answers (down), each once,
selected by sequence number:

drop       dropped
delay      delayed by 1.5 s
duplicate  sent twice
reorder    sent after the next datagram
corrupt    one byte changed, after the sequence number
"""
import select
import socket
import sys
import time

DELAY_SECONDS = 1.5
CORRUPT_OFFSET = 30
FIGURES = {"drop": "lost", "delay": "late", "duplicate": "duplicates", "reorder": "reordered",
           "corrupt": "corrupt"}
SEQUENCE_FIELDS = {"echo up": (8, 8), "echo down": (8, 8), "stamp up": (0, 4), "stamp down": (24, 4)}

port, service, way, *args = sys.argv[1:]
start, size = SEQUENCE_FIELDS[service + " " + way]
impairments = {}
for arg in args:
    impairment, sequences = arg.split("=")
    impairments.update({int(sequence): impairment for sequence in sequences.split(",")})
figures = dict.fromkeys(FIGURES.values(), 0)

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.bind(("127.0.0.1", 0))
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.connect(("127.0.0.1", int(port)))
print(client.getsockname()[1], flush=True)
client_address = None
reordered = []
delayed = []


def send(datagram):
    if way == "up":
        server.send(datagram)
    else:
        client.sendto(datagram, client_address)


def impair(datagram):
    impairment = impairments.pop(int.from_bytes(datagram[start:start + size], "big"), None)
    if impairment is not None:
        figures[FIGURES[impairment]] += 1
    if impairment == "delay":
        delayed.append((time.monotonic() + DELAY_SECONDS, datagram))
    elif impairment == "reorder":
        reordered.append(datagram)
        return
    elif impairment == "corrupt":
        corrupt = bytearray(datagram)
        corrupt[CORRUPT_OFFSET] ^= 1
        send(corrupt)
    elif impairment != "drop":
        send(datagram)
    if impairment == "duplicate":
        send(datagram)
    while reordered:
        send(reordered.pop())


while True:
    left = max(delayed[0][0] - time.monotonic(), 0) if delayed else None
    ready, _, _ = select.select([client, server, sys.stdin], [], [], left)
    while delayed and delayed[0][0] <= time.monotonic():
        send(delayed.pop(0)[1])
    if client in ready:
        request, client_address = client.recvfrom(65535)
        impair(request) if way == "up" else server.send(request)
    if server in ready:
        answer = server.recv(65535)
        impair(answer) if way == "down" else client.sendto(answer, client_address)
    if sys.stdin in ready:
        break
print(*(name + "=" + str(count) for name, count in figures.items()))
