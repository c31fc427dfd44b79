package net.launcher.selftest;

import net.launcher.TcpClientLauncher;
import net.launcher.UdpClientLauncher;
import net.launcher.command.Exit;
import net.launcher.output.CapturedOutput;
import net.launcher.selftest.SelfTestReport.CheckException;
import net.protocol.Transport;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of {@code selftest}: its launcher's {@code run}, as users start it. */
record CheckedClient(Transport transport, CapturedOutput out, CapturedOutput err) {
    CheckedClient(Transport transport) {
        this(transport, new CapturedOutput(), new CapturedOutput());
    }

    /** Runs it to its end, and returns how long it took. */
    public Duration run(int expectedStatus, String... args)
            throws CheckException, InterruptedException {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        long startNanos = System.nanoTime();
        int status =
                switch (transport) {
                    case TCP -> new TcpClientLauncher().run(out, stream, args);
                    case UDP -> new UdpClientLauncher().run(out, stream, args);
                };
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        if (status == Exit.INTERRUPTED) {
            throw new InterruptedException();
        }
        require(status == expectedStatus, "client exited with " + status, err);
        return time;
    }

    /** Fails unless something holds, with what the client wrote as the evidence. */
    void require(boolean holds, String problem, CapturedOutput evidence) throws CheckException {
        if (!holds) {
            throw new CheckException(problem + ": " + evidence.text().strip());
        }
    }
}
