package net.launcher.output;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where results go. Threads append their records to a batch, and whoever first wants its own to be
 * written writes what everybody has appended by then; the others wait for that or for the next
 * batch. So there is one write for many records under load, and none waits for a clock. A batch
 * does not grow beyond a limit: while output is slow, those who append wait.
 */
public final class Output {
    /** Appends the bytes of one record. */
    @FunctionalInterface
    public interface Encoder {
        void encode(ByteArrayOutputStream batch);
    }

    private static final int BATCH_BYTES = 64 * 1024;

    private final String name;
    private final boolean isFile;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private OutputStream out;

    /** Where to force the bytes to the disk, if that is asked for. */
    private Optional<FileDescriptor> disk = Optional.empty();

    private ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private ByteArrayOutputStream spare = new ByteArrayOutputStream();
    private long appended;
    private long written;
    private boolean isWriting;

    /** Nobody begins to write, so that the other file's turn comes. */
    private boolean isRedirecting;

    private OutputException failure;

    /** Writes to standard output. */
    public Output(OutputStream out) {
        this("standard output", out, false);
    }

    /** Writes to a file. */
    public Output(Path file, FileOutputStream out) {
        this(file.toString(), out, true);
    }

    private Output(String name, OutputStream out, boolean isFile) {
        this.name = name;
        this.out = out;
        this.isFile = isFile;
    }

    /**
     * From now on a record counts as written when it is on the disk.
     *
     * @param file what the bytes go to
     * @throws IllegalArgumentException if that is no file
     */
    public void sync(Path file) throws OutputException {
        lock.lock();
        try {
            if (!(out instanceof FileOutputStream stream) || !Files.isRegularFile(file)) {
                throw new IllegalArgumentException(
                        "--sync must have a file to write to: " + name + " is no file");
            }
            disk = Optional.of(stream.getFD());
        } catch (IOException e) {
            throw new OutputException("write to " + name, e);
        } finally {
            lock.unlock();
        }
    }

    /** Writes a line in UTF-8. */
    public void line(String line) throws OutputException {
        write(line + "\n");
    }

    /** Writes a text of one or more lines in UTF-8. */
    public void write(String text) throws OutputException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        append(target -> target.writeBytes(bytes));
        commit();
    }

    /** Adds a line in UTF-8 to what is written next, or waits until there is room for it. */
    public void append(String line) throws OutputException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        append(target -> target.writeBytes(bytes));
    }

    /** Adds a record to what is written next, or waits until there is room for it. */
    public void append(Encoder record) throws OutputException {
        lock.lock();
        try {
            while (batch.size() >= BATCH_BYTES) {
                advance();
            }
            requireWorking();
            record.encode(batch);
            appended++;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all that was appended is written. */
    public void commit() throws OutputException {
        lock.lock();
        try {
            long target = appended;
            while (written < target) {
                advance();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the batch that is being written, or writes the next one. */
    private void advance() throws OutputException {
        requireWorking();
        if (isWriting || isRedirecting) {
            changed.awaitUninterruptibly();
            return;
        }
        ByteArrayOutputStream full = batch;
        long target = appended;
        batch = spare;
        isWriting = true;
        lock.unlock();
        OutputException thrown = null;
        try {
            full.writeTo(out);
            out.flush();
            if (disk.isPresent()) {
                disk.get().sync();
            }
        } catch (IOException e) {
            thrown = new OutputException("write to " + name, e);
        } catch (RuntimeException | Error e) {
            // The records are lost, and nobody may take them for written.
            thrown = new OutputException("write to " + name, new IOException(e));
            throw e;
        } finally {
            lock.lock();
            full.reset();
            spare = full;
            isWriting = false;
            failure = thrown;
            changed.signalAll();
        }
        requireWorking();
        written = target;
    }

    private void requireWorking() throws OutputException {
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Goes on with another file, once what is being written is written, and closes this one.
     *
     * @throws OutputException if the old one cannot be closed, which may have lost records
     */
    public void redirect(FileOutputStream file) throws OutputException {
        lock.lock();
        try {
            isRedirecting = true;
            while (isWriting) {
                changed.awaitUninterruptibly();
            }
            OutputStream old = out;
            out = file;
            if (disk.isPresent()) {
                disk = Optional.of(file.getFD());
            }
            old.close();
        } catch (IOException e) {
            failure = new OutputException("write to " + name, e);
            throw failure;
        } finally {
            isRedirecting = false;
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Returns where to write bytes that are no records; nothing is to be appended besides. */
    public WritableByteChannel channel() {
        return out instanceof FileOutputStream file ? file.getChannel() : Channels.newChannel(out);
    }

    /** Ends the output to a file; standard output is not closed. */
    public void close() throws OutputException {
        commit();
        if (isFile) {
            try {
                out.close();
            } catch (IOException e) {
                throw new OutputException("write to " + name, e);
            }
        }
    }

    /** Tells whether it is the standard output of this process that is written to. */
    public boolean isStandard() {
        try {
            return out instanceof FileOutputStream stream && stream.getFD() == FileDescriptor.out;
        } catch (IOException expected) {
            // It is closed.
            return false;
        }
    }

    /** Tells whether nothing can be written any more. */
    public boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether a write does not move, for a while. */
    public boolean isBlocked(Duration time) {
        long leftNanos = TimeUnit.NANOSECONDS.convert(time);
        lock.lock();
        long writtenBefore = written;
        try {
            while (isWriting && written == writtenBefore && leftNanos > 0) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
            return isWriting && written == writtenBefore;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return isWriting;
        } finally {
            lock.unlock();
        }
    }

    /** Results could not be written: the run cannot succeed any more. */
    public static final class OutputException extends IOException {
        private static final long serialVersionUID = 1L;

        public OutputException(String action, IOException cause) {
            this(action, reason(cause), cause);
        }

        public OutputException(String action, String reason, IOException cause) {
            super(action + " failed: " + reason, cause);
        }

        private static String reason(IOException cause) {
            String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            return message.toLowerCase(Locale.ROOT);
        }
    }
}
