package net.launcher.client.html;

import net.launcher.output.Output.OutputException;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * File of a page. It is written to a temporary file in the same folder and then moved, so that
 * readers see either the complete page or the previous content.
 */
public final class PageFile {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    /** As given on the command line. */
    private final String name;

    private final Path path;
    private final Path temporary;

    private PageFile(String name, Path path) {
        this.name = name;
        this.path = path;
        this.temporary =
                path.resolveSibling("." + path.getFileName() + "." + ProcessHandle.current().pid());
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
        PageFile file = new PageFile(name, target(path));
        try {
            file.checkWritable();
            return file;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--report: write to " + name + " failed: " + file.reason(e), e);
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

    /** Resolves symbolic links, so that a link is not replaced by a file. */
    private static Path target(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException expected) {
            // A new file.
            return path.toAbsolutePath();
        }
    }

    private void checkWritable() throws IOException {
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw new IOException("permission denied");
        }
        new FileOutputStream(temporary.toFile()).close();
        Files.delete(temporary);
    }

    /**
     * Writes a page atomically; on failure the previous content remains.
     *
     * @throws OutputException if it cannot be written
     */
    void write(String page) throws OutputException {
        try {
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(page.getBytes(StandardCharsets.UTF_8));
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            temporary.toFile().delete();
            throw new OutputException("write to " + name, reason(e), e);
        }
    }

    /** Returns the reason for a failure, without the path of the temporary file. */
    private String reason(IOException failure) {
        String prefix = new File(temporary.toString()) + " (";
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof NoSuchFileException) {
            message = "no such file or directory";
        } else if (failure instanceof AccessDeniedException) {
            message = "permission denied";
        } else if (failure instanceof FileSystemException e && e.getReason() != null) {
            message = e.getReason();
        } else if (message.startsWith(prefix)) {
            message = message.substring(prefix.length(), message.length() - 1);
        }
        return message.toLowerCase(Locale.ROOT);
    }
}
