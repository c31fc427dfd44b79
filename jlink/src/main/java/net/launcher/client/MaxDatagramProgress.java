package net.launcher.client;

import net.launcher.output.Format;
import net.launcher.output.Terminal;

import java.io.PrintStream;

/** Shows on a terminal which datagram size is being tried. */
final class MaxDatagramProgress {
    private static final String CLEAR = "\r" + " ".repeat(24) + "\r";

    private final PrintStream err;
    private final boolean isShown;

    MaxDatagramProgress(Format format, PrintStream err) {
        this.err = err;
        this.isShown = format == Format.TEXT && Terminal.isStandardError();
    }

    void show(int bytes) {
        if (isShown) {
            err.print(CLEAR + "trying " + bytes + " B");
            err.flush();
        }
    }

    void clear() {
        if (isShown) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
