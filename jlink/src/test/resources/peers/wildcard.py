"""Echoes datagrams from one socket for all IPv4 addresses, as a careless server; prints its port."""
import socket

careless = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
careless.bind(("", 0))
print("port", careless.getsockname()[1])
while True:
    careless.sendto(*careless.recvfrom(65535))
