package net.client;

import static org.junit.jupiter.api.Assertions.assertThrows;

import net.client.connect.ExchangeException;

import org.junit.jupiter.api.function.Executable;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** An exchange that fails in its own thread, for tests that interrupt it. */
public final class TestThreads {
    private final FutureTask<Outcome> task;
    private final Thread thread;

    /** The exception, and the thread's interrupt status when it was thrown. */
    public record Outcome(ExchangeException failure, boolean interrupted) {}

    private TestThreads(boolean virtual, Executable exchange) {
        task =
                new FutureTask<>(
                        () -> {
                            ExchangeException failure =
                                    assertThrows(ExchangeException.class, exchange);
                            return new Outcome(failure, Thread.currentThread().isInterrupted());
                        });
        thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).unstarted(task);
    }

    public static TestThreads start(boolean virtual, Executable exchange) {
        TestThreads run = new TestThreads(virtual, exchange);
        run.thread.start();
        return run;
    }

    /** Runs an exchange in a thread that is interrupted beforehand. */
    static Outcome interruptedBefore(boolean virtual, Executable exchange) throws Exception {
        return start(
                        virtual,
                        () -> {
                            Thread.currentThread().interrupt();
                            exchange.execute();
                        })
                .outcome();
    }

    public void interrupt() {
        thread.interrupt();
    }

    public Outcome outcome() throws Exception {
        return task.get(ScriptedServer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
