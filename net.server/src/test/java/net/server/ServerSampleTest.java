package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Samples of the Javadoc of the servers. */
@Timeout(60)
class ServerSampleTest {
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

    @Test
    void tcp() throws Exception {
        // @start region="tcp"
        Endpoint endpoint = new Endpoint("localhost", 0);
        try (TcpServer server =
                TcpServer.start(endpoint, message -> messages.add(message.message()))) {
            greet(server.endpoint());
        }
        // @end
        assertEquals(Message.of("hello"), messages.take());
    }

    @Test
    void udp() throws Exception {
        // @start region="udp"
        Endpoint endpoint = new Endpoint("localhost", 0);
        UdpServerConfig config = UdpServerConfig.of(endpoint, Service.ECHO);
        try (UdpServer server = UdpServer.start(config, message -> {})) {
            assertEquals("hello", echo(server.endpoint(), "hello"));
        }
        // @end
    }

    private static void greet(Endpoint server) throws IOException {
        try (Socket socket = new Socket(server.host(), server.port())) {
            socket.getOutputStream().write(Message.of("hello").bytes());
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }

    private static String echo(Endpoint server, String text) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            InetSocketAddress target = new InetSocketAddress(server.host(), server.port());
            socket.send(new DatagramPacket(bytes, bytes.length, target));
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        }
    }
}
