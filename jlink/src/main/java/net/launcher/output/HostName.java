package net.launcher.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Name of this machine. */
public final class HostName {
    private static final Path FILE = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** Returns the name, without a query to a name server, or empty if it is not available. */
    public static Optional<String> get() {
        try {
            return Optional.of(Files.readString(FILE).strip());
        } catch (IOException expected) {
            // Not Linux, or /proc is not mounted.
            return Optional.empty();
        }
    }
}
