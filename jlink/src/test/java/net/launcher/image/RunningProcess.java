package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A running process. Closing kills it and its descendants. */
final class RunningProcess implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;

    /** The collected output of a stream. */
    private static final class Collected {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread reader;

        Collected(InputStream stream) {
            reader = Thread.ofVirtual().start(() -> collect(stream));
        }

        private void collect(InputStream stream) {
            byte[] buffer = new byte[8192];
            try {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    lock.lock();
                    try {
                        bytes.write(buffer, 0, n);
                        changed.signalAll();
                    } finally {
                        lock.unlock();
                    }
                }
            } catch (IOException expected) {
                // The process was killed; its output so far is kept.
            }
        }

        String text() {
            lock.lock();
            try {
                return bytes.toString(StandardCharsets.UTF_8);
            } finally {
                lock.unlock();
            }
        }

        /** Waits until the complete lines match, and returns them. */
        List<String> awaitLines(Predicate<List<String>> enough) throws InterruptedException {
            long leftNanos = TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            lock.lock();
            try {
                while (true) {
                    String text = text();
                    List<String> lines =
                            text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
                    if (enough.test(lines)) {
                        return lines;
                    }
                    if (leftNanos <= 0) {
                        return fail("expected output is missing in: " + text);
                    }
                    leftNanos = changed.awaitNanos(leftNanos);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private final Process process;
    private final Collected out;
    private final Collected err;

    RunningProcess(Process process) {
        this.process = process;
        this.out = new Collected(process.getInputStream());
        this.err = new Collected(process.getErrorStream());
    }

    Process process() {
        return process;
    }

    /** Waits for a complete line of standard output that contains a text, and returns the line. */
    String awaitOut(String part) {
        return await(out, part);
    }

    /** Waits for a complete line of standard error that contains a text, and returns the line. */
    String awaitErr(String part) {
        return await(err, part);
    }

    private static String await(Collected stream, String part) {
        Predicate<String> hasPart = line -> line.contains(part);
        List<String> lines = await(stream, all -> all.stream().anyMatch(hasPart));
        return lines.stream().filter(hasPart).findFirst().orElseThrow();
    }

    /** Waits until the complete lines of standard output match. */
    void awaitOut(Predicate<List<String>> enough) {
        await(out, enough);
    }

    private static List<String> await(Collected stream, Predicate<List<String>> enough) {
        try {
            return stream.awaitLines(enough);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the complete lines of standard output so far. */
    List<String> outLines() {
        return await(out, any -> true);
    }

    /** Returns the complete lines of standard error so far. */
    List<String> errLines() {
        return await(err, any -> true);
    }

    /** Waits until a server is ready, and returns its port. */
    int port() {
        String ready = awaitErr("listening on ");
        return Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
    }

    /** Signals SIGUSR1 until the totals contain a text, and returns the totals. */
    String awaitTotals(String part) {
        Await.holds(part, () -> signal("USR1").errLines().getLast().contains(part));
        return errLines().getLast();
    }

    /** Sends a signal, such as {@code TERM}. */
    RunningProcess signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid())
                    .start()
                    .waitFor();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end. */
    ProcessResult end() {
        return end(DEADLINE_SECONDS);
    }

    ProcessResult end(long deadlineSeconds) {
        try {
            assertTrue(
                    process.waitFor(deadlineSeconds, TimeUnit.SECONDS),
                    () -> "still running; out: " + out.text() + " err: " + err.text());
            out.reader.join();
            err.reader.join();
            return new ProcessResult(process.exitValue(), out.text(), err.text());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
