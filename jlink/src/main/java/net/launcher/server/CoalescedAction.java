package net.launcher.server;

import java.util.concurrent.atomic.AtomicInteger;

/** An action whose calls never overlap: all calls during a run lead to one further run. */
final class CoalescedAction {
    private static final int IDLE = 0;
    private static final int MAX_REQUESTS = 2;

    private final Runnable action;

    /** Number of runs due: one in progress, and at most one further run. */
    private final AtomicInteger requests = new AtomicInteger();

    CoalescedAction(Runnable action) {
        this.action = action;
    }

    /** Runs the action on this thread, or returns at once if it runs on another. */
    void run() {
        if (requests.getAndUpdate(count -> Math.min(count + 1, MAX_REQUESTS)) == IDLE) {
            do {
                action.run();
            } while (requests.decrementAndGet() > IDLE);
        }
    }
}
