package net.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Servers that end after the number of messages given with {@code --count}. */
class CountedServerTest {
    private static RunningLauncher tcp(String... args) {
        return RunningLauncher.start(new TcpServerLauncher(), args);
    }

    private static RunningLauncher udp(String... args) {
        return RunningLauncher.start(new UdpServerLauncher(), args);
    }

    @Test
    void endsAfterTheCountOfMessagesAndTheirReceipts() throws Exception {
        try (RunningLauncher server = tcp("--count=3", "127.0.0.1", "0")) {
            for (String message : List.of("a", "b", "c")) {
                assertEquals("hello client!", TestSockets.exchange(server, message));
            }
            assertEquals(0, server.status());
            assertEquals("a\nb\nc\n", server.out());
            server.awaitErr("tcp-server: 3 messages from 3 connections, ");
        }
    }

    @Test
    void doesNotCountAPeerWithoutMessage() throws Exception {
        try (RunningLauncher server = tcp("-c", "1", "127.0.0.1", "0")) {
            assertEquals("hello client!", TestSockets.exchange(server, ""));
            assertEquals("hello client!", TestSockets.exchange(server, "a"));
            assertEquals(0, server.status());
            assertEquals("a\n", server.out());
        }
    }

    @Test
    void resetsAMessageBeyondTheCount() throws Exception {
        // The first peer keeps the server running until the second one has connected.
        try (RunningLauncher server = tcp("--service=receive", "--count=1", "127.0.0.1", "0");
                Socket first = TestSockets.tcp(server);
                Socket second = TestSockets.tcp(server)) {
            first.getOutputStream().write(TestSockets.bytes("first\n"));
            assertEquals("first", server.awaitOut("first"));
            second.getOutputStream().write(TestSockets.bytes("second\nthird\n"));
            TestSockets.assertReset(second);
            assertArrayEquals(new byte[0], TestSockets.exchange(first, new byte[0]));
            assertEquals(0, server.status());
            assertEquals("first\n", server.out());
            String summary = server.awaitErr(", up ");
            assertTrue(summary.startsWith("tcp-server: 1 message from 2 connections, "), summary);
            assertTrue(summary.contains(", 1 dropped, 1 unrecorded, up "), summary);
            assertEquals(2, server.err().lines().count(), server::err);
        }
    }

    @Test
    void doesNotRecordLinesBeyondTheCount() throws Exception {
        try (RunningLauncher server = tcp("--service=receive", "--count=3", "127.0.0.1", "0");
                Socket peer = TestSockets.tcp(server)) {
            peer.getOutputStream().write(TestSockets.bytes("1\n2\n3\n4\n5\n"));
            TestSockets.assertReset(peer);
            assertEquals(0, server.status());
            assertEquals("1\n2\n3\n", server.out());
            server.awaitErr("tcp-server: 3 messages from 1 connection, 10 B received, ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "discard"})
    void endsAfterTheCountOfExchanges(String service) throws Exception {
        try (RunningLauncher server = tcp("--service", service, "-c2", "127.0.0.1", "0")) {
            for (String question : List.of("a", "b")) {
                String answer = TestSockets.exchange(server, question);
                assertEquals(service.equals("echo") ? question : "", answer);
            }
            assertEquals(0, server.status());
            assertEquals("", server.out());
            server.awaitErr("tcp-server: 0 messages from 2 connections, 2 B received, ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"greet", "receive", "echo"})
    void idlePeerDoesNotDelayTheEnd(String service) throws Exception {
        try (RunningLauncher server = tcp("--service", service, "--count=1", "127.0.0.1", "0");
                Socket idle = TestSockets.tcp(server)) {
            TestSockets.exchange(server, "a");
            long startNanos = System.nanoTime();
            assertEquals(0, server.status());
            assertTrue(since(startNanos) < 4, "had the time to drain");
            TestSockets.assertReset(idle);
            server.awaitErr(", 1 aborted, up ");
        }
    }

    private static long since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
    }

    @Test
    void lastPeerMayStayForTheDrainTime() throws Exception {
        try (RunningLauncher server =
                        tcp("--service=receive", "-c1", "--drain=500ms", "127.0.0.1", "0");
                Socket peer = TestSockets.tcp(server)) {
            peer.getOutputStream().write(TestSockets.bytes("a\n"));
            server.awaitOut("a");
            long startNanos = System.nanoTime();
            assertEquals(0, server.status());
            assertTrue(since(startNanos) < 4, "took longer than the time to drain");
            TestSockets.assertReset(peer);
            assertEquals("a\n", server.out());
        }
    }

    @Test
    void udpServerEndsAfterTheCountOfDatagrams() throws Exception {
        try (RunningLauncher server = udp("--count=3", "--format=raw", "127.0.0.1", "0");
                DatagramSocket peer = TestSockets.udp()) {
            server.port();
            // The server may have ended before the last ones.
            for (int i = 1; i <= 9; i++) {
                TestSockets.send(peer, server, TestSockets.bytes("" + i));
            }
            assertEquals(0, server.status());
            assertEquals("123", server.out());
            server.awaitErr("udp-server: 3 messages from ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "discard", "stamp"})
    void udpServerEndsAfterTheCountOfRequests(String service) throws Exception {
        try (RunningLauncher server = udp("--service", service, "-c", "2", "127.0.0.1", "0");
                DatagramSocket peer = TestSockets.udp()) {
            TestSockets.send(peer, server, new byte[44]);
            TestSockets.send(peer, server, new byte[44]);
            if (!service.equals("discard")) {
                assertEquals(44, TestSockets.receive(peer).length);
                assertEquals(44, TestSockets.receive(peer).length);
            }
            assertEquals(0, server.status());
            server.awaitErr("udp-server: 0 messages from 2 datagrams, 88 B received, ");
        }
    }

    @Test
    void doesNotCountAnInvalidRequest() throws Exception {
        try (RunningLauncher server = udp("--service=stamp", "--count=1", "127.0.0.1", "0");
                DatagramSocket peer = TestSockets.udp()) {
            TestSockets.send(peer, server, new byte[1]);
            TestSockets.send(peer, server, new byte[44]);
            assertEquals(44, TestSockets.receive(peer).length);
            long startNanos = System.nanoTime();
            assertEquals(0, server.status());
            assertTrue(since(startNanos) < 4, "had the time to drain");
            server.awaitErr(", 1 protocol, up ");
        }
    }

    @Test
    void interruptEndsTheServerBeforeTheCount() throws Exception {
        try (RunningLauncher server = tcp("--count=2", "127.0.0.1", "0")) {
            TestSockets.exchange(server, "a");
            assertEquals(0, server.interrupt().status());
            assertEquals("a\n", server.out());
        }
    }

    @Test
    void countsConcurrentPeersExactly() throws Exception {
        int count = 20;
        try (RunningLauncher server = tcp("--count=" + count, "127.0.0.1", "0")) {
            server.port();
            TestThreads threads = new TestThreads();
            for (int i : IntStream.range(0, 3 * count).toArray()) {
                threads.start(() -> trySend(server, "message " + i));
            }
            assertEquals(0, server.status());
            threads.join();
            assertEquals(count, server.out().lines().distinct().count(), server::out);
            assertEquals(count, server.out().lines().count(), server::out);
            server.awaitErr("tcp-server: " + count + " message");
        }
    }

    /** Sends a message; the server may refuse, reset or answer. */
    private static Void trySend(RunningLauncher server, String message)
            throws InterruptedException {
        try {
            TestSockets.exchange(server, message);
        } catch (IOException expected) {
            // The server has ended.
        }
        return null;
    }
}
