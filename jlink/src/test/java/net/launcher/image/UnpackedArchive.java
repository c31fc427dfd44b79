package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The unpacked archive, in a path that is difficult for shells and programs. */
record UnpackedArchive(Path home) implements AutoCloseable {
    /** The names of all launchers. */
    static final String[] LAUNCHERS = {
        "tcp-server", "tcp-client", "udp-server", "udp-client", "selftest"
    };

    /** Blanks, both quotes, a non-ASCII letter, and characters that a shell expands. */
    private static final String HARD_NAME = "it's \"ü\" $HOME";

    /** Unpacks the archive, read-only and readable by all users. */
    static UnpackedArchive below(Path folder) throws IOException {
        Assume.utf8();
        Path place = Files.createDirectories(folder.resolve(HARD_NAME, "-n"));
        String archive = Project.ARCHIVE.toString();
        succeed(ProcessCommand.at(Path.of("tar"), "-xzf", archive, "-C", place.toString()));
        succeed(ProcessCommand.at(Path.of("chmod"), "-R", "a-w", place.toString()));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new UnpackedArchive(place.resolve(Project.FOLDER));
    }

    private static void succeed(ProcessCommand launch) {
        assertEquals(new ProcessResult(0, "", ""), launch.run());
    }

    ProcessCommand launch(String launcher, String... args) {
        return ProcessCommand.at(home.resolve("bin", launcher), args);
    }

    /** Returns the folder relative to which the image's path starts with a dash. */
    Path dashed() {
        return home.getParent().getParent();
    }

    /** Makes the folder writable again, so that it can be deleted. */
    @Override
    public void close() {
        succeed(ProcessCommand.at(Path.of("chmod"), "-R", "u+w", home.getParent().toString()));
    }
}
