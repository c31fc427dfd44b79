package com.example.greeter;

import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Protocol;

import java.net.Socket;

/** A minimal client that uses net.protocol only. */
final class Greeter {
    private Greeter() {}

    public static void main(String... args) throws Exception {
        Endpoint server = Endpoint.parse(args[0], Protocol.DEFAULT_PORT);
        try (Socket socket = new Socket(server.host(), server.port())) {
            socket.getOutputStream().write(Message.of(Protocol.CLIENT_GREETING).bytes());
            socket.shutdownOutput();
            byte[] greeting = socket.getInputStream().readNBytes(Protocol.MAX_MESSAGE_BYTES);
            System.out.println(Message.of(greeting).text().orElseThrow());
        }
    }
}
