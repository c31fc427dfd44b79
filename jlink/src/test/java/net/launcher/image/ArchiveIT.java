package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The distribution archive. */
class ArchiveIT {
    private static final long MAX_ARCHIVE_BYTES = 22_000_000;
    private static final long MAX_FOLDER_BYTES = 60_000_000;

    /** Returns the lines of {@code tar}'s listing: mode, owner, size, date, time, name. */
    private static List<String[]> entries() {
        ProcessResult tar =
                ProcessCommand.at(Path.of("tar"), "-tvzf", Project.ARCHIVE.toString()).run();
        assertEquals(0, tar.status(), tar::err);
        return tar.out().lines().map(line -> line.split(" +", 6)).toList();
    }

    @Test
    void checksumFileMatches() throws IOException, GeneralSecurityException {
        byte[] sum =
                MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Project.ARCHIVE));
        assertEquals(
                HexFormat.of().formatHex(sum) + "  " + Project.ARCHIVE.getFileName() + "\n",
                Files.readString(Path.of(Project.ARCHIVE + ".sha256")));
    }

    @Test
    void containsOneFolderNamedAfterVersionAndPlatform() {
        Set<String> tops =
                entries().stream()
                        .map(entry -> entry[5].split("/")[0])
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(Project.FOLDER), tops);
    }

    @Test
    void containsExecutableLaunchersLicenceAndSchema() {
        String folder = Project.FOLDER + "/";
        List<String[]> entries = entries();
        for (String launcher : CommandLineIT.LAUNCHERS) {
            assertTrue(
                    entries.stream()
                            .anyMatch(
                                    entry ->
                                            entry[0].equals("-rwxr-xr-x")
                                                    && entry[5].equals(folder + "bin/" + launcher)),
                    launcher);
        }
        for (String file :
                List.of(
                        "share/doc/netpair/LICENSE",
                        "share/doc/netpair/legal/java.base/LICENSE",
                        "share/netpair/events.schema.json")) {
            assertTrue(entries.stream().anyMatch(entry -> entry[5].equals(folder + file)), file);
        }
    }

    @Test
    void doesNotExceedItsMaximumSize() throws IOException {
        assertTrue(Files.size(Project.ARCHIVE) <= MAX_ARCHIVE_BYTES);
        try (Stream<Path> files = Files.walk(ProcessCommand.IMAGE)) {
            long bytes =
                    files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum();
            assertTrue(bytes <= MAX_FOLDER_BYTES, () -> bytes + " bytes");
        }
    }
}
