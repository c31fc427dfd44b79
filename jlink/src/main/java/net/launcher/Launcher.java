package net.launcher;

import net.launcher.command.Exit;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/**
 * A command-line program, without its process. Launchers are classes, not lambdas: the AOT cache
 * would not contain lambdas of a {@code main} other than that of its training run.
 */
public interface Launcher {
    /** Returns the command name. */
    String name();

    /** Returns the time that an orderly end may take. */
    Duration grace();

    /**
     * Handles SIGHUP, on a thread of its own; returns false if the signal is to end the process.
     */
    default boolean hangUp() {
        return false;
    }

    /** Handles SIGUSR1, on a thread of its own: reports progress on standard error. */
    default void report() {
        // Ignored by default.
    }

    /**
     * Runs to the end, or until the thread is interrupted by a signal.
     *
     * @param out for results; must report write errors
     * @param err for diagnostics
     * @return the exit status, one of {@link Exit}
     */
    int run(OutputStream out, PrintStream err, String... args);
}
