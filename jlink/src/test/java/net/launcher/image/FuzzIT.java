package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Servers under random input and connections closed at random. */
class FuzzIT {
    private static final long SEED = 8888;
    private static final int THREADS = 8;
    private static final int CONNECTIONS = 250;
    private static final int DATAGRAMS = 2000;
    private static final long MAX_RESIDENT_MIB = 250;
    private static final long MAX_GROWTH_MIB = 60;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The work of one client thread. */
    @FunctionalInterface
    private interface Attack {
        void run(RandomInput random, int port) throws IOException;
    }

    private static RunningProcess serve(String transport, String service) {
        return ProcessCommand.of(transport + "-server", "127.0.0.1", "0", "--format", "json")
                .with("--service", service)
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"greet", "receive", "echo", "discard", "chargen"})
    void tcpServiceSurvivesRandomInput(String service) throws IOException {
        try (RunningProcess server = serve("tcp", service)) {
            int port = server.port();
            attackTwice(server, FuzzIT::connect);
            assertServed(service, port);
            assertSound(server.signal("TERM").end());
        }
    }

    private static void connect(RandomInput random, int port) {
        for (int i = 0; i < CONNECTIONS; i++) {
            try (TcpPeer peer = TcpPeer.connect(port)) {
                for (int writes = random.next(4); writes > 0; writes--) {
                    peer.write(random.bytes());
                }
                switch (random.next(3)) {
                    case 0 -> peer.reset();
                    case 1 -> peer.halfClose().read(random.next(5000));
                    default -> peer.halfClose();
                }
            } catch (IOException expected) {
                // The server has closed the connection.
            }
        }
    }

    private static void assertServed(String service, int port) throws IOException {
        try (TcpPeer peer = TcpPeer.connect(port)) {
            switch (service) {
                case "chargen" -> assertEquals(7400, peer.read(7400).length());
                case "greet" -> assertEquals("hello client!<closed>", peer.send("hi").awaitEnd());
                case "echo" -> assertEquals("hi<closed>", peer.send("hi").awaitEnd());
                default -> assertEquals("<closed>", peer.send("hi").awaitEnd());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "echo", "discard", "stamp"})
    void udpServiceSurvivesRandomInput(String service) throws IOException {
        try (RunningProcess server = serve("udp", service);
                DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
            attackTwice(server, FuzzIT::send);
            if (service.equals("echo") || service.equals("stamp")) {
                DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                socket.setSoTimeout(1000);
                Await.holds("answered", () -> isAnswered(socket, packet));
                assertEquals(100, packet.getLength());
            }
            assertSound(server.signal("TERM").end());
        }
    }

    private static void send(RandomInput random, int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
            for (int i = 0; i < DATAGRAMS; i++) {
                byte[] bytes = random.bytes();
                socket.send(new DatagramPacket(bytes, bytes.length, address));
            }
        }
    }

    /** The first request may be lost among the random datagrams. */
    private static boolean isAnswered(DatagramSocket socket, DatagramPacket packet) {
        try {
            socket.send(packet);
            socket.receive(packet);
            return true;
        } catch (IOException expected) {
            return false;
        }
    }

    /** Attacks twice with many threads; the second time must not increase the memory in use. */
    private static void attackTwice(RunningProcess server, Attack attack) throws IOException {
        int port = server.port();
        attack(attack, SEED, port);
        long before = ProcessStats.of(server).residentMiB();
        attack(attack, SEED + THREADS, port);
        long after = ProcessStats.of(server).residentMiB();
        assertTrue(after < MAX_RESIDENT_MIB, after + " MiB");
        assertTrue(after - before < MAX_GROWTH_MIB, before + " MiB, then " + after + " MiB");
    }

    private static void attack(Attack attack, long seed, int port) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            RandomInput random = new RandomInput(seed + i);
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            attack.run(random, port);
                                        } catch (IOException e) {
                                            throw new AssertionError(e);
                                        }
                                    }));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asserts success, one line on standard error, and valid JSON events. */
    private static void assertSound(ProcessResult ended) throws JsonProcessingException {
        assertEquals(0, ended.status(), ended::err);
        assertEquals(1, ended.err().lines().count(), ended::err);
        List<String> lines = ended.out().lines().toList();
        for (int i = 1; i < lines.size() - 1; i++) {
            assertMessage(MAPPER.readTree(lines.get(i)), lines.get(i));
        }
        assertEquals("listening", MAPPER.readTree(lines.getFirst()).get("event").asText());
        JsonNode summary = MAPPER.readTree(lines.getLast());
        assertEquals("summary", summary.get("event").asText());
        assertEquals(lines.size() - 2, summary.get("messages").asInt());
        assertEquals(0, summary.get("active").asInt());
    }

    private static void assertMessage(JsonNode message, String line) {
        assertEquals("message", message.get("event").asText(), line);
        assertTrue(message.get("time").asText().endsWith("Z"), line);
        assertTrue(message.get("transport").isTextual(), line);
        assertTrue(message.get("local").isTextual(), line);
        assertTrue(message.get("peer").asText().startsWith("127.0.0.1:"), line);
        assertTrue(message.has("text") != message.has("base64"), line);
        int size =
                message.has("text")
                        ? message.get("text").asText().getBytes(StandardCharsets.UTF_8).length
                        : Base64.getDecoder().decode(message.get("base64").asText()).length;
        assertEquals(message.get("bytes").asInt(), size, line);
        assertEquals(message.has("truncated"), message.has("received"), line);
        assertTrue(size <= 1024, line);
    }
}
