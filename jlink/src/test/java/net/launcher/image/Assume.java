package net.launcher.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Preconditions of tests, which are skipped otherwise. */
final class Assume {
    /** Resource lock of tests that use most of the file descriptors of this process. */
    static final String MANY_DESCRIPTORS = "descriptors";

    private Assume() {}

    /** Skips the test unless a process may have this number of file descriptors. */
    static void descriptors(int count) {
        success("sh", "-c", "ulimit -n " + count);
    }

    /** Skips the test unless paths and arguments can have non-ASCII letters. */
    static void utf8() {
        assumeTrue(
                "UTF-8".equals(System.getProperty("sun.jnu.encoding")),
                "needs a UTF-8 locale for the tests, such as LC_ALL=C.UTF-8");
    }

    /** Skips the test unless a command succeeds, which shows that it is installed and permitted. */
    static void success(String tool, String... args) {
        String reason = "needs what this takes: " + tool + " " + String.join(" ", args);
        try {
            assumeTrue(ProcessCommand.at(Path.of(tool), args).run().status() == 0, reason);
        } catch (UncheckedIOException e) {
            assumeTrue(false, reason);
        }
    }
}
