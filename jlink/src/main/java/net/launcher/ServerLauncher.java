package net.launcher;

import net.launcher.server.ServerRun;

import java.io.IOException;
import java.time.Duration;

/** Base of the server launchers: signal handling. */
abstract sealed class ServerLauncher implements Launcher
        permits TcpServerLauncher, UdpServerLauncher {
    private volatile ServerRun current;

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
        return run != null && run.reload();
    }

    @Override
    public final void report() {
        ServerRun run = current;
        if (run != null) {
            run.reportNow();
        }
    }
}
