package net.launcher;

import net.launcher.command.Exit;
import net.launcher.report.Escapes;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the process when it cannot go on, with a line on standard error if anybody takes it: that
 * may be blocked. Where the heap is full, no object can be made any more, no class can be looked
 * up, and no virtual thread is sure to go on; so the threads that say it and end the process are
 * made before, and the constructor uses each class that they use.
 */
final class Abort {
    /** How long the last word may take. */
    private static final Duration SAY_GRACE = Duration.ofMillis(200);

    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
    private final Runtime runtime = Runtime.getRuntime();
    private final String name;
    private final Thread mainThread = Thread.currentThread();

    /** No AtomicBoolean, whose first use makes objects. */
    private final AtomicInteger begun = new AtomicInteger();

    /**
     * What the JVM says when nothing fits into the heap any more: no constant, which is an object.
     */
    private final String heapFull = "Java heap space";

    private final byte[] heapFullLine;
    private final Thread lastWord = Thread.ofPlatform().daemon().unstarted(this::say);
    private final Thread end = Thread.ofPlatform().daemon().unstarted(this::end);
    private volatile byte[] line;

    /** Prepares in the main thread for a program that the user calls by a name. */
    Abort(String name) {
        this.name = name;
        this.heapFullLine =
                line(
                        "out of memory: "
                                + heapFull
                                + "; NETPAIR_JAVA_OPTIONS=-Xmx512m gives the program more");
        isHeapFull(new OutOfMemoryError(heapFull));
    }

    private byte[] line(String reason) {
        return (name + ": " + Escapes.text(reason) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Ends the process for something that nobody expected. */
    void because(Throwable failure) {
        if (isHeapFull(failure)) {
            begin(heapFullLine);
        } else {
            because(
                    failure instanceof OutOfMemoryError
                            ? "out of memory: " + failure.getMessage()
                            : failure.toString());
        }
    }

    private boolean isHeapFull(Throwable failure) {
        return failure instanceof OutOfMemoryError && heapFull.equals(failure.getMessage());
    }

    void because(String reason) {
        byte[] words = heapFullLine;
        try {
            words = line(reason);
        } catch (OutOfMemoryError expected) {
            // Then that is the reason, now.
        }
        begin(words);
    }

    /** Has the process end; does not return to the main thread, whose end has a status, too. */
    private void begin(byte[] words) {
        if (begun.getAndIncrement() == 0) {
            line = words;
            try {
                end.start();
            } catch (Throwable e) {
                halt();
            }
        }
        while (Thread.currentThread() == mainThread) {
            LockSupport.park(this);
        }
    }

    private void end() {
        try {
            lastWord.start();
            lastWord.join(SAY_GRACE);
        } catch (InterruptedException expected) {
            // Nobody interrupts this thread: end.
        } finally {
            halt();
        }
    }

    private void say() {
        try {
            err.write(line);
        } catch (IOException expected) {
            // The exit status is all that is left to tell.
        }
    }

    private void halt() {
        runtime.halt(Exit.USAGE);
    }
}
