"""Sends IPv4 UDP datagrams with a spoofed source: udp_spoof.py SOURCE PORT TARGET PORT BYTES [COUNT].

SOURCE and its PORT may be comma-separated lists; every combination is used.
"""
import socket
import struct
import sys

sources, ports, target, target_port, size = sys.argv[1:6]
count = int(sys.argv[6]) if len(sys.argv) > 6 else 1
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
raw.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
for source in sources.split(","):
    for port in ports.split(","):
        payload = bytes(int(size))
        # Checksum 0 means none (RFC 768); the kernel sets the IP header checksum.
        udp = struct.pack("!4H", int(port), int(target_port), 8 + len(payload), 0)
        length = 20 + len(udp) + len(payload)
        ip = struct.pack("!2B3H2BH", 0x45, 0, length, 0, 0, 64, socket.IPPROTO_UDP, 0)
        ip += socket.inet_aton(source) + socket.inet_aton(target)
        for _ in range(count):
            raw.sendto(ip + udp + payload, (target, 0))
