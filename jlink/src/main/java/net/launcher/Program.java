package net.launcher;

import net.launcher.command.Arguments;
import net.launcher.command.Exit;
import net.launcher.output.Escapes;

import sun.misc.Signal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The process around a launcher: its streams, its signals, its exit. */
final class Program {
    /** How long a launcher may take to end after a signal, beyond its grace time, if it has any. */
    private static final Duration END_GRACE = Duration.ofSeconds(3);

    /** How long it may take after a second signal. */
    private static final Duration ABORT_GRACE = Duration.ofSeconds(2);

    private final Launcher launcher;
    private final PrintStream err;
    private final FatalExit abort;
    private final Thread runner = Thread.currentThread();
    private final AtomicInteger signals = new AtomicInteger();
    private volatile int interruptedStatus = Exit.INTERRUPTED;

    private Program(Launcher launcher) {
        this.launcher = launcher;
        // Not System.err, whose encoding is the locale's.
        this.err =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        this.abort = new FatalExit(launcher.name());
    }

    /** Runs a launcher in this thread and ends the process with its status. */
    static void exit(Launcher launcher, String... args) {
        int status = new Program(launcher).run(args);
        // No exit: that has the JVM set up its logging, in case somebody wants to know.
        Runtime.getRuntime().halt(status);
    }

    private int run(String... args) {
        Signal.handle(new Signal("INT"), signal -> end(Exit.INTERRUPTED));
        Signal.handle(new Signal("TERM"), signal -> end(Exit.TERMINATED));
        Signal.handle(new Signal("HUP"), signal -> hangUp());
        Signal.handle(new Signal("USR1"), signal -> launcher.report());
        // What is not expected anywhere ends the program: better than to limp on.
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> abort.because(e));
        try {
            // Not System.out, which loses errors.
            OutputStream out = new FileOutputStream(FileDescriptor.out);
            int status = launcher.run(out, err, Arguments.decode(args));
            return status == Exit.INTERRUPTED ? interruptedStatus : status;
        } catch (IllegalArgumentException e) {
            say(e.getMessage());
            return Exit.USAGE;
        }
    }

    /**
     * Asks the launcher to end, and sees to it that it does: the first time after its grace time,
     * the second time at once. What can hold it up is output that nobody reads.
     */
    private void end(int status) {
        boolean first = signals.getAndIncrement() == 0;
        if (first) {
            interruptedStatus = status;
        }
        runner.interrupt();
        try {
            runner.join(first ? launcher.grace().plus(END_GRACE) : ABORT_GRACE);
        } catch (InterruptedException expected) {
            // Nobody interrupts a signal's thread: end.
        }
        abort.because("did not end in time, given up");
    }

    private void hangUp() {
        if (!launcher.hangUp()) {
            end(Exit.HUNG_UP);
        }
    }

    private void say(String text) {
        err.println(launcher.name() + ": " + Escapes.text(text));
    }
}
