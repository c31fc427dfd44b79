package net.client.run.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/** The timer may wake the selector once more, for an earlier time; its user checks the clock. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class SelectorTimerTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private Selector selector;
    private SelectorTimer timer;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        timer = new SelectorTimer(selector);
        timer.start();
    }

    @AfterEach
    void close() throws IOException {
        timer.close();
        selector.close();
    }

    @Test
    void wakesAtTheTimeAndNotEarlier() throws IOException {
        for (int i = 0; i < 100; i++) {
            long at = System.nanoTime() + MILLI / 2;
            timer.set(at);
            assertEquals(0, selector.select());
            assertTrue(System.nanoTime() - at >= 0, "too early");
        }
    }

    @Test
    void wakesAtOnceIfTheTimeHasPassed() throws IOException {
        timer.set(System.nanoTime() - MILLI);
        assertEquals(0, selector.select());
    }

    @Test
    void earlierTimeReplacesALaterOne() throws IOException {
        long start = System.nanoTime();
        timer.set(start + TimeUnit.HOURS.toNanos(1));
        timer.set(start + MILLI);
        assertEquals(0, selector.select());
        assertTrue(System.nanoTime() - start >= MILLI);
    }

    @Test
    void newTimeReplacesTheOldOne() throws IOException {
        long start = System.nanoTime();
        timer.set(start + TimeUnit.HOURS.toNanos(1));
        timer.set(start + 50 * MILLI);
        assertEquals(0, selector.select());
        assertTrue(System.nanoTime() - start >= 50 * MILLI);
    }

    @Test
    void wakesAgainForTheSameTime() throws IOException {
        long past = System.nanoTime();
        timer.set(past);
        assertEquals(0, selector.select());
        timer.set(past);
        assertEquals(0, selector.select());
    }
}
