package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folders of the archive, copied into a prefix such as /usr/local. */
@Tag("release")
class LayoutIT {
    /** A link to another file. */
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");

    @TempDir private Path prefix;

    /** Copies the tree beside the programs of others. */
    @BeforeEach
    void copy() throws IOException {
        Files.createDirectories(prefix.resolve("bin"));
        Files.createDirectories(prefix.resolve("lib/other"));
        Files.createDirectories(prefix.resolve("share/man/man1"));
        Files.writeString(prefix.resolve("bin/java"), "#!/bin/sh\necho decoy\n");
        assertTrue(prefix.resolve("bin/java").toFile().setExecutable(true));
        sh("tar -xzf \"$0\" --strip-components=1", Project.ARCHIVE.toString());
    }

    private String sh(String script, String... args) {
        ProcessResult ended =
                ProcessCommand.at(Path.of("sh"), "-c", script).with(args).in(prefix).run();
        assertEquals(0, ended.status(), ended::toString);
        assertEquals("", ended.err());
        return ended.out();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void onlyLaunchersAreOnThePath() throws IOException {
        assertEquals(
                Arrays.stream(UnpackedArchive.LAUNCHERS).sorted().toList(),
                names(ProcessCommand.IMAGE.resolve("bin")));
        assertEquals(List.of("bin", "lib", "share"), names(ProcessCommand.IMAGE));
        assertEquals("decoy\n", sh("PATH=$PWD/bin:$PATH; java"));
    }

    @Test
    void selftestSucceedsInPrefix() {
        assertTrue(sh("PATH=$PWD/bin:$PATH; selftest").contains(" 0 failed, "));
    }

    @Test
    void worksThroughLinkOfAnotherPrefix() {
        sh("mkdir sbin && ln -s ../bin/selftest sbin/netpair-selftest");
        assertTrue(sh("sbin/netpair-selftest").contains(" 0 failed, "));
    }

    /** Runs the commands of the manual. */
    @Test
    void removalLeavesOnlyTheFilesOfOthers() throws IOException {
        assertTrue(Files.exists(prefix.resolve("bin/tcp-client")));
        String commands = Project.read("jlink/MANUAL.md").split("```bash\n")[1].split("```")[0];
        String archive = Project.ARCHIVE.getFileName().toString();
        sh(commands.replace("/usr/local", ".").replace(archive, "'" + Project.ARCHIVE + "'"));
        try (Stream<Path> files = Files.walk(prefix)) {
            assertEquals(
                    List.of(prefix.resolve("bin/java")),
                    files.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void installedDocumentsLinkOnlyToEachOther() throws IOException {
        Path documents = ProcessCommand.IMAGE.resolve("share/doc/netpair");
        for (String name : names(documents)) {
            if (name.endsWith(".md")) {
                LINK.matcher(Files.readString(documents.resolve(name)))
                        .results()
                        .map(link -> documents.resolve(link.group(1)))
                        .forEach(file -> assertTrue(Files.exists(file), file.toString()));
            }
        }
    }

    private void assertFails(ProcessCommand launch, String message) {
        ProcessResult ended = launch.run();
        assertEquals(2, ended.status(), ended::toString);
        assertEquals("", ended.out());
        assertTrue(ended.err().matches(message + "\n"), ended::err);
    }

    @Test
    void missingRuntimeIsReported() {
        sh("rm -r lib/runtime");
        assertFails(
                ProcessCommand.at(prefix.resolve("bin/udp-client")),
                "udp-client: .*/lib/runtime is missing: keep the folders bin and lib together");
    }

    @Test
    void runtimeThatCannotBeExecutedIsReported() {
        sh("chmod a-x lib/runtime/bin/java");
        assertFails(
                ProcessCommand.at(prefix.resolve("bin/udp-client")),
                "udp-client: execute .*/bin/java failed: check its mode, and the file system for"
                        + " noexec");
    }

    /** A statically linked shell needs no C library, as on systems with musl it has another one. */
    @Test
    void missingGlibcIsReported() {
        Assume.success("sh", "-c", "busybox true && ! ldd \"$(command -v busybox)\"");
        Assume.success("chroot", "/", "true");
        sh("cp \"$(command -v busybox)\" bin/sh");
        assertFails(
                ProcessCommand.at(Path.of("chroot"), prefix.toString(), "/bin/tcp-client"),
                "tcp-client: this machine has no /lib[^ ]*: use a linux-[a-z0-9]+ system with"
                        + " glibc");
    }
}
