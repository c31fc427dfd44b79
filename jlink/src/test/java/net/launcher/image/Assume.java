package net.launcher.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What a test needs of the machine, and is skipped without. */
final class Assume {
    /** The lock of tests that take most of the descriptors that this process may have. */
    static final String MANY_DESCRIPTORS = "descriptors";

    private Assume() {}

    /** Skips the test unless a process, this one too, may have so many. */
    static void descriptors(int count) {
        success("sh", "-c", "ulimit -n " + count);
    }

    /** Skips the test unless its paths and arguments can have letters that are not ASCII. */
    static void utf8() {
        assumeTrue(
                "UTF-8".equals(System.getProperty("sun.jnu.encoding")),
                "needs a UTF-8 locale for the tests, such as LC_ALL=C.UTF-8");
    }

    /** Skips the test unless a command succeeds: the tool is there, and the right to use it. */
    static void success(String tool, String... args) {
        String reason = "needs what this takes: " + tool + " " + String.join(" ", args);
        try {
            assumeTrue(Launch.at(Path.of(tool), args).run().status() == 0, reason);
        } catch (UncheckedIOException e) {
            assumeTrue(false, reason);
        }
    }
}
