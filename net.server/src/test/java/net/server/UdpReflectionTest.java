package net.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Endpoint;
import net.protocol.Service;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Loops and amplification by forged source addresses. */
class UdpReflectionTest {
    private static final int MAX_ECHOES = 400;

    /** Many times the echoes needed, as pauses on a busy machine restart the count. */
    private static final int MAX_ROUNDS = 8000;

    private final ListenerLog listener = new ListenerLog();

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 1200})
    void breaksLoopWithAnEchoingPeer(int length) throws Exception {
        UdpServer server = start(Loopback.ENDPOINT, UdpService.of(Service.ECHO));
        try (server;
                DatagramSocket peer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            peer.setSoTimeout((int) Loopback.WATCH.toMillis());
            peer.send(new DatagramPacket(Loopback.bytes(length), length, server.local()));
            int rounds = sendBack(peer, server);
            assertTrue(rounds >= MAX_ECHOES, "ended after " + rounds);
        }
        assertEquals(Map.of(RefusalReason.LOOP, 1L), server.stats().refused());
        assertEquals(Map.of(), server.stats().errors());
    }

    /** The second returned reply has a timestamp of the reflector, as no sender's packet has. */
    @ParameterizedTest
    @ValueSource(ints = {44, 1200})
    void reflectorIgnoresItsOwnReplies(int length) throws Exception {
        UdpServer server = start(Loopback.ENDPOINT, UdpService.of(Service.STAMP));
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(Loopback.bytes(length), server.local());
            sender.send(sender.receive(), server.local());
            sender.send(sender.receive(), server.local());
            sender.assertSilence();
        }
        assertEquals(Map.of(ErrorKind.PROTOCOL, 1L), server.stats().errors());
        assertEquals(2L * length, server.stats().bytesSent());
    }

    /** Returns each datagram until the server refuses an answer. */
    private static int sendBack(DatagramSocket peer, UdpServer server) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        int rounds = 0;
        long startNanos = System.nanoTime();
        while (System.nanoTime() - startNanos < Loopback.DEADLINE.toNanos()) {
            try {
                peer.receive(packet);
                rounds++;
                assertTrue(rounds < MAX_ROUNDS, "not broken");
                peer.send(packet);
                packet.setLength(2000);
            } catch (SocketTimeoutException silence) {
                if (!server.stats().refused().isEmpty()) {
                    return rounds;
                }
            }
        }
        throw new AssertionError("not broken after " + rounds);
    }

    /** The request to the first server has the source address of the second. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"ECHO", "STAMP"})
    void breaksLoopOfTwoServers(Service service) throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        UdpService first = UdpService.of(service);
        UdpService held =
                datagram -> {
                    awaitQuietly(ready);
                    first.serve(datagram);
                };
        boolean isEcho = service == Service.ECHO;
        long ended =
                loop(
                        held,
                        UdpService.of(service),
                        ready,
                        isEcho ? RefusalReason.LOOP : ErrorKind.PROTOCOL);
        assertTrue(isEcho ? ended >= MAX_ECHOES : ended <= 3, "answered " + ended);
    }

    /** Starts a loop of two servers; returns the number of answers until it is broken. */
    private long loop(UdpService held, UdpService other, CountDownLatch ready, Enum<?> reason)
            throws Exception {
        UdpServer first = start(Loopback.ENDPOINT, held);
        try (first) {
            Endpoint port;
            try (Sender sender = new Sender("127.0.0.1")) {
                port = Endpoint.of(sender.address());
                sender.send(new byte[44], first.local());
                Loopback.await(() -> first.stats().accepted() == 1);
            }
            UdpServer second = start(port, other);
            try (second) {
                ready.countDown();
                Loopback.await(() -> ended(first, reason) + ended(second, reason) > 0);
            }
            assertEquals(1, ended(first, reason) + ended(second, reason));
            return first.stats().bytesSent() / 44 + second.stats().bytesSent() / 44;
        }
    }

    private static long ended(UdpServer server, Enum<?> reason) {
        ServerStats stats = server.stats();
        return stats.refused().getOrDefault(reason, 0L) + stats.errors().getOrDefault(reason, 0L);
    }

    @Test
    void doesNotAnswerAddedPorts() throws Exception {
        UdpServer server = start(Loopback.ENDPOINT, UdpService.of(Service.ECHO));
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(new byte[1], server.local());
            assertEquals(1, sender.receive().length);
            server.addOwnPorts(Set.of(sender.address().getPort()));
            sender.send(new byte[1], server.local());
            Loopback.await(() -> server.stats().accepted() == 2);
            sender.assertSilence();
        }
        assertEquals(Map.of(RefusalReason.OWN_PORT, 1L), server.stats().refused());
    }

    /** Over 2000 random datagrams, most of them short, each answered before the next. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"ECHO", "STAMP"})
    void sendsNoMoreBytesThanReceived(Service service) throws Exception {
        Random random = new Random(8);
        UdpServer server = start(Loopback.ENDPOINT, UdpService.of(service));
        long in = 0;
        long out = 0;
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            for (int i = 0; i < 2000; i++) {
                int most = random.nextInt(20) == 0 ? 65_507 : 100;
                byte[] question = new byte[random.nextInt(most + 1)];
                random.nextBytes(question);
                sender.send(question, server.local());
                in += question.length;
                if (service == Service.ECHO) {
                    byte[] answer = sender.receive();
                    assertArrayEquals(question, answer);
                    out += answer.length;
                } else if (question.length >= 44) {
                    out += sender.receive().length;
                }
                assertTrue(out <= in, out + " bytes out, " + in + " bytes in");
            }
            sender.assertSilence();
        }
        ServerStats stats = server.stats();
        assertEquals(in, stats.bytesReceived());
        assertEquals(out, stats.bytesSent());
        assertEquals(Map.of(), stats.refused());
        listener.assertNoFailure();
    }

    private UdpServer start(Endpoint endpoint, UdpService service) throws IOException {
        return UdpServer.start(UdpServerConfig.of(endpoint, service), listener);
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
