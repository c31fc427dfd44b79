"""Serves the working folder over HTTP on a free port of 127.0.0.1; prints "port N"."""
import http.server

server = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
print("port", server.server_port, flush=True)
server.serve_forever()
