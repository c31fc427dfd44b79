package net.launcher;

import static org.junit.jupiter.api.Assertions.assertFalse;

import net.launcher.output.CapturedOutput;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A launcher that runs in its own thread; closing interrupts it, as a signal does. */
public final class RunningLauncher implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private final CapturedOutput out;
    private final CapturedOutput err = new CapturedOutput();
    private final FutureTask<Integer> task;
    private final Thread thread;

    private RunningLauncher(
            Launcher launcher, OutputStream stream, CapturedOutput out, String... args) {
        this.out = out;
        task = new FutureTask<>(() -> run(launcher, stream, args));
        thread = Thread.ofPlatform().daemon().name("test " + launcher.name()).start(task);
    }

    public static RunningLauncher start(Launcher launcher, String... args) {
        CapturedOutput out = new CapturedOutput();
        return new RunningLauncher(launcher, out, out, args);
    }

    public static RunningLauncher start(Launcher launcher, FailingOutput out, String... args) {
        return new RunningLauncher(launcher, out, out.taken(), args);
    }

    private int run(Launcher launcher, OutputStream stream, String... args) {
        try (out;
                PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            return launcher.run(stream, print, args);
        }
    }

    /** Waits until a server is ready, and returns its port. */
    public String port() throws InterruptedException {
        String ready = awaitErr("listening on ");
        return ready.substring(ready.lastIndexOf(':') + 1);
    }

    /** Waits for a line of standard output that contains a text, and returns it. */
    public String awaitOut(String part) throws InterruptedException {
        return await(out, part);
    }

    /** Waits for a line of standard error that contains a text, and returns it. */
    public String awaitErr(String part) throws InterruptedException {
        return await(err, part);
    }

    private static String await(CapturedOutput stream, String part) throws InterruptedException {
        return stream.await(part, DEADLINE)
                .orElseThrow(() -> new AssertionError("no \"" + part + "\" in: " + stream.text()));
    }

    public RunningLauncher interrupt() {
        thread.interrupt();
        return this;
    }

    /** Waits for the end, and returns the exit status. */
    public int status() throws Exception {
        return task.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    public String out() {
        return out.text();
    }

    public String err() {
        return err.text();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertFalse(thread.isAlive(), "still running");
    }
}
