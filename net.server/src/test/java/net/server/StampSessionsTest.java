package net.server;

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

/** The table of senders is bounded: the one longest silent is forgotten first. */
class StampSessionsTest {
    private static final int MAX = 10_000;

    private long nowNanos = Long.MAX_VALUE - 1;
    private final StampService service = new StampService(() -> nowNanos);

    /** A datagram without a socket, which keeps the answer. */
    private static final class FakeDatagram implements Datagram {
        private final InetSocketAddress peer;
        private final ByteBuffer payload;
        private final ByteBuffer answer = ByteBuffer.allocate(100);

        private FakeDatagram(InetSocketAddress peer, int length) {
            this.peer = peer;
            this.payload = ByteBuffer.allocate(length);
        }

        @Override
        public Instant time() {
            return Instant.EPOCH;
        }

        @Override
        public InetSocketAddress local() {
            throw new AssertionError("not asked for");
        }

        @Override
        public InetSocketAddress peer() {
            return peer;
        }

        @Override
        public ByteBuffer payload() {
            return payload.asReadOnlyBuffer();
        }

        @Override
        public void take() {
            throw new AssertionError("not taken");
        }

        @Override
        public void answer(ByteBuffer reply) {
            answer.put(reply).flip();
        }
    }

    @Test
    void tableHasTheSizeOfTheTest() {
        assertEquals(MAX, StampService.MAX_SESSIONS);
    }

    @Test
    void noneIsForgottenWhileThereIsRoom() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (int sender = 0; sender < MAX; sender++) {
                assertEquals(round, sequence(sender));
            }
        }
    }

    @Test
    void longestSilentIsForgottenFirst() throws Exception {
        for (int sender = 0; sender < MAX; sender++) {
            assertEquals(0, sequence(sender));
        }
        assertEquals(1, sequence(0));
        assertEquals(0, sequence(MAX), "one too many takes the place of sender 1");
        assertEquals(1, sequence(2), "sender 2 is known");
        assertEquals(2, sequence(0), "sender 0 is known");
        assertEquals(0, sequence(1), "sender 1 was forgotten, and takes the place of sender 3");
        assertEquals(1, sequence(4), "sender 4 is known");
        assertEquals(0, sequence(3), "sender 3 was forgotten");
    }

    @Test
    void countOfASilentSenderIsKeptForFifteenMinutes() throws Exception {
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
    void sendersAreToldApartByPortAndAddress() throws Exception {
        InetAddress address = InetAddress.ofLiteral("192.0.2.1");
        assertEquals(0, sequence(new InetSocketAddress(address, 5000)));
        assertEquals(0, sequence(new InetSocketAddress(address, 5001)));
        InetAddress other = InetAddress.ofLiteral("2001:db8::1");
        assertEquals(0, sequence(new InetSocketAddress(other, 5000)));
        assertEquals(1, sequence(new InetSocketAddress(address, 5000)));
    }

    @Test
    void timeOfArrivalIsTheDatagrams() throws Exception {
        FakeDatagram datagram = new FakeDatagram(address(0), 44);
        service.serve(datagram);
        assertEquals(
                NtpTimestamp.of(Instant.EPOCH), StampReply.from(datagram.answer).receiveTime());
    }

    @Test
    void shortPacketsTakeNoPlace() throws Exception {
        assertEquals(0, sequence(0));
        for (int sender = 1; sender <= MAX; sender++) {
            FakeDatagram datagram = new FakeDatagram(address(sender), StampRequest.MIN_BYTES - 1);
            assertThrows(ProtocolException.class, () -> service.serve(datagram));
            assertEquals(0, datagram.answer.position());
        }
        assertEquals(1, sequence(0));
    }

    private long sequence(int sender) throws IOException {
        return sequence(address(sender));
    }

    /** Has a packet of a sender answered, and returns the number it gets. */
    private long sequence(InetSocketAddress sender) throws IOException {
        FakeDatagram datagram = new FakeDatagram(sender, 44);
        service.serve(datagram);
        assertEquals(44, datagram.answer.remaining());
        return StampReply.from(datagram.answer).sequence();
    }

    private static InetSocketAddress address(int sender) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1024 + sender);
    }
}
