package net.launcher;

import net.launcher.command.Exit;
import net.launcher.output.Escapes;

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
 * made before, the constructor uses each class that they use, and a reserve is let go of for what
 * the JVM itself makes when it links what halts it.
 */
final class FatalExit {
    /** How long the last word may take. */
    private static final Duration SAY_GRACE = Duration.ofMillis(200);

    /** Several, for who still serves takes of it, too. */
    private static final int RESERVES = 8;

    private static final int RESERVE_BYTES = 16 * 1024;

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
    private final byte[][] reserves = new byte[RESERVES][RESERVE_BYTES];
    private final Thread lastWord = Thread.ofPlatform().daemon().unstarted(this::say);
    private final Thread end = Thread.ofPlatform().daemon().unstarted(this::end);
    private volatile byte[] line;

    /** Prepares in the main thread for a program that the user calls by a name. */
    FatalExit(String name) {
        this.name = name;
        this.heapFullLine =
                line(
                        "out of memory: "
                                + heapFull
                                + "; NETPAIR_JAVA_OPTIONS=-Xmx512m gives the program more");
        isHeapFull(new OutOfMemoryError(heapFull));
        // For the class that both this and halting use.
        runtime.removeShutdownHook(end);
        // Returns at once.
        LockSupport.unpark(mainThread);
        LockSupport.park(this);
    }

    private byte[] line(Object reason) {
        String words =
                reason instanceof OutOfMemoryError e
                        ? "out of memory: " + e.getMessage()
                        : reason.toString();
        return (name + ": " + Escapes.text(words) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Ends the process for something that nobody expected: an error, or words for it. */
    void because(Object reason) {
        byte[] words = heapFullLine;
        try {
            if (!isHeapFull(reason)) {
                words = line(reason);
            }
        } catch (OutOfMemoryError expected) {
            // Then that is the reason, now.
        }
        begin(words);
    }

    /** The compilers' code adds to the message what it was about to do. */
    private boolean isHeapFull(Object reason) {
        return reason instanceof OutOfMemoryError e
                && e.getMessage() != null
                && e.getMessage().startsWith(heapFull);
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
        for (int i = 0; ; i = (i + 1) % RESERVES) {
            reserves[i] = null;
            try {
                runtime.halt(Exit.USAGE);
            } catch (OutOfMemoryError expected) {
                // Again, with more of the reserve.
            }
        }
    }
}
