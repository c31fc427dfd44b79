package net.launcher;

import net.launcher.command.Exit;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/**
 * What a launcher does between its {@code main} and its exit. The launchers are classes and not
 * lambdas, since the AOT cache would not know those of a {@code main} that was not its training
 * run.
 */
public interface Launcher {
    /** Returns what the user calls it. */
    String name();

    /** Returns how long it may take to end when it is asked to. */
    Duration grace();

    /** Acts on SIGHUP, in a thread of its own; returns false if that is a signal to end. */
    default boolean hangUp() {
        return false;
    }

    /** Acts on SIGUSR1, in a thread of its own: says how things stand. */
    default void report() {
        // There is nothing to say before the end.
    }

    /**
     * Runs to the end, or until the thread is interrupted, which is what a signal does.
     *
     * @param out for results; a failure to write is not lost on it
     * @param err for everything else
     * @return the exit status, one of {@link Exit}
     */
    int run(OutputStream out, PrintStream err, String... args);
}
