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
 * Ends the process after an unrecoverable error, with a line on standard error unless that is
 * blocked. With a full heap, no object can be allocated, no class can be loaded, and virtual
 * threads may not run. The threads are therefore created in advance, the constructor initializes
 * each class that they use, and a reserve of memory is freed for allocations of the JVM itself.
 */
final class FatalExit {
    /** Time for the line to be written; a processor that is busy may take most of it. */
    private static final Duration WRITE_GRACE = Duration.ofSeconds(1);

    private static final long WRITE_GRACE_NANOS = WRITE_GRACE.toNanos();

    /** Number of blocks, since threads that are still running consume some of the memory freed. */
    private static final int RESERVES = 8;

    private static final int RESERVE_BYTES = 16 * 1024;

    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
    private final Runtime runtime = Runtime.getRuntime();
    private final String name;
    private final Thread mainThread = Thread.currentThread();

    /** Not an AtomicBoolean, whose first use allocates. */
    private final AtomicInteger calls = new AtomicInteger();

    /** The JVM's message for a full heap. A field, because resolving a constant may allocate. */
    private final String heapFull = "Java heap space";

    private final AtomicInteger freed = new AtomicInteger();
    private final byte[] heapFullLine;
    private final byte[][] reserves = new byte[RESERVES][RESERVE_BYTES];
    private final Thread writer = Thread.ofPlatform().daemon().unstarted(this::writeLine);
    private final Thread terminator = Thread.ofPlatform().daemon().unstarted(this::terminate);
    private volatile byte[] line;

    /** Allocates everything in advance; called on the main thread with the command name. */
    FatalExit(String name) {
        this.name = name;
        this.heapFullLine =
                line(
                        "out of memory: "
                                + heapFull
                                + "; set NETPAIR_JAVA_OPTIONS=-Xmx512m for a larger heap");
        isHeapFull(new OutOfMemoryError(heapFull));
        linkWrite();
        // Initializes a class that halting uses.
        runtime.removeShutdownHook(terminator);
        // The permit lets park return at once.
        LockSupport.unpark(mainThread);
        LockSupport.park(this);
    }

    /** Links the native method of writes, for which the JVM calls Java code that allocates. */
    private void linkWrite() {
        try {
            err.write(new byte[0]);
        } catch (IOException expected) {
            // Standard error is closed: the line is lost later as well.
        }
    }

    private byte[] line(Object reason) {
        String text =
                reason instanceof OutOfMemoryError e
                        ? "out of memory: " + e.getMessage()
                        : reason.toString();
        return (name + ": " + Escapes.text(text) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Ends the process because of an exception or for a reason given as text. */
    void exit(Object reason) {
        byte[] text = heapFullLine;
        try {
            if (!isHeapFull(reason)) {
                text = line(reason);
            }
        } catch (OutOfMemoryError expected) {
            // The heap has become full.
        }
        begin(text);
    }

    /** Compares the start only: compiled code may append to the message. */
    private boolean isHeapFull(Object reason) {
        return reason instanceof OutOfMemoryError e
                && e.getMessage() != null
                && e.getMessage().startsWith(heapFull);
    }

    /**
     * Starts the exit once. Does not return on the main thread, since its return would set a
     * status.
     */
    private void begin(byte[] text) {
        if (calls.getAndIncrement() == 0) {
            line = text;
            while (!start(terminator)) {
                freeReserve();
            }
        }
        while (Thread.currentThread() == mainThread) {
            LockSupport.park(this);
        }
    }

    /** Starts a thread; returns false if the heap is too full for the allocations of the start. */
    private boolean start(Thread thread) {
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            if (isHeapFull(e) && !isReserveFree()) {
                return false;
            }
            // The system cannot create another thread: run on this one, without a time limit.
            thread.run();
        }
        return true;
    }

    private void terminate() {
        try {
            while (!start(writer)) {
                freeReserve();
            }
            while (!awaitLine()) {
                freeReserve();
            }
        } catch (InterruptedException expected) {
            // The thread is private and never interrupted: end.
        } finally {
            halt();
        }
    }

    /**
     * Waits for the line; returns false if the heap is too full for the allocations of the wait,
     * and memory can be freed for it.
     */
    private boolean awaitLine() throws InterruptedException {
        try {
            writer.join(WRITE_GRACE);
        } catch (OutOfMemoryError e) {
            if (!isReserveFree()) {
                return false;
            }
            long startNanos = System.nanoTime();
            while (writer.isAlive() && System.nanoTime() - startNanos < WRITE_GRACE_NANOS) {
                Thread.onSpinWait();
            }
        }
        return true;
    }

    private void writeLine() {
        while (true) {
            try {
                err.write(line);
                return;
            } catch (IOException expected) {
                // Standard error is closed or broken: only the exit status is left.
                return;
            } catch (OutOfMemoryError e) {
                if (isReserveFree()) {
                    return;
                }
                freeReserve();
            }
        }
    }

    private void halt() {
        while (true) {
            freeReserve();
            try {
                runtime.halt(Exit.USAGE);
            } catch (OutOfMemoryError expected) {
                // Retry with more of the reserve freed.
            }
        }
    }

    private boolean isReserveFree() {
        return freed.get() >= RESERVES;
    }

    private void freeReserve() {
        reserves[freed.getAndIncrement() % RESERVES] = null;
    }
}
