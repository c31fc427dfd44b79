package net.launcher.client.report;

import net.client.run.RunConfig;
import net.protocol.Endpoint;

/** Names one of several targets in a line that has a numeric address. */
public final class TargetLabel {
    private TargetLabel() {}

    /** Returns {@code host:port: }, or an empty text if the host is an address. */
    public static String prefix(RunConfig run) {
        Endpoint target = run.client().endpoint();
        return target.isNumeric() ? "" : target + ": ";
    }
}
