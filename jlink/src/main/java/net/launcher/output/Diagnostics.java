package net.launcher.output;

import java.io.PrintStream;

/** Diagnostics on standard error, one line each, prefixed with the command name. */
public record Diagnostics(String name, PrintStream err, boolean isVerbose) {
    public void print(String text) {
        err.println(name + ": " + Escapes.text(text));
    }

    public void error(Exception e) {
        print(e.getMessage() == null ? e.toString() : e.getMessage());
        trace(e);
    }

    /** Prints the stack trace if {@code --verbose} is given. */
    public void trace(Exception e) {
        if (isVerbose) {
            e.printStackTrace(err);
        }
    }
}
