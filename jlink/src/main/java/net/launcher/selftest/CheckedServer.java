package net.launcher.selftest;

import net.launcher.command.Exit;
import net.launcher.output.CapturedOutput;
import net.launcher.selftest.SelfTestReport.CheckException;
import net.protocol.Transport;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server run by {@code selftest} in a thread of its own, with its captured output. */
final class CheckedServer implements AutoCloseable {
    /** Timeout of each step of a check. */
    static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);

    private final Launchers launchers;
    private final CapturedOutput out = new CapturedOutput();
    private final CapturedOutput err = new CapturedOutput();
    private final FutureTask<Integer> status;
    private final Thread thread;

    private CheckedServer(Launchers launchers, Transport transport, String... args) {
        this.launchers = launchers;
        this.status = new FutureTask<>(() -> run(transport, args));
        this.thread = Thread.ofPlatform().daemon().name("selftest server").start(status);
    }

    static CheckedServer start(Launchers launchers, Transport transport, String... args) {
        return new CheckedServer(launchers, transport, args);
    }

    private int run(Transport transport, String... args) {
        try (out;
                PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            return launchers.runServer(transport, out, stream, args);
        }
    }

    /** Waits until the server is ready, and returns its port. */
    int port() throws CheckException, InterruptedException {
        String ready = await(err, "listening on ", "server not ready");
        return Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
    }

    /** Waits for a line of standard output that contains a text. */
    void awaitOut(String part) throws CheckException, InterruptedException {
        await(out, part, "message not recorded");
    }

    /** Waits for a line of standard error that contains a text. */
    void awaitErr(String part) throws CheckException, InterruptedException {
        await(err, part, "refusal not logged");
    }

    private static String await(CapturedOutput output, String part, String problem)
            throws CheckException, InterruptedException {
        return output.await(part, STEP_TIMEOUT)
                .orElseThrow(() -> new CheckException(problem + ": " + output.text().strip()));
    }

    /** Stops the server, and returns its standard output. */
    String end() throws CheckException, InterruptedException {
        close();
        try {
            int exit = status.get(STEP_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
            if (exit == Exit.OK) {
                return out.text();
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new CheckException("server did not end: " + e);
        }
        throw new CheckException("server failed: " + err.text().strip());
    }

    /** Stops the server without waiting for its end. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
