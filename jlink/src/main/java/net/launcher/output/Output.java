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
 * An output of results with group commit. Threads append records to a batch. The first thread to
 * commit writes the batch; the others wait for that write or the next one. Under load one write
 * thus covers many records, without a timer. The size of a batch is limited: while output is slow,
 * appending blocks. Thread-safe.
 */
public final class Output {
    /** Appends the bytes of one record. */
    @FunctionalInterface
    public interface Encoder {
        void encode(ByteArrayOutputStream batch);
    }

    private static final String STANDARD_OUTPUT = "standard output";
    private static final int BATCH_BYTES = 64 * 1024;

    private final String name;
    private final boolean isFile;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private OutputStream out;

    /** The file to sync after each write, if requested. */
    private Optional<FileDescriptor> syncTarget = Optional.empty();

    private ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private ByteArrayOutputStream spare = new ByteArrayOutputStream();
    private long appended;
    private long written;
    private boolean isWriting;

    /** Prevents new writes while the file is replaced. */
    private boolean isRedirecting;

    private OutputException failure;

    /** Writes to standard output. */
    public Output(OutputStream out) {
        this(STANDARD_OUTPUT, out, false);
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
     * Forces records to the disk from now on, before they count as written.
     *
     * @param file the path of the output
     * @throws IllegalArgumentException if it is not a regular file
     */
    public void sync(Path file) throws OutputException {
        lock.lock();
        try {
            if (!(out instanceof FileOutputStream stream) || !Files.isRegularFile(file)) {
                throw new IllegalArgumentException(
                        isFile
                                ? "--sync requires a regular file: " + name
                                : "--sync requires --output FILE");
            }
            syncTarget = Optional.of(stream.getFD());
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

    /** Appends a line in UTF-8 to the batch; blocks while the batch is full. */
    public void append(String line) throws OutputException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        append(target -> target.writeBytes(bytes));
    }

    /** Appends a record to the batch; blocks while the batch is full. */
    public void append(Encoder record) throws OutputException {
        lock.lock();
        try {
            while (batch.size() >= BATCH_BYTES) {
                advance();
            }
            throwIfFailed();
            record.encode(batch);
            appended++;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything appended before is written. */
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

    /** Waits for the current write, or writes the batch. */
    private void advance() throws OutputException {
        throwIfFailed();
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
            if (syncTarget.isPresent()) {
                syncTarget.get().sync();
            }
        } catch (IOException e) {
            thrown = new OutputException("write to " + name, e);
        } catch (RuntimeException | Error e) {
            // The records are lost: report the failure to all threads.
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
        throwIfFailed();
        written = target;
    }

    private void throwIfFailed() throws OutputException {
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Replaces the file after the current write, and closes the old one.
     *
     * @throws OutputException if closing the old file fails, which may lose records
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
            if (syncTarget.isPresent()) {
                syncTarget = Optional.of(file.getFD());
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

    /** Returns a channel for raw bytes, to be used instead of appending records. */
    public WritableByteChannel channel() {
        return out instanceof FileOutputStream file ? file.getChannel() : Channels.newChannel(out);
    }

    /** Commits, and closes the output if it is a file. */
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

    /** Returns whether this is the standard output of the process. */
    public boolean isStandard() {
        try {
            return out instanceof FileOutputStream stream && stream.getFD() == FileDescriptor.out;
        } catch (IOException expected) {
            // Closed.
            return false;
        }
    }

    /** Returns whether a write has failed, after which nothing is written. */
    public boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits up to a time for the current write; returns whether it is still in progress. */
    public boolean isBlocked(Duration time) {
        long remainingNanos = TimeUnit.NANOSECONDS.convert(time);
        lock.lock();
        long writtenBefore = written;
        try {
            while (isWriting && written == writtenBefore && remainingNanos > 0) {
                remainingNanos = changed.awaitNanos(remainingNanos);
            }
            return isWriting && written == writtenBefore;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return isWriting;
        } finally {
            lock.unlock();
        }
    }

    /** A failure to write results, which ends the run. */
    public static final class OutputException extends IOException {
        private static final long serialVersionUID = 1L;
        private static final String BROKEN_PIPE =
                "write to " + STANDARD_OUTPUT + " failed: broken pipe";

        public OutputException(String action, IOException cause) {
            this(action, reason(cause), cause);
        }

        public OutputException(String action, String reason, IOException cause) {
            super(action + " failed: " + reason, cause);
        }

        /** Returns whether the reader of standard output has ended, as {@code head} does. */
        public boolean isBrokenPipe() {
            return BROKEN_PIPE.equals(getMessage());
        }

        private static String reason(IOException cause) {
            String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            return message.toLowerCase(Locale.ROOT);
        }
    }
}
