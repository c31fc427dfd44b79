"""Answers every DNS query at 127.0.0.1:53 with a response code (RFC 1035, section 4.1.1)."""
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
print("ready")
while True:
    query, source = server.recvfrom(512)
    server.sendto(query[:2] + bytes([0x81, 0x80 | int(sys.argv[1])]) + query[4:], source)
