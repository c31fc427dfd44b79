package net.launcher.selftest;

import net.launcher.command.Exit;
import net.launcher.output.CapturedOutput;
import net.launcher.selftest.SelfTestReport.CheckException;
import net.protocol.Transport;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client run by {@code selftest}, with its captured output. */
record CheckedClient(
        Launchers launchers, Transport transport, CapturedOutput out, CapturedOutput err) {
    CheckedClient(Launchers launchers, Transport transport) {
        this(launchers, transport, new CapturedOutput(), new CapturedOutput());
    }

    /** Runs the client to its end, and returns the time it took. */
    Duration run(int expectedStatus, String... args) throws CheckException, InterruptedException {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        long startNanos = System.nanoTime();
        int status = launchers.runClient(transport, out, stream, args);
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        if (status == Exit.INTERRUPTED) {
            throw new InterruptedException();
        }
        require(status == expectedStatus, "client exited with " + status, err);
        return time;
    }

    /** Throws an exception with the problem and the captured output unless the condition holds. */
    void require(boolean condition, String problem, CapturedOutput output) throws CheckException {
        if (!condition) {
            throw new CheckException(problem + ": " + output.text().strip());
        }
    }
}
