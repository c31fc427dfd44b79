package net.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The cache of loaded classes, which shortens the start. */
final class StartupCache {
    /** System property with the path of the cache that the JVM should use; absent if none. */
    private static final String PROPERTY = "net.launcher.cache";

    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    private StartupCache() {}

    /** Returns the cache if the JVM has ignored it, which it does if the file is damaged. */
    static Optional<Path> ignored() {
        String cache = System.getProperty(PROPERTY);
        if (cache == null) {
            return Optional.empty();
        }
        Path file = Path.of(cache);
        try {
            // Paths may have any bytes.
            String mappings = Files.readString(MAPPINGS, StandardCharsets.ISO_8859_1);
            return mappings.contains("/" + file.getFileName())
                    ? Optional.empty()
                    : Optional.of(file);
        } catch (IOException expected) {
            // Without /proc it is unknown.
            return Optional.empty();
        }
    }
}
