package net.launcher.client.html;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * A file whose content is replaced as a whole, and whose mode, owner and links are kept. A draft in
 * the same folder is written and then moved, so that readers see either the previous content or the
 * new one. A file that no draft can replace is written in place: one with several hard links, with
 * another owner or group, or in a folder that is not writable.
 */
final class AtomicFile {
    /** Maximum number of symbolic links to follow, as in Linux. */
    private static final int MAX_LINKS = 40;

    private static final String DRAFT_PREFIX = ".netpair-";
    private static final String DRAFT_SUFFIX = ".tmp";

    /** Mode of a new file, before the umask. */
    private static final FileAttribute<?> NEW_FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

    private final Path path;

    /** Attributes of an existing file. */
    private record FileIdentity(int links, int uid, int gid, int mode) {
        private static final int PERMISSION_BITS = 07777;

        /** Returns the attributes of a regular file; empty if there is none. */
        static Optional<FileIdentity> of(Path path) throws IOException {
            Map<String, Object> unix;
            try {
                unix =
                        Files.readAttributes(
                                path,
                                "unix:isRegularFile,nlink,uid,gid,mode",
                                LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException expected) {
                return Optional.empty();
            }
            return (boolean) unix.get("isRegularFile")
                    ? Optional.of(
                            new FileIdentity(
                                    (int) unix.get("nlink"),
                                    (int) unix.get("uid"),
                                    (int) unix.get("gid"),
                                    (int) unix.get("mode") & PERMISSION_BITS))
                    : Optional.empty();
        }

        boolean hasOwnerOf(FileIdentity other) {
            return uid == other.uid && gid == other.gid;
        }
    }

    /**
     * Creates the file at the end of all symbolic links, whether or not it exists.
     *
     * @throws IOException if there are too many links
     */
    AtomicFile(Path path) throws IOException {
        Path target = path.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MAX_LINKS) {
                throw new FileSystemException(
                        path.toString(), null, "too many levels of symbolic links");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        this.path = target;
    }

    /**
     * Checks that the file can be written; leaves no draft behind.
     *
     * @throws IOException if it cannot
     */
    void checkWritable() throws IOException {
        Optional<Path> draft = draft();
        if (draft.isPresent()) {
            Files.delete(draft.get());
        }
    }

    /**
     * Replaces the content. If a draft cannot be written, the previous content remains.
     *
     * @throws IOException if it cannot be written
     */
    void write(byte[] content) throws IOException {
        Optional<Path> draft = draft();
        if (draft.isEmpty()) {
            write(path, content);
            return;
        }
        try {
            write(draft.get(), content);
            Files.move(draft.get(), path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            draft.get().toFile().delete();
            throw e;
        }
    }

    /** Writes to an existing file, unless a symbolic link has taken its place. */
    private static void write(Path file, byte[] content) throws IOException {
        try (OutputStream out =
                Files.newOutputStream(
                        file,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS)) {
            out.write(content);
        }
    }

    /** Creates an empty file that can replace this one; returns empty if none can. */
    private Optional<Path> draft() throws IOException {
        Optional<FileIdentity> existing = FileIdentity.of(path);
        Path folder = path.getParent();
        if (existing.isEmpty()) {
            return Optional.of(
                    Files.createTempFile(folder, DRAFT_PREFIX, DRAFT_SUFFIX, NEW_FILE_MODE));
        }
        if (!Files.isWritable(path)) {
            throw new AccessDeniedException(path.toString());
        }
        if (existing.get().links() > 1 || !Files.isWritable(folder)) {
            return Optional.empty();
        }
        Path draft = Files.createTempFile(folder, DRAFT_PREFIX, DRAFT_SUFFIX);
        if (!existing.get().hasOwnerOf(FileIdentity.of(draft).orElseThrow())) {
            Files.delete(draft);
            return Optional.empty();
        }
        Files.setAttribute(draft, "unix:mode", existing.get().mode(), LinkOption.NOFOLLOW_LINKS);
        return Optional.of(draft);
    }
}
