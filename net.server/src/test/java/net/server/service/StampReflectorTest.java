package net.server.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.protocol.NtpTimestamp;
import net.protocol.StampReply;
import net.protocol.StampRequest;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/** Numbering of replies, and the bounded table of senders. */
class StampReflectorTest {
    private static final int MAX = 10_000;
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    /** Sequence number of all requests. */
    private static final long NUMBER = 77;

    private long nowNanos = Long.MAX_VALUE - 1;
    private final StampReflector reflector = new StampReflector(() -> nowNanos);

    @Test
    void maxSessionsIsAsExpected() {
        assertEquals(MAX, StampReflector.MAX_SESSIONS);
    }

    @Test
    void keepsAllSendersUpToTheMaximum() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (int sender = 0; sender < MAX; sender++) {
                assertEquals(round, sequence(sender));
            }
        }
    }

    @Test
    void keepsSessionsInUseHoweverManySendersCome() throws Exception {
        assertEquals(0, sequence(0));
        for (int sender = 1; sender < 3 * MAX; sender++) {
            nowNanos += Duration.ofMillis(10).toNanos();
            sequence(sender);
            if (sender % 5000 == 0) {
                assertEquals(sender / 5000, sequence(0));
            }
        }
    }

    @Test
    void answersSendersBeyondTheMaximumInStatelessMode() throws Exception {
        for (int sender = 0; sender < MAX; sender++) {
            assertEquals(0, sequence(sender));
        }
        assertEquals(NUMBER, sequence(MAX));
        assertEquals(NUMBER, sequence(MAX));
        assertEquals(1, sequence(0));
    }

    @Test
    void replacesTheSessionUnusedForLongestAfterAMinute() throws Exception {
        for (int sender = 0; sender < MAX; sender++) {
            assertEquals(0, sequence(sender));
        }
        nowNanos += MINUTE_NANOS;
        assertEquals(1, sequence(0));
        assertEquals(NUMBER, sequence(MAX), "all are in use");
        nowNanos += 1;
        assertEquals(0, sequence(MAX), "replaces sender 1");
        assertEquals(2, sequence(0));
        assertEquals(0, sequence(1), "replaces sender 2");
        assertEquals(1, sequence(MAX));
        assertEquals(1, sequence(3));
    }

    @Test
    void numberingRestartsAfterFifteenMinutes() throws Exception {
        long fifteenMinutes = Duration.ofMinutes(15).toNanos();
        assertEquals(0, sequence(0));
        assertEquals(0, sequence(1));
        nowNanos += fifteenMinutes;
        assertEquals(1, sequence(0));
        nowNanos += 1;
        assertEquals(0, sequence(1));
        nowNanos += fifteenMinutes;
        assertEquals(0, sequence(0));
        assertEquals(1, sequence(1));
    }

    @Test
    void sendersDifferByPortAndAddress() throws Exception {
        InetAddress address = InetAddress.ofLiteral("192.0.2.1");
        assertEquals(0, sequence(new InetSocketAddress(address, 5000)));
        assertEquals(0, sequence(new InetSocketAddress(address, 5001)));
        InetAddress other = InetAddress.ofLiteral("2001:db8::1");
        assertEquals(0, sequence(new InetSocketAddress(other, 5000)));
        assertEquals(1, sequence(new InetSocketAddress(address, 5000)));
    }

    @Test
    void receiveTimeIsThatOfTheDatagram() throws Exception {
        StampReply reply = StampReply.from(reflect(address(0), 44));
        assertEquals(NtpTimestamp.of(Instant.EPOCH), reply.receiveTime());
    }

    @Test
    void shortPacketsCreateNoSession() throws Exception {
        assertEquals(0, sequence(0));
        for (int sender = 1; sender <= MAX; sender++) {
            InetSocketAddress address = address(sender);
            assertThrows(
                    ProtocolException.class, () -> reflect(address, StampRequest.MIN_BYTES - 1));
        }
        assertEquals(1, sequence(0));
    }

    private long sequence(int sender) throws IOException {
        return sequence(address(sender));
    }

    private long sequence(InetSocketAddress sender) throws IOException {
        ByteBuffer reply = reflect(sender, 44);
        assertEquals(44, reply.remaining());
        return StampReply.from(reply).sequence();
    }

    private ByteBuffer reflect(InetSocketAddress sender, int length) throws ProtocolException {
        ByteBuffer request = ByteBuffer.allocate(length);
        if (length >= StampRequest.MIN_BYTES) {
            request.putInt(0, (int) NUMBER);
        }
        return reflector.reflect(sender, Instant.EPOCH, request);
    }

    private static InetSocketAddress address(int sender) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1024 + sender);
    }
}
