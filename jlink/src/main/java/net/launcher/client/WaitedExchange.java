package net.launcher.client;

import net.client.Run;
import net.client.connect.ClientConfig;
import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.report.text.FailureLine;
import net.launcher.command.Exit;
import net.launcher.command.value.Durations;
import net.launcher.output.Diagnostics;
import net.launcher.output.Plural;
import net.launcher.output.Terminal;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A single exchange that is repeated until it succeeds, or for a limited time. The listener is
 * notified of the last attempt only.
 */
final class WaitedExchange {
    /** First pause between two attempts; each further one is twice as long. */
    static final Duration MIN_PAUSE = Duration.ofMillis(100);

    static final Duration MAX_PAUSE = Duration.ofSeconds(1);

    /** Time before the end at which the last attempt begins, and below which none begins. */
    private static final long LAST_ATTEMPT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final RunConfig run;
    private final Duration wait;
    private final Diagnostics err;
    private final RunListener listener;
    private final long startNanos = System.nanoTime();
    private volatile long attempts;

    /** The last failure, as the end of a line; empty before it. */
    private volatile String reason = "";

    private volatile boolean hasEnded;

    /** The events of an attempt, except datagrams from other hosts, which are reported at once. */
    private final class Outcome implements RunListener {
        private ConnectionInfo connection;
        private Exchange exchange;
        private ExchangeException failure;

        @Override
        public void onConnection(ConnectionInfo established) {
            connection = established;
        }

        @Override
        public void onExchange(Exchange succeeded) {
            exchange = succeeded;
        }

        @Override
        public void onFailure(OptionalLong number, ExchangeException failed) throws IOException {
            if (number.isPresent()) {
                failure = failed;
            } else {
                listener.onFailure(number, failed);
            }
        }

        void report() throws IOException {
            if (connection != null) {
                listener.onConnection(connection);
            }
            if (exchange != null) {
                listener.onExchange(exchange);
            }
            if (failure != null) {
                listener.onFailure(OptionalLong.of(1), failure);
            }
        }
    }

    WaitedExchange(RunConfig run, Duration wait, Diagnostics err, RunListener listener) {
        this.run = run;
        this.wait = wait;
        this.err = err;
        this.listener = listener;
    }

    /**
     * Performs attempts until one succeeds, fails for a reason that time does not change, the time
     * is over, or the thread is interrupted; in the last case its interrupt status remains set.
     *
     * @return the figures of the last attempt
     */
    RunResult run() throws IOException {
        try {
            return lastAttempt();
        } finally {
            hasEnded = true;
        }
    }

    private RunResult lastAttempt() throws IOException {
        Duration pause = MIN_PAUSE;
        while (true) {
            attempts++;
            Outcome outcome = new Outcome();
            RunResult result = new Run(bounded(), outcome).run();
            if (outcome.failure == null) {
                outcome.report();
                return result;
            }
            if (isOver(outcome.failure) || !hasPaused(pause, outcome.failure)) {
                outcome.failure = explained(outcome.failure);
                outcome.report();
                return result;
            }
            pause =
                    pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0
                            ? pause.multipliedBy(2)
                            : MAX_PAUSE;
        }
    }

    /** Returns the run with timeouts that end with the wait. */
    private RunConfig bounded() {
        Duration remaining = Duration.ofNanos(Math.max(remainingNanos(), LAST_ATTEMPT_NANOS));
        ClientConfig client = run.client();
        RunConfig.Builder bounded =
                run.toBuilder()
                        .client(
                                client.toBuilder()
                                        .timeout(min(client.timeout(), remaining))
                                        .connectTimeout(min(client.connectTimeout(), remaining))
                                        .build());
        if (run.answerWait().isPresent()) {
            bounded.answerWait(min(run.answerWait().get(), remaining));
        }
        return bounded.build();
    }

    private static Duration min(Duration time, Duration limit) {
        return time.compareTo(limit) < 0 ? time : limit;
    }

    private long remainingNanos() {
        return wait.toNanos() - (System.nanoTime() - startNanos);
    }

    private boolean isOver(ExchangeException failure) {
        return RunStatus.of(failure.kind()) == Exit.USAGE
                || Thread.currentThread().isInterrupted()
                || remainingNanos() <= LAST_ATTEMPT_NANOS;
    }

    /** Prints the attempts so far, unless the wait has ended; may be called from any thread. */
    void printStatus() {
        if (!hasEnded) {
            err.print(
                    "waiting for "
                            + run.client().endpoint()
                            + ": "
                            + Plural.of(attempts, "attempt")
                            + " in "
                            + elapsed()
                            + reason);
        }
    }

    private String elapsed() {
        return Durations.text(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** Waits between two attempts; returns false if interrupted. */
    private boolean hasPaused(Duration pause, ExchangeException failure) {
        String text = FailureLine.of(run, failure);
        reason = "; " + text;
        if (err.isVerbose()) {
            err.print(text);
        } else if (attempts == 1 && Terminal.isStandardError()) {
            err.print("waiting up to " + Durations.text(wait) + ": " + text);
        }
        try {
            Thread.sleep(
                    Duration.ofNanos(
                            Math.min(pause.toNanos(), remainingNanos() - LAST_ATTEMPT_NANOS)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Adds the time and the number of attempts, unless the reason for the end is the failure. */
    private ExchangeException explained(ExchangeException failure) {
        boolean isInterrupted = Thread.currentThread().isInterrupted();
        if (!isInterrupted && RunStatus.of(failure.kind()) == Exit.USAGE) {
            return failure;
        }
        String end =
                (failure.kind() == Kind.INTERRUPTED
                                ? " after "
                                : isInterrupted ? "; interrupted after " : "; gave up after ")
                        + elapsed()
                        + " and "
                        + Plural.of(attempts, "attempt");
        return new ExchangeException(
                failure.kind(),
                failure.getMessage() + end,
                failure.received(),
                failure.bytesSent(),
                failure);
    }
}
