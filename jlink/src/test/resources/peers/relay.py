"""Relays datagrams of one client to 127.0.0.1:PORT and back, and spoils some of them.

relay.py PORT echo|stamp up|down [FATE=SEQUENCE,...]...; prints its own port, and, when its input
ends, what the client's figures have to be. It spoils the questions (up) or the answers (down), each
once, by the sequence in them:

drop   is lost
hold   comes 1.5 s later
twice  comes twice
swap   comes after the next one
spoil  has another byte, past what the client knows it by
"""
import select
import socket
import sys
import time

HOLD_SECONDS = 1.5
SPOILT_AT = 30
FIGURES = {"drop": "lost", "hold": "late", "twice": "duplicates", "swap": "reordered",
           "spoil": "corrupt"}
PLACES = {"echo up": (8, 8), "echo down": (8, 8), "stamp up": (0, 4), "stamp down": (24, 4)}

port, service, way, *args = sys.argv[1:]
start, size = PLACES[service + " " + way]
fates = {}
for arg in args:
    fate, sequences = arg.split("=")
    fates.update({int(sequence): fate for sequence in sequences.split(",")})
figures = dict.fromkeys(FIGURES.values(), 0)

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.bind(("127.0.0.1", 0))
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.connect(("127.0.0.1", int(port)))
print(client.getsockname()[1], flush=True)
asker = None
swapped = []
held = []


def send(datagram):
    if way == "up":
        server.send(datagram)
    else:
        client.sendto(datagram, asker)


def spoil(datagram):
    fate = fates.pop(int.from_bytes(datagram[start:start + size], "big"), None)
    if fate is not None:
        figures[FIGURES[fate]] += 1
    if fate == "hold":
        held.append((time.monotonic() + HOLD_SECONDS, datagram))
    elif fate == "swap":
        swapped.append(datagram)
        return
    elif fate == "spoil":
        send(datagram[:SPOILT_AT] + bytes([datagram[SPOILT_AT] ^ 1]) + datagram[SPOILT_AT + 1:])
    elif fate != "drop":
        send(datagram)
    if fate == "twice":
        send(datagram)
    while swapped:
        send(swapped.pop())


while True:
    left = max(held[0][0] - time.monotonic(), 0) if held else None
    ready, _, _ = select.select([client, server, sys.stdin], [], [], left)
    while held and held[0][0] <= time.monotonic():
        send(held.pop(0)[1])
    if client in ready:
        question, asker = client.recvfrom(65535)
        spoil(question) if way == "up" else server.send(question)
    if server in ready:
        answer = server.recv(65535)
        spoil(answer) if way == "down" else client.sendto(answer, asker)
    if sys.stdin in ready:
        break
print(*(name + "=" + str(count) for name, count in figures.items()))
