"""Sends a datagram to each ADDRESS, awaits the answer, and prints "ADDRESS SOURCE BYTES" for each.

udp_query.py any|connected PORT BYTES ADDRESS...: any uses one unconnected socket per family; a connected
socket receives answers from ADDRESS only.
"""
import socket
import sys

mode, port, size, *addresses = sys.argv[1:]
sockets = {}
for address in addresses:
    family, kind, _, _, target = socket.getaddrinfo(address, port, type=socket.SOCK_DGRAM)[0]
    if mode == "connected" or family not in sockets:
        sockets[family] = socket.socket(family, kind)
    client = sockets[family]
    client.settimeout(10)
    if mode == "connected":
        client.connect(target)
        client.send(bytes(int(size)))
    else:
        client.sendto(bytes(int(size)), target)
    answer, source = client.recvfrom(65535)
    host, source_port = socket.getnameinfo(source, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)
    assert source_port == port, source
    print(address, host, len(answer))
