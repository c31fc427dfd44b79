package net.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import net.protocol.NtpTimestamp;
import net.protocol.Service;
import net.protocol.StampReply;
import net.protocol.StampRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** The STAMP Session-Reflector (RFC 8762, section 4.3) over UDP. */
class StampServiceTest {
    private static final UdpServerConfig CONFIG =
            UdpServerConfig.of(Loopback.ENDPOINT, Service.STAMP);

    private final ListenerLog listener = new ListenerLog();

    @Test
    void copiesTheRequestAndAddsItsOwnTimes() throws Exception {
        StampRequest request =
                new StampRequest(0xFFFF_FFFEL, new NtpTimestamp(0x0102_0304_0506_0708L), 0x8C01);
        try (UdpServer server = UdpServer.start(CONFIG, listener);
                Sender sender = new Sender("127.0.0.1")) {
            Instant before = Instant.now();
            sender.send(packet(request, 44), server.local());
            StampReply reply = StampReply.from(ByteBuffer.wrap(sender.receive()));
            assertEquals(request, reply.request());
            Instant received = reply.receiveTime().instant();
            Instant answered = reply.time().instant();
            assertFalse(received.isBefore(before), "received before it was sent");
            assertFalse(answered.isBefore(received), "answered before it was received");
            assertFalse(answered.isAfter(Instant.now()), "answered after it came back");
            assertEquals(0, reply.sequence());
        }
        listener.assertNoMessage();
        listener.assertNoFailure();
    }

    /**
     * RFC 4656, section 4.1.2: S, Z, 6 bits of scale, 8 bits of multiplier, which must not be zero;
     * RFC 8186: Z is 0 for NTP format.
     */
    @Test
    void isUnsynchronisedInNtpFormat() throws Exception {
        try (UdpServer server = UdpServer.start(CONFIG, listener);
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(packet(request(0), 44), server.local());
            int estimate = StampReply.from(ByteBuffer.wrap(sender.receive())).errorEstimate();
            assertEquals(0, estimate >>> 14, "S and Z");
            int scale = estimate >>> 8 & 0x3F;
            int multiplier = estimate & 0xFF;
            assertEquals(1e-6, multiplier * Math.pow(2, scale - 32), 0.5e-6);
        }
    }

    @Test
    void reservedFieldsAndTtlAreZero() throws Exception {
        byte[] ones = new byte[44];
        Arrays.fill(ones, (byte) -1);
        try (UdpServer server = UdpServer.start(CONFIG, listener);
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(ones, server.local());
            byte[] reply = sender.receive();
            assertArrayEquals(new byte[2], Arrays.copyOfRange(reply, 14, 16));
            assertArrayEquals(Arrays.copyOf(ones, 14), Arrays.copyOfRange(reply, 24, 38));
            assertArrayEquals(new byte[6], Arrays.copyOfRange(reply, 38, 44));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {44, 45, 1500, 65_507})
    void replyHasTheLengthAndPaddingOfTheRequest(int length) throws Exception {
        byte[] question = Loopback.bytes(length);
        UdpServer server = UdpServer.start(CONFIG, listener);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(question, server.local());
            byte[] reply = sender.receive();
            assertEquals(length, reply.length);
            assertArrayEquals(
                    Arrays.copyOfRange(question, 44, length),
                    Arrays.copyOfRange(reply, 44, length));
        }
        assertEquals(length, server.stats().bytesSent());
    }

    @Test
    void replyHasNoBytesOfAnEarlierRequest() throws Exception {
        try (UdpServer server = UdpServer.start(CONFIG, listener);
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(Loopback.bytes(1500), server.local());
            sender.receive();
            sender.send(packet(request(1), 46), server.local());
            byte[] reply = sender.receive();
            assertEquals(46, reply.length);
            assertArrayEquals(new byte[2], Arrays.copyOfRange(reply, 44, 46));
        }
    }

    @Test
    void numbersRepliesPerSenderFromZero() throws Exception {
        try (UdpServer server = UdpServer.start(CONFIG, listener);
                Sender first = new Sender("127.0.0.1");
                Sender second = new Sender("127.0.0.1")) {
            for (int i = 0; i < 5; i++) {
                assertSequence(i, first, server, 1000);
            }
            for (int i = 0; i < 3; i++) {
                assertSequence(i, second, server, 7);
                assertSequence(5 + i, first, server, 7);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 43})
    void shortPacketIsAnErrorWithoutReply(int length) throws Exception {
        UdpServer server = UdpServer.start(CONFIG, listener);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(new byte[length], server.local());
            sender.assertSilence();
            // The short packet has no sequence number.
            assertSequence(0, sender, server, 0);
        }
        ServerStats stats = server.stats();
        assertEquals(Map.of(ErrorKind.PROTOCOL, 1L), stats.errors());
        assertEquals(44, stats.bytesSent());
        assertEquals(0, stats.dropped());
        listener.assertNoFailure();
    }

    private static void assertSequence(
            long expected, Sender sender, UdpServer server, long sendersOwn) throws Exception {
        sender.send(packet(request(sendersOwn), 44), server.local());
        StampReply reply = StampReply.from(ByteBuffer.wrap(sender.receive()));
        assertEquals(expected, reply.sequence());
        assertEquals(sendersOwn, reply.request().sequence());
    }

    private static StampRequest request(long sequence) {
        return new StampRequest(sequence, NtpTimestamp.of(Instant.now()), 1);
    }

    private static byte[] packet(StampRequest request, int length) {
        ByteBuffer packet = ByteBuffer.allocate(length);
        request.writeTo(packet);
        return packet.array();
    }
}
