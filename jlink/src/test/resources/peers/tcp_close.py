"""Accepts TCP connections on ADDRESS and PORT, and closes each at once, in order."""
import socket
import sys

address, port = sys.argv[1:]
family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0][0]
server = socket.create_server((address, int(port)), family=family)
print("ready")
while True:
    peer, _ = server.accept()
    peer.close()
