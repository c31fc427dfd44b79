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

/** The file for results: it is appended to, and can be opened again after it was moved away. */
public final class OutputFile {
    private final Path path;
    private final boolean isSynced;
    private final Output output;

    private OutputFile(Path path, boolean isSynced) throws OutputException {
        this.path = path;
        this.isSynced = isSynced;
        this.output = new Output(path, stream());
    }

    /**
     * Opens a file.
     *
     * @param path created if it is missing
     * @param isSynced whether records are forced to the disk
     * @throws IllegalArgumentException if they are to be, and it is no file
     */
    public static OutputFile open(Path path, boolean isSynced) throws OutputException {
        if (isSynced && isNoFile(path)) {
            throw new IllegalArgumentException(
                    "--sync must have a file to write to: " + path + " is no file");
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

    /** Not asked of an open one: a pipe cannot be opened before somebody reads from it. */
    private static boolean isNoFile(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path);
    }

    /** Ends a line that a write that broke off has left, so that no record is glued to it. */
    public void endLine() throws OutputException {
        if (Files.isRegularFile(path) && isTorn()) {
            output.write("\n");
        }
    }

    private boolean isTorn() {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(Math.max(file.length() - 1, 0));
            int last = file.read();
            return last >= 0 && last != '\n';
        } catch (IOException expected) {
            // A file that may be written but not read: nobody knows.
            return false;
        }
    }

    /**
     * Opens the path again.
     *
     * @throws OutputException if that fails, and records go on to where they went; or if the old
     *     file cannot be closed, which ends the output
     */
    public void reopen() throws OutputException {
        if (isSynced && isNoFile(path)) {
            throw new OutputException("open " + path, "no file to sync to", null);
        }
        output.redirect(stream());
    }

    private FileOutputStream stream() throws OutputException {
        try {
            FileOutputStream stream = opened();
            return isSynced ? synced(stream) : stream;
        } catch (AccessDeniedException e) {
            throw new OutputException("open " + path, "folder must be readable for --sync", e);
        } catch (IOException e) {
            throw new OutputException("open " + path, reason(e), e);
        }
    }

    /** Opens in another thread, since a pipe that nobody reads would hold this one for ever. */
    private FileOutputStream opened() throws IOException {
        FutureTask<FileOutputStream> open =
                new FutureTask<>(() -> new FileOutputStream(path.toFile(), true));
        Thread.ofPlatform().daemon().name("open " + path).start(open);
        try {
            return open.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
    }

    /** A new file is on the disk only once its name is. */
    private FileOutputStream synced(FileOutputStream stream) throws IOException {
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent())) {
            folder.force(true);
            return stream;
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** The JDK puts the path before the reason. */
    private String reason(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        String prefix = path + " (";
        return message.startsWith(prefix)
                ? message.substring(prefix.length(), message.length() - 1).toLowerCase(Locale.ROOT)
                : message;
    }
}
