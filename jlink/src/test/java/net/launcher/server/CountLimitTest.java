package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.TestThreads;
import net.launcher.output.Output.OutputException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The limit of messages or exchanges of a server. */
class CountLimitTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final TestThreads threads = new TestThreads();

    private void startAwait(CountLimit limit, Duration grace) {
        threads.start(
                () -> {
                    limit.await(grace);
                    return null;
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void acceptsExactlyTheCount(long count) {
        CountLimit limit = new CountLimit(count);
        for (int i = 0; i < count; i++) {
            assertTrue(limit.tryStart());
        }
        assertFalse(limit.tryStart());
        assertFalse(limit.tryStart());
    }

    @Test
    void concurrentThreadsTakeExactlyTheCount() throws Exception {
        CountLimit limit = new CountLimit(1000);
        AtomicInteger taken = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            threads.start(
                    () -> {
                        for (int n = 0; n < 500; n++) {
                            if (limit.tryStart()) {
                                taken.incrementAndGet();
                            }
                        }
                        return null;
                    });
        }
        threads.join();
        assertEquals(1000, taken.get());
    }

    @Test
    void waitEndsWhenAllTakenHaveEnded() throws Exception {
        CountLimit limit = new CountLimit(2);
        startAwait(limit, LONG);
        threads.awaitWaiting();
        limit.tryStart();
        limit.end(1);
        limit.tryStart();
        limit.end(1);
        threads.join();
    }

    @Test
    void countsEndsReportedTogether() throws Exception {
        CountLimit limit = new CountLimit(3);
        for (int i = 0; i < 5; i++) {
            limit.tryStart();
        }
        limit.end(3);
        limit.await(LONG);
    }

    @Test
    void graceTimeLimitsTheWaitForTheLast() throws Exception {
        CountLimit limit = new CountLimit(2);
        limit.tryStart();
        limit.tryStart();
        limit.end(1);
        long startNanos = System.nanoTime();
        limit.await(Duration.ofMillis(50));
        long millis = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
        assertTrue(millis >= 50 && millis < 30_000, () -> millis + " ms");
        limit.await(Duration.ZERO);
    }

    @Test
    void failureEndsTheWaitAtOnce() throws Exception {
        CountLimit limit = new CountLimit(Long.MAX_VALUE);
        startAwait(limit, LONG);
        threads.awaitWaiting();
        OutputException failure = new OutputException("write", new IOException("full"));
        assertSame(failure, limit.fail(failure));
        threads.join();
        limit.fail(new OutputException("write", new IOException("closed")));
        assertEquals(Optional.of(failure), limit.failure());
    }

    @Test
    void interruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> new CountLimit(1).await(LONG));
        CountLimit taken = new CountLimit(1);
        taken.tryStart();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> taken.await(LONG));
    }
}
