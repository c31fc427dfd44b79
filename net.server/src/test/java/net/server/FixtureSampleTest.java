package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The sample in the descriptor's documentation: a server as the fixture of a test. */
class FixtureSampleTest {
    @Test
    void sampleHolds() throws IOException, InterruptedException {
        BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
        Endpoint endpoint = new Endpoint("localhost", 0);
        try (TcpServer server = TcpServer.start(endpoint, got -> messages.add(got.message()))) {
            connectTo(server.local());
            assertEquals(Message.of("hello sever!"), messages.poll(5, TimeUnit.SECONDS));
        }
    }

    private static void connectTo(InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write(Message.of("hello sever!").bytes());
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }
}
