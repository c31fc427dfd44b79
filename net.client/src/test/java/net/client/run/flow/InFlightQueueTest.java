package net.client.run.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

class InFlightQueueTest {
    /** The expected values of an exchange. */
    private record Sent(long number, long due, long sent) {}

    /** Grows and shrinks at random, so that the ring grows with its head at any index. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void isAFirstInFirstOutQueue(int seed) {
        Random random = new Random(seed);
        Deque<Sent> model = new ArrayDeque<>();
        InFlightQueue queue = new InFlightQueue();
        for (int step = 0; step < 5000; step++) {
            boolean isGrowing = step / 500 % 2 == 0;
            if (model.isEmpty() || random.nextInt(100) < (isGrowing ? 60 : 40)) {
                Sent sent = new Sent(random.nextLong(), random.nextLong(), random.nextLong());
                model.addLast(sent);
                queue.add(sent.number, sent.due, sent.sent);
            } else {
                model.removeFirst();
                queue.removeFirst();
            }
            assertSame(model, queue);
        }
    }

    private static void assertSame(Deque<Sent> model, InFlightQueue queue) {
        List<Long> numbers = new ArrayList<>();
        for (int index = 0; index < queue.size(); index++) {
            numbers.add(queue.number(index));
        }
        assertEquals(model.stream().map(Sent::number).toList(), numbers);
        if (!model.isEmpty()) {
            assertEquals(model.getFirst().due, queue.dueNanos());
            assertEquals(model.getFirst().sent, queue.sentNanos());
        }
    }

    @Test
    void setsTheTimeOfTheNewestExchange() {
        InFlightQueue queue = new InFlightQueue();
        queue.add(1, 10, 100);
        queue.add(2, 20, 200);
        queue.removeFirst();
        queue.add(3, 30, 300);
        queue.setLastSent(333);
        assertEquals(200, queue.sentNanos());
        queue.removeFirst();
        assertEquals(333, queue.sentNanos());
        assertEquals(30, queue.dueNanos());
    }
}
