"""Sends TEXT through an interface to a group, broadcast or unicast address: udp_send.py IF TO PORT TEXT."""
import socket
import struct
import sys

interface, to, port, text = sys.argv[1:]
index = socket.if_nametoindex(interface)
if ":" in to:
    sender = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
    target = (to, int(port), 0, index)
else:
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("@4s4si", b"", b"", index))
    target = (to, int(port))
sender.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
# Unless the socket is bound to the interface, the routing table selects that of a broadcast.
sender.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
sender.sendto(text.encode(), target)
