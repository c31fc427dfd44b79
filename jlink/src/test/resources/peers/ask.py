"""Asks ADDRESS... in turn, from one socket a family, and prints "ADDRESS SOURCE BYTES" for each.

ask.py any|connected PORT BYTES ADDRESS...; a connected socket takes an answer from ADDRESS alone.
"""
import socket
import sys

mode, port, size, *addresses = sys.argv[1:]
sockets = {}
for address in addresses:
    family, kind, _, _, target = socket.getaddrinfo(address, port, type=socket.SOCK_DGRAM)[0]
    if mode == "connected" or family not in sockets:
        sockets[family] = socket.socket(family, kind)
    asking = sockets[family]
    asking.settimeout(10)
    if mode == "connected":
        asking.connect(target)
        asking.send(bytes(int(size)))
    else:
        asking.sendto(bytes(int(size)), target)
    answer, source = asking.recvfrom(65535)
    host, source_port = socket.getnameinfo(source, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)
    assert source_port == port, source
    print(address, host, len(answer))
