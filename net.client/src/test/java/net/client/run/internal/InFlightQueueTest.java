package net.client.run.internal;

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
    /** What a turn is to give back. */
    private record Turn(long number, long due, long sent) {}

    /** Grows and shrinks at random, so that the ring grows with its first one anywhere. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void keepsTheOrderOfAQueue(int seed) {
        Random random = new Random(seed);
        Deque<Turn> model = new ArrayDeque<>();
        InFlightQueue turns = new InFlightQueue();
        for (int step = 0; step < 5000; step++) {
            boolean isGrowing = step / 500 % 2 == 0;
            if (model.isEmpty() || random.nextInt(100) < (isGrowing ? 60 : 40)) {
                Turn turn = new Turn(random.nextLong(), random.nextLong(), random.nextLong());
                model.addLast(turn);
                turns.add(turn.number, turn.due, turn.sent);
            } else {
                model.removeFirst();
                turns.removeFirst();
            }
            assertSame(model, turns);
        }
    }

    private static void assertSame(Deque<Turn> model, InFlightQueue turns) {
        List<Long> numbers = new ArrayList<>();
        for (int place = 0; place < turns.size(); place++) {
            numbers.add(turns.number(place));
        }
        assertEquals(model.stream().map(Turn::number).toList(), numbers);
        if (!model.isEmpty()) {
            assertEquals(model.getFirst().due, turns.dueNanos());
            assertEquals(model.getFirst().sent, turns.sentNanos());
        }
    }

    @Test
    void correctsWhenTheLastOneWasSent() {
        InFlightQueue turns = new InFlightQueue();
        turns.add(1, 10, 100);
        turns.add(2, 20, 200);
        turns.removeFirst();
        turns.add(3, 30, 300);
        turns.sentLast(333);
        assertEquals(200, turns.sentNanos());
        turns.removeFirst();
        assertEquals(333, turns.sentNanos());
        assertEquals(30, turns.dueNanos());
    }
}
