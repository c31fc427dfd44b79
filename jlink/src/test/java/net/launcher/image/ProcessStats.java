package net.launcher.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A running process as seen in {@code /proc}. */
record ProcessStats(ProcessHandle process) {
    static ProcessStats of(RunningProcess launched) {
        return new ProcessStats(launched.process().toHandle());
    }

    private Path file(String name) {
        return Path.of("/proc/" + process.pid()).resolve(name);
    }

    long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(file("fd"))) {
            return open.count();
        }
    }

    /** Returns whether a descriptor refers to a file, by its current path. */
    boolean hasOpen(Path path) throws IOException {
        try (Stream<Path> open = Files.list(file("fd"))) {
            for (Path descriptor : open.toList()) {
                try {
                    if (Files.readSymbolicLink(descriptor).equals(path)) {
                        return true;
                    }
                } catch (NoSuchFileException expected) {
                    // Closed meanwhile.
                }
            }
            return false;
        }
    }

    /** Returns whether all threads are stopped by a signal. */
    boolean isStopped() {
        try (Stream<Path> tasks = Files.list(file("task"))) {
            for (Path task : tasks.toList()) {
                if (!Files.readString(task.resolve("status")).contains("State:\tT")) {
                    return false;
                }
            }
            return true;
        } catch (IOException expected) {
            // A thread has ended meanwhile.
            return false;
        }
    }

    /** Returns the resident set size. */
    long residentMiB() throws IOException {
        for (String line : Files.readAllLines(file("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IOException("no VmRSS in " + file("status"));
    }

    /** Returns the CPU time, user and system. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Returns by how much the kernel may delay timers of the process. */
    long timerSlackNanos() throws IOException {
        return Long.parseLong(Files.readString(file("timerslack_ns")).strip());
    }
}
