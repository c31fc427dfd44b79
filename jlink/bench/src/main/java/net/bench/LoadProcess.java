package net.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that are run to their end. */
final class LoadProcess {
    /** The server's processor, and that of its load. */
    static final int SERVER = 0;

    static final int LOAD = 1;

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private LoadProcess() {}

    /** Returns the command on one processor alone. */
    static List<String> pinned(int processor, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "" + processor));
        pinned.addAll(command);
        return pinned;
    }

    /** Returns what a program prints, once it has ended in order. */
    static String output(List<String> command) throws IOException, InterruptedException {
        return ended(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    /** Returns what a program prints on standard error, likewise. */
    static String error(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        return ended(builder);
    }

    private static String ended(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectInput(Path.of("/dev/null").toFile()).start();
        Thread limit =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                                    process.destroyForcibly();
                                }
                            } catch (InterruptedException expected) {
                                // It has ended.
                            }
                        });
        String output = new String(process.getInputStream().readAllBytes());
        int status = process.waitFor();
        limit.interrupt();
        if (status != 0) {
            throw new IOException(builder.command() + " ended with " + status + ": " + output);
        }
        return output.strip();
    }
}
