package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Servers on this machine, and what tests wait for them with. */
final class Loopback {
    /** Any free port. */
    static final Endpoint ENDPOINT = new Endpoint("127.0.0.1", 0);

    /** How long a test waits for what must come. */
    static final Duration DEADLINE = Duration.ofSeconds(25);

    /** How long a test watches that something does not come. */
    static final Duration WATCH = Duration.ofMillis(150);

    /** Longer than any test waits. */
    static final Duration NEVER = Duration.ofMinutes(5);

    private Loopback() {}

    /** Returns a configuration under which no clock ends a connection: only its peer does. */
    static TcpServerConfig patient() {
        return greet(NEVER);
    }

    /** Returns the same with a message gap. */
    static TcpServerConfig greet(Duration gap) {
        return patient(TcpService.greet(gap));
    }

    /** Returns the same for another service. */
    static TcpServerConfig patient(TcpService service) {
        return TcpServerConfig.of(ENDPOINT, service).toBuilder()
                .idleTimeout(NEVER)
                .sessionTimeout(NEVER)
                .drain(NEVER)
                .build();
    }

    /** Returns a pattern in which no part is like the one before or after it. */
    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        return bytes;
    }

    /** Checks that what came is so many bytes of the pattern, and that the limit was kept. */
    static void assertPattern(int length, ReceivedMessage message) {
        assertEquals(length, message.received());
        assertEquals(length > 1024, message.isTruncated());
        byte[] kept = Arrays.copyOf(bytes(length), Math.min(length, 1024));
        assertEquals(Arrays.toString(kept), Arrays.toString(message.message().bytes()));
    }

    /** Starts a thread that closes the server, and waits until it has begun to. */
    static Thread closeAside(Server server) {
        return closeAside(server, new AtomicBoolean());
    }

    /** Keeps, besides, whether that thread was interrupted at the end. */
    static Thread closeAside(Server server, AtomicBoolean interrupted) {
        Runnable close =
                () -> {
                    server.close();
                    interrupted.set(Thread.currentThread().isInterrupted());
                };
        Thread closer = Thread.ofPlatform().start(close);
        await(() -> !server.isOpen());
        return closer;
    }

    static void assertEnds(Thread thread) throws InterruptedException {
        assertTrue(thread.join(DEADLINE), () -> "runs on: " + thread);
    }

    /** Waits for what no queue or latch tells of. */
    static void await(BooleanSupplier condition) {
        long startNanos = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNanos < DEADLINE.toNanos(), "never came true");
            Thread.yield();
        }
    }

    static void assertThreadRuns(String name) {
        assertTrue(hasThread(name), name);
    }

    static void assertNoThread(String name) {
        assertFalse(hasThread(name), name);
    }

    /** Tells whether a platform thread of a name is alive. */
    static boolean hasThread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .anyMatch(name::equals);
    }

    /** Returns how many files and sockets this process has open, or ends the test in peace. */
    static long openDescriptors() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            abort("this system does not list a process's descriptors");
        }
        try (Stream<Path> list = Files.list(descriptors)) {
            return list.count();
        }
    }

    /** Returns an endpoint on the IPv6 loopback, or ends the test in peace. */
    static Endpoint ipv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            assertTrue(probe.isBound());
        } catch (IOException expected) {
            abort("this machine has no IPv6 loopback: " + expected.getMessage());
        }
        return new Endpoint("::1", 0);
    }
}
