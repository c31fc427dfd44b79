package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import net.protocol.Endpoint;
import net.protocol.Service;

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

/** Configurations of servers on the loopback, and waits with a deadline. */
final class Loopback {
    /** Any free port. */
    static final Endpoint ENDPOINT = new Endpoint("127.0.0.1", 0);

    /** Maximum wait for an expected event. */
    static final Duration DEADLINE = Duration.ofSeconds(25);

    /** Time in which an event must not occur. */
    static final Duration WATCH = Duration.ofMillis(150);

    /** Longer than any test. */
    static final Duration NEVER = Duration.ofMinutes(5);

    private Loopback() {}

    /** Returns a configuration without timeouts. */
    static TcpServerConfig patient() {
        return greet(NEVER);
    }

    /** Returns a configuration without timeouts, except for the message gap. */
    static TcpServerConfig greet(Duration gap) {
        return patient(Service.GREET).toBuilder().messageGap(gap).build();
    }

    /** Returns a configuration of a built-in service without timeouts. */
    static TcpServerConfig patient(Service service) {
        return patient(TcpServerConfig.of(ENDPOINT, service));
    }

    /** Returns a configuration of a user-written service without timeouts. */
    static TcpServerConfig patient(TcpService service) {
        return patient(TcpServerConfig.of(ENDPOINT, service));
    }

    private static TcpServerConfig patient(TcpServerConfig config) {
        return config.toBuilder().idleTimeout(NEVER).sessionTimeout(NEVER).drain(NEVER).build();
    }

    /** Returns a pattern in which adjacent parts differ. */
    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        return bytes;
    }

    /** Checks that a message is the pattern of a length, truncated at the limit. */
    static void assertPattern(int length, ReceivedMessage message) {
        assertEquals(length, message.received());
        assertEquals(length > 1024, message.isTruncated());
        byte[] kept = Arrays.copyOf(bytes(length), Math.min(length, 1024));
        assertEquals(Arrays.toString(kept), Arrays.toString(message.message().bytes()));
    }

    /** Closes the server on another thread, and waits until the close has started. */
    static Thread closeInBackground(Server server) {
        return closeInBackground(server, new AtomicBoolean());
    }

    /** Also stores whether the thread's interrupt status was set at the end. */
    static Thread closeInBackground(Server server, AtomicBoolean interrupted) {
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
        assertTrue(thread.join(DEADLINE), () -> "still running: " + thread);
    }

    /** Polls a condition until it holds. */
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

    /** Returns whether a platform thread of the name is alive. */
    static boolean hasThread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .anyMatch(name::equals);
    }

    /** Returns the number of open file descriptors, or skips the test if it is unknown. */
    static long openDescriptors() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            abort("this system does not list a process's descriptors");
        }
        try (Stream<Path> list = Files.list(descriptors)) {
            return list.count();
        }
    }

    /** Returns an endpoint on the IPv6 loopback, or skips the test if there is none. */
    static Endpoint ipv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            assertTrue(probe.isBound());
        } catch (IOException expected) {
            abort("this machine has no IPv6 loopback: " + expected.getMessage());
        }
        return new Endpoint("::1", 0);
    }
}
