package net.launcher.image;

/** Exit status and output of a process. */
record ProcessResult(int status, String out, String err) {
    /** Returns the last line of standard output. */
    String lastLine() {
        return out.lines().reduce("", (before, line) -> line);
    }
}
