package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Message;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;

class RecordingListenerTest {
    private static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 8888);

    private final RecordingListener inbox = new RecordingListener();
    private final ReceivedMessage first = received("first");
    private final ReceivedMessage second = received("second");

    @Test
    void awaitReturnsTheMessageWithTheNumber() throws Exception {
        inbox.onMessage(first);
        inbox.onMessage(second);
        assertSame(first, inbox.await(1, Duration.ZERO));
        assertSame(second, inbox.await(2, Duration.ZERO));
        assertSame(first, inbox.await(1, Loopback.NEVER));
    }

    @Test
    void awaitWaitsForTheMessage() throws Exception {
        inbox.onMessage(first);
        Thread waiter = Thread.currentThread();
        TestThreads sending =
                TestThreads.start(
                        () -> {
                            Loopback.await(() -> waiter.getState() == Thread.State.TIMED_WAITING);
                            inbox.onMessage(second);
                        });
        assertSame(second, inbox.await(2, Loopback.NEVER));
        sending.join();
    }

    @Test
    void awaitContinuesAfterEarlierMessages() throws Exception {
        Thread waiter = Thread.currentThread();
        TestThreads sending =
                TestThreads.start(
                        () -> {
                            for (int i = 0; i < 99; i++) {
                                inbox.onMessage(first);
                            }
                            Loopback.await(() -> waiter.getState() == Thread.State.TIMED_WAITING);
                            inbox.onMessage(second);
                        });
        assertSame(second, inbox.await(100, Loopback.DEADLINE));
        sending.join();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 20_000_000})
    void timeoutKeepsTheMessages(long nanos) throws Exception {
        inbox.onMessage(first);
        Duration timeout = Duration.ofNanos(nanos);
        long startNanos = System.nanoTime();
        TimeoutException thrown =
                assertThrows(TimeoutException.class, () -> inbox.await(2, timeout));
        assertEquals("message 2 not received: 1 so far", thrown.getMessage());
        assertTrue(System.nanoTime() - startNanos >= nanos, "too early");
        inbox.onMessage(second);
        assertSame(second, inbox.await(2, timeout));
    }

    @Test
    void acceptsTheLongestTimeout() throws Exception {
        inbox.onMessage(first);
        assertSame(first, inbox.await(1, Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0})
    void rejectsNumberBelowOne(int number) {
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class, () -> inbox.await(number, Duration.ZERO));
        assertEquals("number must be at least 1: " + number, thrown.getMessage());
    }

    @Test
    void interruptEndsTheWait() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> inbox.await(1, Loopback.NEVER));
        inbox.onMessage(first);
        assertSame(first, inbox.await(1, Duration.ZERO));
    }

    @Test
    void messagesAreACopyInOrder() throws Exception {
        assertEquals(List.of(), inbox.messages());
        inbox.onMessage(first);
        List<ReceivedMessage> before = inbox.messages();
        inbox.onMessage(second);
        assertEquals(List.of(first), before);
        assertEquals(List.of(first, second), inbox.messages());
        assertThrows(UnsupportedOperationException.class, () -> before.add(second));
    }

    @Test
    void recordsMessagesOfManyThreads() throws Exception {
        List<TestThreads> senders =
                List.of(
                        TestThreads.start(this::sendThousand),
                        TestThreads.start(this::sendThousand));
        inbox.await(2000, Loopback.DEADLINE);
        for (TestThreads sender : senders) {
            sender.join();
        }
        assertEquals(2000, inbox.messages().size());
    }

    private void sendThousand() throws Exception {
        for (int i = 0; i < 1000; i++) {
            inbox.onMessage(first);
        }
    }

    private static ReceivedMessage received(String text) {
        Message message = Message.of(text);
        return new ReceivedMessage(
                Instant.EPOCH, Transport.TCP, ADDRESS, ADDRESS, message, message.size());
    }
}
