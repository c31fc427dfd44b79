"""Relays datagrams of one client to 127.0.0.1:PORT and back, and impairs some of them.

relay.py PORT echo|stamp [WAY.IMPAIRMENT=SEQUENCE,...]... [restart=SEQUENCE] [step=SEQUENCE]; prints its own
port and, at the end of its input, the counters that the client must report. Impairs requests (WAY up) or
answers (WAY down), each once, selected by sequence number:

drop       dropped
delay      delayed by 1.5 s
duplicate  sent twice
reorder    sent after one with a higher sequence number; a delayed one does not count
corrupt    one byte changed, after the sequence number

With stamp, restart begins the reflector's sequence numbers again at 0, and step sets its clock forward by
an hour, both from the answer to SEQUENCE on.
"""
import select
import socket
import struct
import sys
import time

DELAY_SECONDS = 1.5
STEP_SECONDS = 3600
FIGURES = {"drop": "lost", "delay": "late", "duplicate": "duplicates", "reorder": "reordered",
           "corrupt": "corrupt"}
SEQUENCE_FIELDS = {"echo up": (8, 8), "echo down": (8, 8), "stamp up": (0, 4), "stamp down": (24, 4)}
# With stamp, bytes of the request's timestamp, which the answer repeats (RFC 8762, section 4).
CORRUPT_OFFSETS = {"echo up": 30, "echo down": 30, "stamp up": 8, "stamp down": 32}
# The seconds of the timestamps of an answer.
CLOCK_FIELDS = (4, 16)

port, service, *args = sys.argv[1:]
impairments = {"up": {}, "down": {}}
changes = {"restart": None, "step": None}
for arg in args:
    name, sequences = arg.split("=")
    if name in changes:
        changes[name] = int(sequences)
        continue
    way, impairment = name.split(".")
    impairments[way].update({int(sequence): impairment for sequence in sequences.split(",")})
figures = dict.fromkeys(FIGURES.values(), 0)

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.bind(("127.0.0.1", 0))
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.connect(("127.0.0.1", int(port)))
print(client.getsockname()[1], flush=True)
client_address = None
first_after_restart = None
reordered = {"up": [], "down": []}
delayed = []


def sequence_of(datagram, way):
    start, size = SEQUENCE_FIELDS[service + " " + way]
    return int.from_bytes(datagram[start:start + size], "big")


def send(datagram, way):
    if way == "up":
        server.send(datagram)
    else:
        client.sendto(datagram, client_address)


def impair(datagram, way):
    sequence = sequence_of(datagram, way)
    impairment = impairments[way].pop(sequence, None)
    if impairment is not None:
        figures[FIGURES[impairment]] += 1
    if impairment == "delay":
        delayed.append((time.monotonic() + DELAY_SECONDS, datagram, way))
    elif impairment == "reorder":
        reordered[way].append(datagram)
        return
    elif impairment == "corrupt":
        corrupt = bytearray(datagram)
        corrupt[CORRUPT_OFFSETS[service + " " + way]] ^= 1
        send(corrupt, way)
    elif impairment != "drop":
        send(datagram, way)
    if impairment == "duplicate":
        send(datagram, way)
    while reordered[way] and sequence_of(reordered[way][-1], way) < sequence:
        send(reordered[way].pop(), way)


def reflected(answer):
    """Returns the answer as a reflector that restarted, or whose clock was set, sends it."""
    global first_after_restart
    sequence = sequence_of(answer, "down")
    changed = bytearray(answer)
    if changes["restart"] is not None and sequence >= changes["restart"]:
        number, = struct.unpack_from("!I", changed, 0)
        if first_after_restart is None:
            first_after_restart = number
        struct.pack_into("!I", changed, 0, max(number - first_after_restart, 0))
    if changes["step"] is not None and sequence >= changes["step"]:
        for field in CLOCK_FIELDS:
            seconds, = struct.unpack_from("!I", changed, field)
            struct.pack_into("!I", changed, field, seconds + STEP_SECONDS)
    return bytes(changed)


while True:
    left = max(delayed[0][0] - time.monotonic(), 0) if delayed else None
    ready, _, _ = select.select([client, server, sys.stdin], [], [], left)
    while delayed and delayed[0][0] <= time.monotonic():
        send(*delayed.pop(0)[1:])
    if client in ready:
        request, client_address = client.recvfrom(65535)
        impair(request, "up")
    if server in ready:
        impair(reflected(server.recv(65535)), "down")
    if sys.stdin in ready:
        break
print(*(name + "=" + str(count) for name, count in figures.items()))
