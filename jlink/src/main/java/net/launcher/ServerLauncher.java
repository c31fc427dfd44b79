package net.launcher;

import net.launcher.command.Command;
import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.output.BackgroundStream;
import net.launcher.server.ServerCommand;
import net.launcher.server.ServerRun;
import net.protocol.Transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Base of the server launchers: diagnostics and signal handling. */
abstract sealed class ServerLauncher implements Launcher
        permits TcpServerLauncher, UdpServerLauncher {
    /** Time to write pending diagnostics at the end. */
    private static final Duration DIAGNOSTICS_GRACE = Duration.ofSeconds(1);

    private volatile ServerRun current;

    /** True if SIGHUP never ends the server: one with a file of options is a service. */
    private volatile boolean survivesHangUp;

    abstract Transport transport();

    abstract int serve(Invocation invocation) throws IOException;

    /** Runs a server, which does not wait for the reader of standard error. */
    @Override
    public final int run(OutputStream out, PrintStream err, String... args) {
        survivesHangUp = Command.hasConfig(args);
        try (BackgroundStream background = BackgroundStream.start(name(), err, DIAGNOSTICS_GRACE)) {
            return ServerCommand.of(transport())
                    .siblings(new ImageCommands())
                    .run(this::serveUntilSignalled, out, background.print(), args);
        }
    }

    private int serveUntilSignalled(Invocation invocation) throws IOException {
        try {
            return serve(invocation);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (InterruptedIOException expected) {
            // A signal ended the wait for the reader of an output pipe.
            return Exit.OK;
        }
    }

    /** Runs a server, and makes it the target of signals. */
    final int serve(ServerRun run, ServerRun.Starter starter) throws IOException {
        current = run;
        HeapWatchdog.start();
        return run.run(starter);
    }

    @Override
    public final Duration grace() {
        ServerRun run = current;
        return run == null ? Duration.ZERO : run.drain();
    }

    @Override
    public final boolean hangUp() {
        ServerRun run = current;
        boolean isReloaded = run != null && run.reload();
        return isReloaded || survivesHangUp;
    }

    @Override
    public final void report() {
        ServerRun run = current;
        if (run != null) {
            run.reportNow();
        }
    }
}
