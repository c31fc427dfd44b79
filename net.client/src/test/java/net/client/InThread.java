package net.client;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** An exchange that fails in a thread of its own, for tests that interrupt it. */
final class InThread {
    private final FutureTask<Outcome> task;
    private final Thread thread;

    /** What was thrown, and whether the thread's interrupt status was set then. */
    record Outcome(ExchangeException failure, boolean interrupted) {}

    private InThread(boolean virtual, Executable exchange) {
        task =
                new FutureTask<>(
                        () -> {
                            ExchangeException failure =
                                    assertThrows(ExchangeException.class, exchange);
                            return new Outcome(failure, Thread.currentThread().isInterrupted());
                        });
        thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).unstarted(task);
    }

    static InThread start(boolean virtual, Executable exchange) {
        InThread run = new InThread(virtual, exchange);
        run.thread.start();
        return run;
    }

    /** Runs an exchange in a thread that is interrupted before it begins. */
    static Outcome interruptedBefore(boolean virtual, Executable exchange) throws Exception {
        return start(
                        virtual,
                        () -> {
                            Thread.currentThread().interrupt();
                            exchange.execute();
                        })
                .outcome();
    }

    void interrupt() {
        thread.interrupt();
    }

    Outcome outcome() throws Exception {
        return task.get(ScriptedServer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
