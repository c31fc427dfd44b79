"""Runs one echo exchange and prints the traffic class of the answering packet, in hex.

traffic_class.py udp|tcp ADDRESS PORT
"""
import socket
import struct
import sys

transport, address, port = sys.argv[1:]
ALL_PROTOCOLS = 3
wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ALL_PROTOCOLS))
wire.settimeout(10)

kind = socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM
family, kind, protocol, _, target = socket.getaddrinfo(address, port, type=kind)[0]
client = socket.socket(family, kind)
client.settimeout(10)
client.connect(target)
client.send(b"hello")
assert client.recv(100) == b"hello"


def mark(packet):
    """Returns the traffic class of a packet with a payload from the server, otherwise None."""
    if packet[0] >> 4 == 4:
        traffic_class, header, next_header = packet[1], 4 * (packet[0] & 15), packet[9]
    else:
        traffic_class, header, next_header = packet[0] << 4 & 0xF0 | packet[1] >> 4, 40, packet[6]
    if next_header != protocol or struct.unpack_from("!H", packet, header)[0] != int(port):
        return None
    return traffic_class if packet.endswith(b"hello") else None


while (found := mark(wire.recv(65535))) is None:
    pass
print(hex(found))
