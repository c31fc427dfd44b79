"""Captures the packet that carries TEXT to PORT of this host; prints its source and traffic class in
hex.

capture.py udp|tcp PORT TEXT; prints "ready" first.
"""
import socket
import struct
import sys

transport, port, text = sys.argv[1:]
ALL_PROTOCOLS = 3
wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ALL_PROTOCOLS))
wire.settimeout(30)
protocol = socket.IPPROTO_TCP if transport == "tcp" else socket.IPPROTO_UDP
print("ready", flush=True)


def match(packet):
    """Returns source address, source port and traffic class, or None if it is another packet."""
    if packet[0] >> 4 == 4:
        traffic_class, header, next_header = packet[1], 4 * (packet[0] & 15), packet[9]
        source = socket.inet_ntop(socket.AF_INET, packet[12:16])
    else:
        traffic_class, header, next_header = packet[0] << 4 & 0xF0 | packet[1] >> 4, 40, packet[6]
        source = socket.inet_ntop(socket.AF_INET6, packet[8:24])
    if next_header != protocol or not packet.endswith(text.encode()):
        return None
    source_port, target_port = struct.unpack_from("!HH", packet, header)
    return (source, source_port, hex(traffic_class)) if target_port == int(port) else None


while (found := match(wire.recv(65535))) is None:
    pass
print(*found)
