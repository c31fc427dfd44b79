package net.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end. */
final class LoadProcess {
    /** Processor of the server. */
    static final int SERVER = 0;

    /** Processor of the load generator. */
    static final int LOAD = 1;

    /** Any processor. */
    static final int ANY = -1;

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private LoadProcess() {}

    /** Returns the command pinned to one processor, unless it may use any. */
    static List<String> pinned(int processor, List<String> command) {
        if (processor == ANY) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "" + processor));
        pinned.addAll(command);
        return pinned;
    }

    /** Runs a program that must exit with status 0, and returns its standard output. */
    static String output(List<String> command) throws IOException, InterruptedException {
        return ended(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    /** Runs a program that must exit with status 0, and returns both its outputs. */
    static String error(List<String> command) throws IOException, InterruptedException {
        return error(command, "");
    }

    /** Runs a launcher of Netpair with further options of the JVM, as {@link #error(List)}. */
    static String error(List<String> command, String javaOptions)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (!javaOptions.isEmpty()) {
            builder.environment()
                    .merge(
                            "NETPAIR_JAVA_OPTIONS",
                            javaOptions,
                            (before, more) -> before + " " + more);
        }
        return ended(builder);
    }

    private static String ended(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectInput(Path.of("/dev/null").toFile()).start();
        Thread limit =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
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
            throw new IOException(builder.command() + " exited with " + status + ": " + output);
        }
        return output.strip();
    }
}
