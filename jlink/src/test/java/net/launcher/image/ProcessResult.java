package net.launcher.image;

/** What a process has left behind. */
record ProcessResult(int status, String out, String err) {
    /** Returns the last line of standard output. */
    String lastLine() {
        return out.lines().reduce("", (before, line) -> line);
    }
}
