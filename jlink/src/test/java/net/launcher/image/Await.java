package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Polls until a condition holds. */
final class Await {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(5);

    /** A condition to wait for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    private Await() {}

    static void holds(String what, Condition condition) {
        long startNanos = System.nanoTime();
        try {
            while (!condition.holds()) {
                assertTrue(
                        System.nanoTime() - startNanos < DEADLINE.toNanos(),
                        "condition not reached: " + what);
                LockSupport.parkNanos(INTERVAL.toNanos());
            }
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }
}
