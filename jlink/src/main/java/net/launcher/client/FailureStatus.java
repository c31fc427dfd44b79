package net.launcher.client;

import net.client.connect.ExchangeException.Kind;
import net.launcher.command.Exit;

/** The exit status of a failed exchange. */
final class FailureStatus {
    private FailureStatus() {}

    /** Returns the exit status of a failure: that of the network, or of this machine. */
    static int of(Kind kind) {
        return kind == Kind.PERMISSION || kind == Kind.LOCAL ? Exit.USAGE : Exit.NETWORK;
    }
}
