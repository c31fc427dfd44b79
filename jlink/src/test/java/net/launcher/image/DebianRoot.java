package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A minimal Debian system in a folder, entered by chroot. */
record DebianRoot(Path folder) {
    private static final long MINUTE = 60;

    /** Installs the release of this machine. */
    private static final String DEBOOTSTRAP =
            ". /etc/os-release && exec debootstrap --variant=minbase \"$VERSION_CODENAME\" \"$0\"";

    /** The folder of the archive of a new system, which the first test makes. */
    private static final Path CACHE = ProcessCommand.IMAGE.resolveSibling("debian");

    /** Creates a system below a folder, or skips the test if not permitted. */
    static DebianRoot below(Path folder) throws IOException {
        Assume.success("chroot", "/", "true");
        Assume.success("debootstrap", "--version");
        Path root = Files.createDirectory(folder.resolve("root"));
        succeed("tar", "-xf", archive().toString(), "-C", root.toString());
        return new DebianRoot(root);
    }

    /** Returns the archive of a new system. */
    static synchronized Path archive() throws IOException {
        Path archive = CACHE.resolve("root.tar");
        if (!Files.exists(archive)) {
            Files.createDirectories(CACHE);
            String root = CACHE.resolve("root").toString();
            succeed("rm", "-rf", root);
            ProcessResult made = run("sh", "-c", DEBOOTSTRAP, root);
            assumeTrue(made.status() == 0, () -> "debootstrap failed: " + made);
            Path part = CACHE.resolve("root.tar.part");
            succeed("tar", "-cf", part.toString(), "-C", root, "--exclude=./dev/*", ".");
            succeed("rm", "-r", root);
            Files.move(part, archive);
        }
        return archive;
    }

    private static ProcessResult run(String tool, String... args) {
        return ProcessCommand.at(Path.of(tool), args).run(10 * MINUTE);
    }

    private static void succeed(String tool, String... args) {
        ProcessResult ended = run(tool, args);
        assertEquals(0, ended.status(), ended::toString);
    }

    /** Returns a command inside the system. */
    ProcessCommand at(String program, String... args) {
        return ProcessCommand.at(Path.of("chroot"), folder.toString(), program)
                .with(args)
                .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    }

    /** Runs a script inside the system, and returns what it prints. */
    String sh(String script) {
        ProcessResult ended = at("sh", "-c", script).run(MINUTE);
        assertEquals(0, ended.status(), () -> script + ": " + ended);
        return ended.out();
    }

    void put(Path file) throws IOException {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
    }
}
