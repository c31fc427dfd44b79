package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.image.ConcurrentClients.ExchangeKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Servers that end after {@code --count} messages or exchanges. */
class CountIT {
    private static final int CLIENTS = 24;

    private static RunningProcess serve(String transport, String service, int count) {
        return ProcessCommand.of(transport + "-server", "--service", service, "127.0.0.1", "0")
                .with("--count", Integer.toString(count))
                .start();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void greetEndsAfterTheCountOfMessages(int count) {
        try (RunningProcess server = serve("tcp", "greet", count);
                ConcurrentClients clients =
                        ConcurrentClients.of(CLIENTS, ExchangeKind.GREET, server.port())) {
            ProcessResult ended = server.end();
            clients.finish();
            assertEquals(0, ended.status(), ended::err);
            List<String> records = ended.out().lines().toList();
            assertEquals(count, records.size());
            assertEquals(clients.receipts(), new HashSet<>(records));
            assertTrue(ended.err().contains(": " + count + " message"), ended::err);
        }
    }

    @Test
    void receiveEndsWithinAConnection() throws IOException {
        try (RunningProcess server = serve("tcp", "receive", 3);
                TcpPeer peer = TcpPeer.connect(server.port())) {
            // Its last message exceeds the count, so there is no receipt.
            assertEquals("<reset>", peer.write("1\n2\n3\n4\n").awaitEnd());
            ProcessResult ended = server.end();
            assertEquals(0, ended.status());
            assertEquals("1\n2\n3\n", ended.out());
        }
    }

    @Test
    void receiveGivesTheLastPeerItsReceipt() throws IOException {
        try (RunningProcess server = serve("tcp", "receive", 3);
                TcpPeer peer = TcpPeer.connect(server.port())) {
            assertEquals("<closed>", peer.send("1\n2\n3").awaitEnd());
            ProcessResult ended = server.end();
            assertEquals(0, ended.status());
            assertEquals("1\n2\n3\n", ended.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "discard"})
    void byteServicesEndAfterTheCountOfConnections(String service) throws IOException {
        try (RunningProcess server = serve("tcp", service, 2)) {
            int port = server.port();
            String answer = service.equals("echo") ? "hello<closed>" : "<closed>";
            for (int i = 0; i < 2; i++) {
                try (TcpPeer peer = TcpPeer.connect(port)) {
                    assertEquals(answer, peer.send("hello").awaitEnd());
                }
            }
            ProcessResult ended = server.end();
            assertEquals(0, ended.status());
            assertTrue(ended.err().contains(": 0 messages from 2 connections, 10 B received, "));
        }
    }

    @Test
    void chargenEndsWithItsLastPeer() throws IOException {
        try (RunningProcess server = serve("tcp", "chargen", 1)) {
            try (TcpPeer peer = TcpPeer.connect(server.port())) {
                assertEquals(7400, peer.read(7400).length());
            }
            assertEquals(0, server.end().status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "echo", "discard", "stamp"})
    void udpEndsAfterTheCountOfDatagrams(String service) throws IOException {
        try (RunningProcess server = serve("udp", service, 3);
                DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
            socket.connect(address);
            socket.setSoTimeout(10_000);
            for (int i = 0; i < 3; i++) {
                DatagramPacket packet = new DatagramPacket(new byte[44], 44);
                socket.send(packet);
                if (Set.of("echo", "stamp").contains(service)) {
                    socket.receive(packet);
                    assertEquals(44, packet.getLength());
                }
            }
            ProcessResult ended = server.end();
            assertEquals(0, ended.status());
            assertTrue(ended.err().contains(" from 3 datagrams, 132 B received, "), ended::err);
            assertEquals(service.equals("receive") ? 3 : 0, ended.out().lines().count());
        }
    }
}
