package net.launcher.selftest;

import net.launcher.TcpServerLauncher;
import net.launcher.UdpServerLauncher;
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

/** A server of {@code selftest}: its launcher's {@code run}, in a thread, as users start it. */
final class CheckedServer implements AutoCloseable {
    /** No step of an exchange on one machine takes longer, unless it has failed. */
    static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);

    private final CapturedOutput out = new CapturedOutput();
    private final CapturedOutput err = new CapturedOutput();
    private final FutureTask<Integer> status;
    private final Thread thread;

    private CheckedServer(Transport transport, String... args) {
        status = new FutureTask<>(() -> serve(transport, args));
        thread = Thread.ofPlatform().daemon().name("selftest server").start(status);
    }

    static CheckedServer start(Transport transport, String... args) {
        return new CheckedServer(transport, args);
    }

    private int serve(Transport transport, String... args) {
        try (out;
                PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            return switch (transport) {
                case TCP -> new TcpServerLauncher().run(out, stream, args);
                case UDP -> new UdpServerLauncher().run(out, stream, args);
            };
        }
    }

    /** Waits until the server is ready. */
    int port() throws CheckException, InterruptedException {
        String ready = await(err, "listening on ", "server not ready");
        return Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
    }

    /** Waits for a line of results that has a text in it. */
    void awaitOut(String part) throws CheckException, InterruptedException {
        await(out, part, "message not recorded");
    }

    /** Waits for a line of standard error that has a text in it. */
    void awaitErr(String part) throws CheckException, InterruptedException {
        await(err, part, "refusal not said");
    }

    private static String await(CapturedOutput capture, String part, String problem)
            throws CheckException, InterruptedException {
        return capture.await(part, STEP_TIMEOUT)
                .orElseThrow(() -> new CheckException(problem + ": " + capture.text().strip()));
    }

    /** Ends the server, and returns what it has written as results. */
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

    /** Asks the server to end. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
