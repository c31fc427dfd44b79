"""Echoes datagrams on a wildcard socket, without setting the source address; prints its port."""
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("", 0))
print("port", server.getsockname()[1])
while True:
    server.sendto(*server.recvfrom(65535))
