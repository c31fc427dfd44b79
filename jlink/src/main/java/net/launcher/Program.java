package net.launcher;

import net.launcher.command.ArgumentDecoder;
import net.launcher.command.Exit;
import net.launcher.output.Escapes;

import sun.misc.Signal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The process of a launcher: standard streams, signals and exit status. */
final class Program {
    /** Time to end after the first signal, in addition to the launcher's grace time. */
    private static final Duration END_GRACE = Duration.ofSeconds(3);

    /** Time to end after a further signal. */
    private static final Duration ABORT_GRACE = Duration.ofSeconds(2);

    private final Launcher launcher;
    private final PrintStream err;
    private final FatalExit fatalExit;
    private final Thread runner = Thread.currentThread();
    private final AtomicInteger signals = new AtomicInteger();
    private volatile int interruptedStatus = Exit.INTERRUPTED;

    private Program(Launcher launcher) {
        this.launcher = launcher;
        // System.err would use the encoding of the locale.
        this.err =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        this.fatalExit = new FatalExit(launcher.name());
    }

    /** Runs a launcher in this thread and ends the process with its status. */
    static void exit(Launcher launcher, String... args) {
        int status = new Program(launcher).run(args);
        // System.exit would initialise the logging of Runtime.exit, which costs time.
        Runtime.getRuntime().halt(status);
    }

    private int run(String... args) {
        Signal.handle(new Signal("INT"), signal -> end(Exit.INTERRUPTED));
        Signal.handle(new Signal("TERM"), signal -> end(Exit.TERMINATED));
        Signal.handle(new Signal("HUP"), signal -> hangUp());
        Signal.handle(new Signal("USR1"), signal -> launcher.report());
        // An unexpected exception on any thread ends the process.
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> fatalExit.exit(e));
        try {
            // System.out would swallow write errors.
            OutputStream out = new FileOutputStream(FileDescriptor.out);
            int status = launcher.run(out, err, ArgumentDecoder.decode(args));
            // At the end, since it is not needed to start.
            StartupCache.ignored().ifPresent(this::reportDamaged);
            return status == Exit.INTERRUPTED ? interruptedStatus : status;
        } catch (IllegalArgumentException e) {
            print(e.getMessage());
            return Exit.USAGE;
        }
    }

    /**
     * Interrupts the launcher, and ends the process if it does not end in time, for example because
     * its output is blocked. A second signal shortens the wait.
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
            // The thread is private and never interrupted: end.
        }
        fatalExit.exit("did not end in time; killed");
    }

    private void hangUp() {
        if (!launcher.hangUp()) {
            end(Exit.HUNG_UP);
        }
    }

    private void reportDamaged(Path cache) {
        Path file = cache.normalize();
        // The folder of lib/runtime/lib/netpair.aot; packages install selftest under another name.
        Path selfTest = file.resolve("../../../../bin/selftest").normalize();
        print("the start is slow, since " + file + " is damaged: run " + selfTest + " --warm-up");
    }

    private void print(String text) {
        err.println(launcher.name() + ": " + Escapes.text(text));
    }
}
