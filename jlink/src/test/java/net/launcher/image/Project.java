package net.launcher.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the image was built from. */
final class Project {
    static final Path ROOT = Path.of(System.getProperty("netpair.root"));
    static final Path ARCHIVE = Path.of(System.getProperty("netpair.archive"));

    /** The folder in the archive. */
    static final String FOLDER = ARCHIVE.getFileName().toString().replace(".tar.gz", "");

    static final Path MAVEN = Path.of(System.getProperty("netpair.maven"), "bin", "mvn");
    static final String VERSION = System.getProperty("netpair.version");

    private Project() {}

    static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
