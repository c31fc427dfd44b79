package net.launcher.output;

import java.io.PrintStream;

/** Standard error: one line for each thing to say, behind the launcher's name. */
public record Diagnostics(String name, PrintStream err, boolean isVerbose) {
    public void say(String text) {
        err.println(name + ": " + Escapes.text(text));
    }

    public void error(Exception e) {
        say(e.getMessage() == null ? e.toString() : e.getMessage());
        trace(e);
    }

    /** Says where it happened, only where the user asked for more. */
    public void trace(Exception e) {
        if (isVerbose) {
            e.printStackTrace(err);
        }
    }
}
