package net.launcher;

import java.io.OutputStream;
import java.io.PrintStream;

/** What a launcher does between its {@code main} and its exit. */
@FunctionalInterface
interface Launcher {
    /**
     * Runs to the end, or until the thread is interrupted, which is what a signal does.
     *
     * @param out for results; a failure to write is not lost on it
     * @param err for everything else
     * @return the exit status, one of {@link Exit}
     */
    int run(OutputStream out, PrintStream err, String... args);
}
