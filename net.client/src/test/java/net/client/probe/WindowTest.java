package net.client.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.probe.Window.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class WindowTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final long MEMORY = 10 * SECOND;

    /** A request in an unlimited list. */
    private static final class Sent {
        private final long number;
        private final long due;
        private final long sent;
        private boolean isWaiting = true;
        private boolean isAnswered;

        private Sent(long number, long due, long sent) {
            this.number = number;
            this.due = due;
            this.sent = sent;
        }

        private Answer answer() {
            Answer answer =
                    isAnswered ? Answer.DUPLICATE : isWaiting ? Answer.IN_TIME : Answer.LATE;
            isWaiting = false;
            isAnswered = true;
            return answer;
        }
    }

    private final List<Sent> model = new ArrayList<>();
    private final Window window = new Window();

    private void add(long nowNanos) {
        Sent datagram = new Sent(model.size() * 3L - 7, nowNanos - model.size(), nowNanos);
        assertEquals(model.size(), window.next());
        model.add(datagram);
        window.add(datagram.number, datagram.due, datagram.sent);
    }

    private void assertAnswer(int sequence) {
        if (window.contains(sequence)) {
            assertEquals(model.get(sequence).answer(), window.answer(sequence), "" + sequence);
        } else {
            assertForgotten(sequence);
            assertEquals(Answer.UNKNOWN, window.answer(sequence));
        }
    }

    private void assertForgotten(int sequence) {
        Sent datagram = model.get(sequence);
        assertFalse(datagram.isWaiting, "forgotten while it waits: " + sequence);
        assertTrue(model.getLast().sent - datagram.sent >= MEMORY, "forgotten: " + sequence);
    }

    private void assertSame() {
        int waiting = 0;
        int oldest = model.size();
        for (int sequence = model.size() - 1; sequence >= 0; sequence--) {
            Sent datagram = model.get(sequence);
            if (datagram.isWaiting) {
                waiting++;
                oldest = sequence;
            }
            assertEquals(datagram.isWaiting, window.isWaiting(sequence));
            if (window.contains(sequence)) {
                assertEquals(datagram.number, window.number(sequence), "" + sequence);
                assertEquals(datagram.due, window.dueNanos(sequence));
                assertEquals(datagram.sent, window.sentNanos(sequence));
            } else {
                assertForgotten(sequence);
            }
        }
        assertEquals(waiting, window.waiting());
        assertEquals(oldest, window.oldest());
    }

    /** Alternates slow and fast phases, so that requests are overwritten and the window grows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void matchesUnlimitedList(int seed) {
        Random random = new Random(seed);
        long nowNanos = random.nextLong() >> 2;
        for (int step = 0; step < 1500; step++) {
            boolean isSlow = step / 100 % 3 == seed % 3;
            int choice = random.nextInt(100);
            if (model.isEmpty() || choice < 45) {
                nowNanos += (long) (random.nextDouble() * (isSlow ? 3 * SECOND : 20 * MILLI));
                add(nowNanos);
            } else if (choice < 80) {
                assertAnswer(Math.max(model.size() - 1 - random.nextInt(40), 0));
            } else if (choice < 85) {
                assertAnswer(random.nextInt(model.size()));
            } else if (window.waiting() > 0) {
                long oldest = window.oldest();
                window.giveUp(oldest);
                model.get((int) oldest).isWaiting = false;
            }
            if (step % 10 == 0) {
                assertSame();
            }
        }
        assertSame();
        assertTrue(model.size() > 300);
    }

    @Test
    void doesNotKnowUnsentSequences() {
        assertEquals(Answer.UNKNOWN, window.answer(0));
        add(0);
        assertEquals(Answer.UNKNOWN, window.answer(-1));
        assertEquals(Answer.UNKNOWN, window.answer(1));
        assertEquals(Answer.UNKNOWN, window.answer(1L << 40));
        assertEquals(1, window.waiting());
        assertEquals(Answer.IN_TIME, window.answer(0));
    }

    @Test
    void keepsWaitingRequests() {
        for (int i = 0; i < 100; i++) {
            add(i * MEMORY);
        }
        assertEquals(100, window.waiting());
        for (int sequence = 0; sequence < 100; sequence++) {
            assertEquals(sequence, window.oldest());
            assertEquals(Answer.IN_TIME, window.answer(sequence));
        }
        assertEquals(100, window.oldest());
    }

    /** The 17th request replaces the first if that is old; otherwise the window grows. */
    @Test
    void keepsAnsweredRequestsForTenSeconds() {
        Window longer = new Window();
        for (Window each : List.of(window, longer)) {
            for (int sequence = 0; sequence < 16; sequence++) {
                each.add(1, 0, 0);
                each.answer(sequence);
            }
            each.oldest();
        }
        window.add(1, 0, MEMORY);
        longer.add(1, 0, MEMORY - 1);
        assertEquals(Answer.UNKNOWN, window.answer(0));
        assertEquals(Answer.DUPLICATE, longer.answer(0));
    }

    /** 40 requests in 10 s need 64 slots. */
    @Test
    void growsOnlyForKeptRequests() {
        long nowNanos = 0;
        for (int i = 0; i < 5200; i++) {
            boolean isFast = i >= 5000 && i < 5040;
            nowNanos += isFast ? MILLI : MEMORY;
            window.add(i, nowNanos, nowNanos);
            window.answer(i);
            assertEquals(i + 1, window.oldest());
        }
        assertTrue(window.contains(5200 - 64));
        assertFalse(window.contains(5200 - 65));
    }

    @Test
    void isFullAtLimitUntilOldestIsDone() {
        for (int i = 0; i < Window.MAX_SIZE; i++) {
            assertFalse(window.isFull());
            window.add(i, i, i);
        }
        assertTrue(window.isFull());
        window.answer(1);
        assertTrue(window.isFull());
        window.giveUp(0);
        assertFalse(window.isFull());
        window.add(Window.MAX_SIZE, 0, 0);
        window.add(Window.MAX_SIZE + 1, 0, 0);
        assertTrue(window.isFull());
        assertEquals(2, window.oldest());
        assertEquals(2, window.number(2));
        assertEquals(Window.MAX_SIZE, window.number(Window.MAX_SIZE));
        assertFalse(window.contains(1));
        assertEquals(Window.MAX_SIZE, window.waiting());
    }
}
