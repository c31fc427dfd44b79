package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.TestThreads;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class CoalescedActionTest {
    private final AtomicInteger runs = new AtomicInteger();
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore permits = new Semaphore(0);
    private final CoalescedAction action = new CoalescedAction(this::runOnce);

    private void runOnce() {
        runs.incrementAndGet();
        entered.release();
        permits.acquireUninterruptibly();
    }

    @Test
    void callsDuringARunLeadToOneFurtherRun() throws Exception {
        TestThreads threads = new TestThreads();
        threads.start(
                () -> {
                    action.run();
                    return null;
                });
        entered.acquire();
        for (int i = 0; i < 300; i++) {
            // Returns at once.
            action.run();
        }
        permits.release();
        entered.acquire();
        permits.release();
        threads.join();
        assertEquals(2, runs.get());
    }

    @Test
    void laterCallRunsAgain() {
        permits.release(3);
        for (int i = 0; i < 3; i++) {
            action.run();
        }
        assertEquals(3, runs.get());
    }
}
