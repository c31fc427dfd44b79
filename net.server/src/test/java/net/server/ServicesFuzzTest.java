package net.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Servers survive peers that send random bytes and end in random ways. */
class ServicesFuzzTest {
    private static final int PEERS = 400;
    private static final long SEED = 9293;

    /** Errors that peers can cause; none can make a service fail. */
    private static final Set<ErrorKind> ERRORS = Set.of(ErrorKind.RESET);

    private final ListenerLog listener = new ListenerLog();

    @Test
    void tcpServersSurviveRandomPeers() throws Exception {
        long before = Loopback.openDescriptors();
        for (Service service : over(Transport.TCP)) {
            TcpServerConfig config = Loopback.patient(service);
            try (TcpServer server = TcpServer.start(config, listener)) {
                Random random = new Random(SEED);
                for (int i = 0; i < PEERS; i++) {
                    visit(server, random);
                }
                Loopback.await(() -> server.stats().accepted() == PEERS);
                Loopback.await(() -> server.stats().active() == 0);
                ServerStats stats = server.stats();
                assertEquals(0, stats.dropped(), service.label());
                assertEquals(Set.of(), without(ERRORS, stats.errors().keySet()), service.label());
                assertServes(server, service);
            }
        }
        listener.assertNoFailure();
        // More than all other tests together open meanwhile, and less than these peers used.
        Loopback.await(() -> openDescriptors() < before + 1000);
    }

    @Test
    void udpServersSurviveRandomDatagrams() throws Exception {
        Random random = new Random(SEED);
        for (Service service : over(Transport.UDP)) {
            UdpServerConfig config = UdpServerConfig.of(Loopback.ENDPOINT, service);
            UdpServer server = UdpServer.start(config, listener);
            try (server;
                    Sender sender = new Sender("127.0.0.1");
                    Sender next = new Sender("127.0.0.1")) {
                for (int i = 0; i < 1000; i++) {
                    sender.send(bytes(random, random.nextInt(100)), server.local());
                }
                Loopback.await(() -> server.stats().accepted() == 1000);
                byte[] question = bytes(random, 100);
                next.send(question, server.local());
                if (service == Service.ECHO) {
                    assertArrayEquals(question, next.receive());
                } else if (service == Service.STAMP) {
                    assertArrayEquals(
                            Arrays.copyOfRange(question, 44, 100),
                            Arrays.copyOfRange(next.receive(), 44, 100));
                }
            }
            ServerStats stats = server.stats();
            assertEquals(1001, stats.accepted(), service.label());
            assertEquals(0, stats.dropped(), service.label());
            assertEquals(
                    Set.of(),
                    without(Set.of(ErrorKind.PROTOCOL), stats.errors().keySet()),
                    service.label());
        }
        listener.assertNoFailure();
    }

    private static List<Service> over(Transport transport) {
        return Stream.of(Service.values()).filter(service -> service.isOver(transport)).toList();
    }

    private static Set<ErrorKind> without(Set<ErrorKind> expected, Set<ErrorKind> errors) {
        return errors.stream()
                .filter(error -> !expected.contains(error))
                .collect(Collectors.toSet());
    }

    /** Connects, sends one or two segments, and ends in one of five ways. */
    private static void visit(TcpServer server, Random random) throws IOException {
        try (Peer peer = Peer.connect(server.local())) {
            for (int pieces = random.nextInt(3); pieces > 0; pieces--) {
                peer.send(bytes(random, random.nextInt(3000)));
            }
            switch (random.nextInt(5)) {
                case 0 -> peer.abort();
                case 1 -> peer.finish();
                case 2 -> peer.finish().abort();
                case 3 -> peer.finish().in().readNBytes(random.nextInt(100));
                default -> {
                    // Closes without a half-close.
                }
            }
        }
    }

    /** Returns random bytes or random text with many line ends. */
    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(20) == 0) {
                bytes[i] = (byte) (random.nextBoolean() ? '\r' : '\n');
            }
        }
        return bytes;
    }

    private static void assertServes(TcpServer server, Service service) throws IOException {
        try (Peer peer = Peer.connect(server.local())) {
            switch (service) {
                case GREET -> peer.assertGreeting();
                case ECHO -> peer.send("hello").assertReads("hello");
                case CHARGEN -> peer.assertReads(" !\"#$%&'()*+,-./0123456789");
                default -> peer.send("hello\n");
            }
            if (service != Service.CHARGEN) {
                peer.finish().assertReceipt();
            }
        }
    }

    private static long openDescriptors() {
        try {
            return Loopback.openDescriptors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
