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

/** Servers that end by themselves, since {@code --count} says so. */
class CountedServerTest {
    private static Running tcp(String... args) {
        return Running.start(new TcpServerLauncher(), args);
    }

    private static Running udp(String... args) {
        return Running.start(new UdpServerLauncher(), args);
    }

    @Test
    void serverEndsAfterSoManyMessagesAndTheirReceipts() throws Exception {
        try (Running server = tcp("--count=3", "127.0.0.1", "0")) {
            for (String message : List.of("a", "b", "c")) {
                assertEquals("hello client!", TestSockets.ask(server, message));
            }
            assertEquals(0, server.status());
            assertEquals("a\nb\nc\n", server.out());
            server.awaitErr("tcp-server: 3 messages from 3 connections, ");
        }
    }

    @Test
    void peerWithoutAMessageDoesNotCount() throws Exception {
        try (Running server = tcp("-c", "1", "127.0.0.1", "0")) {
            assertEquals("hello client!", TestSockets.ask(server, ""));
            assertEquals("hello client!", TestSockets.ask(server, "a"));
            assertEquals(0, server.status());
            assertEquals("a\n", server.out());
        }
    }

    @Test
    void oneMessageTooManyIsResetAndNotRecorded() throws Exception {
        // The peer that was first keeps the server from ending before the other one is there.
        try (Running server = tcp("--service=receive", "--count=1", "127.0.0.1", "0");
                Socket first = TestSockets.tcp(server);
                Socket second = TestSockets.tcp(server)) {
            first.getOutputStream().write(TestSockets.bytes("first\n"));
            assertEquals("first", server.awaitOut("first"));
            second.getOutputStream().write(TestSockets.bytes("second\nthird\n"));
            TestSockets.assertReset(second);
            assertArrayEquals(new byte[0], TestSockets.ask(first, new byte[0]));
            assertEquals(0, server.status());
            assertEquals("first\n", server.out());
            String summary = server.awaitErr(", up ");
            assertTrue(summary.startsWith("tcp-server: 1 message from 2 connections, "), summary);
            assertTrue(summary.contains(", 1 dropped, 1 unrecorded, up "), summary);
            assertEquals(2, server.err().lines().count(), server::err);
        }
    }

    @Test
    void linesOfOnePeerBeyondTheCountAreNotRecorded() throws Exception {
        try (Running server = tcp("--service=receive", "--count=3", "127.0.0.1", "0");
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
    void serverEndsAfterSoManyExchanges(String service) throws Exception {
        try (Running server = tcp("--service", service, "-c2", "127.0.0.1", "0")) {
            for (String question : List.of("a", "b")) {
                String answer = TestSockets.ask(server, question);
                assertEquals(service.equals("echo") ? question : "", answer);
            }
            assertEquals(0, server.status());
            assertEquals("", server.out());
            server.awaitErr("tcp-server: 0 messages from 2 connections, 2 B received, ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"greet", "receive", "echo"})
    void idlePeerDoesNotHoldUpTheEnd(String service) throws Exception {
        try (Running server = tcp("--service", service, "--count=1", "127.0.0.1", "0");
                Socket idle = TestSockets.tcp(server)) {
            TestSockets.ask(server, "a");
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
    void peerOfTheLastMessageThatStaysHasTheTimeToDrain() throws Exception {
        try (Running server = tcp("--service=receive", "-c1", "--drain=500ms", "127.0.0.1", "0");
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
    void udpServerEndsAfterSoManyDatagrams() throws Exception {
        try (Running server = udp("--count=3", "--format=raw", "127.0.0.1", "0");
                DatagramSocket peer = TestSockets.udp()) {
            server.port();
            // Nobody may be there any more for the last ones.
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
    void udpServerEndsAfterSoManyQuestions(String service) throws Exception {
        try (Running server = udp("--service", service, "-c", "2", "127.0.0.1", "0");
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
    void questionThatIsNoneDoesNotCount() throws Exception {
        try (Running server = udp("--service=stamp", "--count=1", "127.0.0.1", "0");
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
    void interruptEndsACountedServerBefore() throws Exception {
        try (Running server = tcp("--count=2", "127.0.0.1", "0")) {
            TestSockets.ask(server, "a");
            assertEquals(0, server.interrupt().status());
            assertEquals("a\n", server.out());
        }
    }

    @Test
    void manyPeersAtOnceAreCountedExactly() throws Exception {
        int count = 20;
        try (Running server = tcp("--count=" + count, "127.0.0.1", "0")) {
            server.port();
            TestThreads crew = new TestThreads();
            for (int i : IntStream.range(0, 3 * count).toArray()) {
                crew.start(() -> tryAsk(server, "message " + i));
            }
            assertEquals(0, server.status());
            crew.join();
            assertEquals(count, server.out().lines().distinct().count(), server::out);
            assertEquals(count, server.out().lines().count(), server::out);
            server.awaitErr("tcp-server: " + count + " message");
        }
    }

    /** Refused, reset, or answered. */
    private static Void tryAsk(Running server, String message) throws InterruptedException {
        try {
            TestSockets.ask(server, message);
        } catch (IOException expected) {
            // Too late.
        }
        return null;
    }
}
