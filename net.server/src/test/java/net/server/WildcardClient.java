package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** A UDP client on the wildcard address, which checks the source address of answers. */
final class WildcardClient implements AutoCloseable {
    private final DatagramSocket socket;

    WildcardClient() throws SocketException {
        socket = new DatagramSocket();
        socket.setSoTimeout((int) Loopback.DEADLINE.toMillis());
    }

    /** Checks that an address echoes a datagram from the same address. */
    void assertEchoedBy(InetSocketAddress server) throws IOException {
        ask(server);
        assertAnswered(server);
    }

    void ask(InetSocketAddress server) throws IOException {
        byte[] question = text(server).getBytes(UTF_8);
        socket.send(new DatagramPacket(question, question.length, server));
    }

    void assertAnswered(InetSocketAddress server) throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
        socket.receive(answer);
        assertEquals(server, answer.getSocketAddress());
        assertEquals(text(server), new String(answer.getData(), 0, answer.getLength(), UTF_8));
    }

    private static String text(InetSocketAddress server) {
        return "to " + server;
    }

    @Override
    public void close() {
        socket.close();
    }
}
