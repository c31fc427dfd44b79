package net.launcher;

import java.io.PrintStream;

/** Standard error: one line for each thing to say, behind the launcher's name. */
record Diagnostics(String name, PrintStream err, boolean isVerbose) {
    void say(String text) {
        err.println(name + ": " + Escapes.text(text));
    }

    void error(Exception e) {
        say(e.getMessage() == null ? e.toString() : e.getMessage());
        trace(e);
    }

    /** Says where it happened, only where the user asked for more. */
    void trace(Exception e) {
        if (isVerbose) {
            e.printStackTrace(err);
        }
    }
}
