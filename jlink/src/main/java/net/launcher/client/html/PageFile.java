package net.launcher.client.html;

import net.launcher.output.Output.OutputException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** File of a page. */
public final class PageFile {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    /** As given on the command line. */
    private final String name;

    private final AtomicFile file;

    private PageFile(String name, AtomicFile file) {
        this.name = name;
        this.file = file;
    }

    /**
     * Checks that a page can be written; leaves no file behind.
     *
     * @throws IllegalArgumentException if it cannot
     */
    public static PageFile of(String name) {
        Path path = Path.of(name);
        require(!name.isEmpty() && !name.equals("-"), "name a file", name);
        require(!Files.isDirectory(path), "name a file, not a directory", name);
        require(
                Files.isRegularFile(path) || !Files.exists(path),
                "name a file, not a device or pipe",
                name);
        require(!isStandardOutput(path), "not be standard output", name);
        try {
            AtomicFile file = new AtomicFile(path);
            file.checkWritable();
            return new PageFile(name, file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--report: write to " + name + " failed: " + reason(e), e);
        }
    }

    private static void require(boolean holds, String rule, String value) {
        if (!holds) {
            throw new IllegalArgumentException("--report must " + rule + ": " + value);
        }
    }

    private static boolean isStandardOutput(Path path) {
        try {
            return Files.exists(path) && Files.isSameFile(path, STANDARD_OUTPUT);
        } catch (IOException expected) {
            // No such stream, or no /proc.
            return false;
        }
    }

    /**
     * Writes a page.
     *
     * @throws OutputException if it cannot be written
     */
    public void write(String page) throws OutputException {
        try {
            file.write(page.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputException("write to " + name, reason(e), e);
        }
    }

    /** Returns the reason of a failure, without the path. */
    private static String reason(IOException failure) {
        String reason =
                switch (failure) {
                    case NoSuchFileException _ -> "no such file or directory";
                    case AccessDeniedException _ -> "permission denied";
                    case FileSystemException e when e.getReason() != null -> e.getReason();
                    default -> String.valueOf(failure.getMessage());
                };
        return reason.toLowerCase(Locale.ROOT);
    }
}
