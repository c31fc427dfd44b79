package net.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.protocol.NtpTimestamp;
import net.protocol.StampReply;
import net.protocol.StampRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Each service of {@code --service}. */
class ServicesTest {
    private static RunningLauncher tcp(String... args) {
        return RunningLauncher.start(new TcpServerLauncher(), args);
    }

    private static RunningLauncher udp(String service) {
        return RunningLauncher.start(
                new UdpServerLauncher(), "--service", service, "127.0.0.1", "0");
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void assertEnd(RunningLauncher server, String summary) throws Exception {
        assertEquals(0, server.interrupt().status());
        assertEquals("", server.out());
        String line = server.awaitErr(", up ");
        assertTrue(line.startsWith("tcp-server: " + summary + ", 0 truncated, 0 dropped, "), line);
    }

    @Test
    void receiveRecordsEachLine() throws Exception {
        try (RunningLauncher server = tcp("--service=receive", "127.0.0.1", "0")) {
            assertEquals("", TestSockets.exchange(server, "first\r\nsecond\n\nlast\rone"));
            assertEquals(0, server.interrupt().status());
            assertEquals("first\nsecond\n\nlast\\x0Done\n", server.out());
            server.awaitErr("tcp-server: 4 messages from 1 connection, 23 B received, 0 B sent, ");
        }
    }

    @Test
    void receiveRecordsEachLineOnArrival() throws Exception {
        try (RunningLauncher server = tcp("--service=receive", "--format=json", "127.0.0.1", "0");
                Socket peer = TestSockets.tcp(server)) {
            peer.getOutputStream().write(TestSockets.bytes("first\nsecond\nthi"));
            server.awaitOut("\"second\"");
            assertEquals("", server.err().replaceFirst(".*\n", ""));
            peer.getOutputStream().write(TestSockets.bytes("rd"));
            peer.shutdownOutput();
            assertEquals(-1, peer.getInputStream().read());
            assertEquals(0, server.interrupt().status());
            List<JsonNode> events = Events.parse(server.out());
            assertEquals(
                    List.of("listening", "message", "message", "message", "summary"),
                    Events.names(events));
            assertEquals("receive", events.getFirst().get("service").asText());
            assertEquals("third", events.get(3).get("text").asText());
            assertEquals(3, events.getLast().get("messages").asInt());
            assertEquals(0, events.getLast().get("active").asInt());
        }
    }

    @Test
    void echoReturnsEveryByte() throws Exception {
        try (RunningLauncher server = tcp("--service=echo", "127.0.0.1", "0")) {
            byte[] question = random(50_000);
            assertArrayEquals(question, TestSockets.exchange(server, question));
            assertEnd(server, "0 messages from 1 connection, 50000 B received, 50000 B sent");
        }
    }

    @Test
    void discardSendsNothing() throws Exception {
        try (RunningLauncher server = tcp("--service=discard", "127.0.0.1", "0")) {
            assertEquals(0, TestSockets.exchange(server, random(50_000)).length);
            assertEnd(server, "0 messages from 1 connection, 50000 B received, 0 B sent");
        }
    }

    @Test
    void chargenSendsItsLinesUntilTheServerEnds() throws Exception {
        try (RunningLauncher server = tcp("--service=chargen", "127.0.0.1", "0");
                Socket peer = TestSockets.tcp(server)) {
            byte[] start = peer.getInputStream().readNBytes(96 * 74);
            List<String> lines = new String(start, StandardCharsets.US_ASCII).lines().toList();
            assertTrue(lines.getFirst().startsWith(" !\"#"), lines.getFirst());
            assertTrue(lines.get(1).startsWith("!\"#$"), lines.get(1));
            assertEquals(lines.getFirst(), lines.get(95));
            assertTrue(lines.stream().allMatch(line -> line.length() == 72));
            long startNanos = System.nanoTime();
            assertEquals(0, server.interrupt().status());
            assertTrue(System.nanoTime() - startNanos < 4_000_000_000L, "had the time to drain");
            TestSockets.assertReset(peer);
            server.awaitErr(", 1 aborted, up ");
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "1400", "40000"})
    void udpEchoReturnsTheDatagram(int length) throws Exception {
        try (RunningLauncher server = udp("echo");
                DatagramSocket peer = TestSockets.udp()) {
            TestSockets.send(peer, server, random(length));
            assertArrayEquals(random(length), TestSockets.receive(peer));
            assertEquals(0, server.interrupt().status());
            assertEquals("", server.out());
        }
    }

    @Test
    void udpDiscardCountsAndSendsNothing() throws Exception {
        try (RunningLauncher server = udp("discard");
                DatagramSocket peer = TestSockets.udp()) {
            TestSockets.send(peer, server, TestSockets.bytes("question"));
            assertEquals(0, server.interrupt().status());
            assertEquals("", server.out());
            server.awaitErr("udp-server: 0 messages from 1 datagram, 8 B received, 0 B sent, ");
        }
    }

    @Test
    void stampReflectsTheRequest() throws Exception {
        try (RunningLauncher server = udp("stamp");
                DatagramSocket peer = TestSockets.udp()) {
            ByteBuffer packet = ByteBuffer.allocate(StampRequest.MIN_BYTES + 10);
            StampRequest request = new StampRequest(7, NtpTimestamp.of(Instant.now()), 1);
            request.writeTo(packet);
            TestSockets.send(peer, server, packet.array());
            byte[] answer = TestSockets.receive(peer);
            assertEquals(packet.capacity(), answer.length);
            StampReply reply = StampReply.from(ByteBuffer.wrap(answer));
            assertEquals(request, reply.request());
        }
    }

    @Test
    void stampCountsInvalidRequests() throws Exception {
        try (RunningLauncher server = udp("stamp");
                DatagramSocket peer = TestSockets.udp()) {
            TestSockets.send(peer, server, new byte[StampRequest.MIN_BYTES - 1]);
            assertEquals(0, server.interrupt().status());
            String line = server.awaitErr(", up ");
            assertTrue(line.contains(", 1 protocol, up "), line);
        }
    }
}
