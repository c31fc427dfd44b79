package net.launcher.output;

import net.launcher.output.Output.OutputException;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A file for results, opened for appending, which can be reopened after log rotation. */
public final class OutputFile {
    private final Path path;
    private final boolean isSynced;
    private final Output output;

    private OutputFile(Path path, boolean isSynced) throws OutputException, InterruptedIOException {
        this.path = path;
        this.isSynced = isSynced;
        this.output = new Output(path, stream());
    }

    /**
     * Opens a file.
     *
     * @param path created if missing
     * @param isSynced whether to force records to the disk
     * @throws IllegalArgumentException if {@code isSynced} and the path is not a regular file
     * @throws InterruptedIOException if the thread is interrupted while a pipe has no reader
     */
    public static OutputFile open(Path path, boolean isSynced)
            throws OutputException, InterruptedIOException {
        if (isSynced && isSpecialFile(path)) {
            throw new IllegalArgumentException("--sync requires a regular file: " + path);
        }
        OutputFile file = new OutputFile(path, isSynced);
        if (isSynced) {
            file.output.sync(path);
        }
        return file;
    }

    public Output output() {
        return output;
    }

    /** Checked before opening, since opening a pipe blocks until it has a reader. */
    private static boolean isSpecialFile(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path);
    }

    /** Ends an incomplete last line of an interrupted write, so that no record is joined to it. */
    public void endLine() throws OutputException {
        if (Files.isRegularFile(path) && hasIncompleteLine()) {
            output.write("\n");
        }
    }

    private boolean hasIncompleteLine() {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(Math.max(file.length() - 1, 0));
            int last = file.read();
            return last >= 0 && last != '\n';
        } catch (IOException expected) {
            // Writable but not readable: assume a complete line.
            return false;
        }
    }

    /**
     * Opens the path again, and replaces the file of the output.
     *
     * @throws OutputException if the path cannot be opened, in which case the old file stays in
     *     use; or if the old file cannot be closed, which ends the output
     * @throws InterruptedIOException if the thread is interrupted while a pipe has no reader
     */
    public void reopen() throws OutputException, InterruptedIOException {
        if (isSynced && isSpecialFile(path)) {
            throw new OutputException(
                    "open " + path, "not a regular file, which --sync requires", null);
        }
        output.redirect(stream());
    }

    private FileOutputStream stream() throws OutputException, InterruptedIOException {
        try {
            FileOutputStream stream = opened();
            return isSynced ? synced(stream) : stream;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (AccessDeniedException e) {
            throw new OutputException("open " + path, "folder must be readable for --sync", e);
        } catch (IOException e) {
            throw new OutputException("open " + path, reason(e), e);
        }
    }

    /** Opens on another thread, so that an interrupt ends the wait for the reader of a pipe. */
    private FileOutputStream opened() throws IOException {
        FutureTask<FileOutputStream> open =
                new FutureTask<>(() -> new FileOutputStream(path.toFile(), true));
        Thread.ofPlatform().daemon().name("open " + path).start(open);
        try {
            return open.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("open " + path + " failed: interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
    }

    /** Syncs the folder, which contains the name of a new file. */
    private FileOutputStream synced(FileOutputStream stream) throws IOException {
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent())) {
            folder.force(true);
            return stream;
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** Removes the path with which the JDK starts the message. */
    private String reason(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        String prefix = path + " (";
        return message.startsWith(prefix)
                ? message.substring(prefix.length(), message.length() - 1).toLowerCase(Locale.ROOT)
                : message;
    }
}
