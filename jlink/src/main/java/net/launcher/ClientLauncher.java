package net.launcher;

import net.launcher.client.ClientRun;
import net.launcher.command.Invocation;
import net.protocol.Transport;

import java.io.IOException;
import java.time.Duration;

/** Base of the client launchers: signal handling. */
abstract sealed class ClientLauncher implements Launcher
        permits TcpClientLauncher, UdpClientLauncher {
    private volatile ClientRun current;

    /** Runs a client, and makes it the target of signals. */
    final int exchange(Transport transport, Invocation invocation) throws IOException {
        ClientRun run = new ClientRun(transport);
        current = run;
        return run.run(invocation);
    }

    @Override
    public final Duration grace() {
        return Duration.ZERO;
    }

    @Override
    public final void report() {
        ClientRun run = current;
        if (run != null) {
            run.reportSoon();
        }
    }
}
