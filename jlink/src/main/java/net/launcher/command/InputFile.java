package net.launcher.command;

import net.launcher.command.value.ByteSize;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads the whole of a file given with an option, on another thread, since a pipe without a writer
 * would block forever.
 */
public final class InputFile {
    /** No time limit. */
    public static final Duration NO_LIMIT = Duration.ofNanos(Long.MAX_VALUE);

    private InputFile() {}

    /**
     * Reads a file or a pipe.
     *
     * @throws IllegalArgumentException if it cannot be read in time, or is larger than the maximum
     * @throws InterruptedIOException if the thread is interrupted; its interrupt status remains set
     */
    public static byte[] read(String option, String path, int maxBytes, Duration timeout)
            throws InterruptedIOException {
        return bytes(option, path, maxBytes, timeout, () -> read(new File(path), maxBytes));
    }

    /** Reads standard input to its end; throws the exceptions of {@link #read}. */
    public static byte[] standardInput(String option, int maxBytes) throws InterruptedIOException {
        FileInputStream in = new FileInputStream(FileDescriptor.in);
        return bytes(option, "-", maxBytes, NO_LIMIT, () -> in.readNBytes(maxBytes + 1));
    }

    private static byte[] read(File file, int maxBytes) throws IOException {
        try (FileInputStream in = new FileInputStream(file)) {
            return in.readNBytes(maxBytes + 1);
        }
    }

    private static byte[] bytes(
            String option, String path, int maxBytes, Duration timeout, Callable<byte[]> read)
            throws InterruptedIOException {
        byte[] bytes;
        try {
            bytes = inThread("read " + path, read, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(option + ": read " + path + " failed: interrupted");
        } catch (IOException e) {
            throw refusal(option + ": read " + path + " failed: " + reason(path, e), e);
        }
        if (bytes.length > maxBytes) {
            String max = ByteSize.text(maxBytes);
            throw refusal(option + ": file must be at most " + max + ": " + path, null);
        }
        return bytes;
    }

    private static IllegalArgumentException refusal(String message, Exception cause) {
        return new IllegalArgumentException(Parser.shown(message), cause);
    }

    private static byte[] inThread(String name, Callable<byte[]> read, Duration timeout)
            throws IOException, InterruptedException {
        FutureTask<byte[]> task = new FutureTask<>(read);
        Thread.ofPlatform().daemon().name(name).start(task);
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("timed out", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Removes the path, with which the JDK starts the message. */
    private static String reason(String path, IOException failure) {
        String message = String.valueOf(failure.getMessage());
        String prefix = new File(path) + " (";
        String reason =
                message.startsWith(prefix)
                        ? message.substring(prefix.length(), message.length() - 1)
                        : message;
        return reason.toLowerCase(Locale.ROOT);
    }
}
