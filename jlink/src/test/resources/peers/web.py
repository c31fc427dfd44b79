"""Serves the working folder over HTTP on 127.0.0.1, at a port that it prints: "port N"."""
import http.server

server = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
print("port", server.server_port, flush=True)
server.serve_forever()
