package net.client.run.internal;

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

/** An alarm may ring once more than asked, as one before it; who is woken looks at the clock. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class SelectorTimerTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private Selector selector;
    private SelectorTimer alarm;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        alarm = new SelectorTimer(selector);
    }

    @AfterEach
    void close() throws IOException {
        alarm.close();
        selector.close();
    }

    @Test
    void wakesWhenItIsTimeAndNoEarlier() throws IOException {
        for (int i = 0; i < 100; i++) {
            long at = System.nanoTime() + MILLI / 2;
            alarm.set(at);
            assertEquals(0, selector.select());
            assertTrue(System.nanoTime() - at >= 0, "too early");
        }
    }

    @Test
    void wakesAtOnceIfItIsTimeAlready() throws IOException {
        alarm.set(System.nanoTime() - MILLI);
        assertEquals(0, selector.select());
    }

    @Test
    void earlierTimeReplacesALaterOne() throws IOException {
        long start = System.nanoTime();
        alarm.set(start + TimeUnit.HOURS.toNanos(1));
        alarm.set(start + MILLI);
        assertEquals(0, selector.select());
        assertTrue(System.nanoTime() - start >= MILLI);
    }

    @Test
    void anotherTimeReplacesTheOneBefore() throws IOException {
        long start = System.nanoTime();
        alarm.set(start + TimeUnit.HOURS.toNanos(1));
        alarm.set(start + 50 * MILLI);
        assertEquals(0, selector.select());
        assertTrue(System.nanoTime() - start >= 50 * MILLI);
    }

    @Test
    void ringsAgainForTheSameTime() throws IOException {
        long past = System.nanoTime();
        alarm.set(past);
        assertEquals(0, selector.select());
        alarm.set(past);
        assertEquals(0, selector.select());
    }
}
