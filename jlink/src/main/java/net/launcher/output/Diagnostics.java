package net.launcher.output;

import java.io.PrintStream;

/**
 * Diagnostics on standard error, one line each, prefixed with the command name.
 *
 * @param isVerbose whether network details are printed
 * @param isDebug whether errors are followed by their stack traces
 */
public record Diagnostics(String name, PrintStream err, boolean isVerbose, boolean isDebug) {
    /** Returns the same diagnostics on another stream. */
    public Diagnostics to(PrintStream stream) {
        return new Diagnostics(name, stream, isVerbose, isDebug);
    }

    public void print(String text) {
        err.println(name + ": " + Escapes.text(text));
    }

    public void error(Exception e) {
        error(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }

    /** Prints a text on an error. */
    public void error(String text, Exception e) {
        print(text);
        trace(e);
    }

    /** Prints the stack trace if stack traces are requested. */
    public void trace(Exception e) {
        if (isDebug) {
            e.printStackTrace(err);
        }
    }
}
