package net.launcher.output;

import sun.misc.Signal;
import sun.misc.SignalHandler;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Detects which standard streams are terminals, on systems with {@code /proc}. */
public final class Terminal {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String INPUT = "0";
    private static final String OUTPUT = "1";
    private static final String ERROR = "2";

    /** Width if it is unknown. */
    private static final int DEFAULT_COLUMNS = 80;

    private Terminal() {}

    public static boolean isStandardInput() {
        return is(INPUT);
    }

    public static boolean isStandardOutput() {
        return is(OUTPUT);
    }

    public static boolean isStandardError() {
        return is(ERROR);
    }

    /** Returns whether standard error is a terminal that can overwrite a line. */
    public static boolean canOverwrite() {
        return isStandardError() && !"dumb".equals(System.getenv("TERM"));
    }

    /** Returns the width of the terminal, as the launcher's script has determined it. */
    public static int columns() {
        return columns(System.getenv("COLUMNS"));
    }

    static int columns(String text) {
        try {
            int columns = Integer.parseInt(text);
            return columns > 0 ? columns : DEFAULT_COLUMNS;
        } catch (NumberFormatException expected) {
            // Unknown.
            return DEFAULT_COLUMNS;
        }
    }

    private static boolean is(String descriptor) {
        try {
            return isTerminal(Files.readSymbolicLink(DESCRIPTORS.resolve(descriptor)).toString());
        } catch (IOException expected) {
            // No such stream, or no /proc.
            return false;
        }
    }

    static boolean isTerminal(String file) {
        return file.startsWith("/dev/pts/")
                || file.startsWith("/dev/tty")
                || file.equals("/dev/console");
    }

    /** Runs an action on a background thread at each Enter, if standard input is a terminal. */
    public static void onEnter(Runnable action) {
        if (isStandardInput()) {
            // Without this, reading the terminal would stop a process in the background.
            Signal.handle(new Signal("TTIN"), SignalHandler.SIG_IGN);
            Thread.ofPlatform().daemon().name("enter").start(() -> readLines(action));
        }
    }

    private static void readLines(Runnable action) {
        FileInputStream in = new FileInputStream(FileDescriptor.in);
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    action.run();
                }
            }
        } catch (IOException expected) {
            // Expected when the process is in the background.
        }
    }
}
