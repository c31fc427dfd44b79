package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The time to serve an active client beside thousands of idle connections, measured without other
 * tests.
 */
@Isolated
class IdleConnectionsIT {
    private static final int IDLE = 9000;
    private static final int DESCRIPTORS = 12_000;
    private static final long MAX_RESIDENT_MIB = 400;
    private static final Duration MAX_TIME = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(strings = {"greet", "receive"})
    void servesAnActiveClientBesideIdleOnes(String service) throws IOException {
        Assume.descriptors(DESCRIPTORS);
        List<SocketChannel> idle = new ArrayList<>();
        String script = "ulimit -n %d; exec \"$BIN\"/tcp-server 127.0.0.1 0 --service %s";
        try (RunningProcess server =
                ProcessCommand.sh(script.formatted(DESCRIPTORS, service)).start()) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
            for (int i = 0; i < IDLE; i++) {
                idle.add(SocketChannel.open(address));
            }
            Await.holds("all accepted", () -> isAccepted(server));
            if (service.equals("greet")) {
                awaitGreetings(idle);
            }
            for (int i = 0; i < 3; i++) {
                assertServed(service, address.getPort());
            }
            long residentMiB = ProcessStats.of(server).residentMiB();
            assertTrue(residentMiB < MAX_RESIDENT_MIB, residentMiB + " MiB");
            close(idle);
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals("hello\n".repeat(3), ended.out());
            assertTrue(ended.err().contains(" from " + (IDLE + 3) + " connections, "), ended::err);
        } finally {
            close(idle);
        }
    }

    private static boolean isAccepted(RunningProcess server) {
        return server.signal("USR1").errLines().getLast().contains(" " + IDLE + " active, ");
    }

    private static void awaitGreetings(List<SocketChannel> idle) throws IOException {
        for (SocketChannel channel : idle) {
            ByteBuffer greeting = ByteBuffer.allocate(TcpPeer.GREETING.length());
            while (greeting.hasRemaining()) {
                assertTrue(channel.read(greeting) > 0);
            }
        }
    }

    private static void assertServed(String service, int port) throws IOException {
        long startNanos = System.nanoTime();
        try (TcpPeer peer =
                service.equals("greet") ? TcpPeer.greeted(port) : TcpPeer.connect(port)) {
            assertEquals("<closed>", peer.send("hello").awaitEnd());
        }
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        assertTrue(time.compareTo(MAX_TIME) < 0, "served in " + time);
    }

    private static void close(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
