package net.launcher.client;

import net.client.connect.ConnectionInfo;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.report.text.ProgressLine;
import net.launcher.output.Plural;

/** Shows in the progress line that a load has started and what it transfers. */
final class LoadProgress implements RunListener {
    private final RunConfig load;
    private final ProgressLine progress;
    private final boolean isShown;
    private boolean hasStarted;

    LoadProgress(RunConfig load, ProgressLine progress, boolean isShown) {
        this.load = load;
        this.progress = progress;
        this.isShown = isShown;
    }

    @Override
    public boolean needsExchanges() {
        return false;
    }

    @Override
    public void onConnection(ConnectionInfo connection) {
        if (hasStarted) {
            // A further address of the server.
            return;
        }
        hasStarted = true;
        progress.beginLoad();
        if (isShown) {
            progress.show(
                    "load: starting "
                            + Plural.of(load.parallel(), "connection")
                            + " to "
                            + load.client().endpoint());
        }
    }

    @Override
    public void onInterval(RunResult interval) {
        progress.setLoad(load, interval);
    }
}
