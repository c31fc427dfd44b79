package net.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

@Timeout(30)
class LookupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void returnsResult() throws IOException {
        assertEquals("found", Lookup.within(PATIENCE, () -> "found"));
    }

    @Test
    void throwsFailureOfLookup() {
        UnknownHostException unknown = new UnknownHostException("nosuch.example");
        assertSame(
                unknown,
                assertThrows(
                        UnknownHostException.class,
                        () ->
                                Lookup.within(
                                        PATIENCE,
                                        () -> {
                                            throw unknown;
                                        })));
    }

    @Test
    void wrapsOtherExceptions() {
        IllegalStateException fault = new IllegalStateException("resolver is gone");
        IOException thrown =
                assertThrows(
                        IOException.class,
                        () ->
                                Lookup.within(
                                        PATIENCE,
                                        () -> {
                                            throw fault;
                                        }));
        assertSame(fault, thrown.getCause());
    }

    @Test
    void slowLookupTimesOut() {
        CountDownLatch end = new CountDownLatch(1);
        try {
            SocketTimeoutException thrown =
                    assertThrows(
                            SocketTimeoutException.class,
                            () -> Lookup.within(Duration.ofMillis(50), () -> await(end)));
            assertEquals("timed out", thrown.getMessage());
        } finally {
            end.countDown();
        }
    }

    @Test
    void interruptEndsWait() {
        CountDownLatch end = new CountDownLatch(1);
        Thread waiting = Thread.currentThread();
        try {
            assertThrows(
                    InterruptedIOException.class,
                    () ->
                            Lookup.within(
                                    PATIENCE,
                                    () -> {
                                        waiting.interrupt();
                                        return await(end);
                                    }));
            assertTrue(Thread.interrupted());
        } finally {
            end.countDown();
        }
    }

    private static String await(CountDownLatch end) throws InterruptedException {
        end.await();
        return "late";
    }
}
