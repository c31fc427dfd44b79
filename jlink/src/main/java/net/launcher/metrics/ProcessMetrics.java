package net.launcher.metrics;

import net.launcher.metrics.Exposition.Type;
import net.launcher.output.Versions;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Metrics of the process. Those that the system does not provide are omitted. */
final class ProcessMetrics implements MetricsSource {
    private static final File DESCRIPTORS = new File("/proc/self/fd");
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String MAX_DESCRIPTORS = "Max open files";

    private final Labels build;
    private final Instant start;

    ProcessMetrics(String program) {
        build = Labels.NONE.with("version", Versions.project()).with("program", program);
        start = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    }

    @Override
    public void write(Exposition out) throws IOException {
        out.family("netpair_build", Type.INFO, "Version and name of the program.").sample(build, 1);
        out.family(
                        "netpair_start_time_seconds",
                        Type.GAUGE,
                        "Start of the process, in seconds since 1970.")
                .seconds(Labels.NONE, Duration.between(Instant.EPOCH, start).toNanos());
        writeDescriptors(out);
        Runtime runtime = Runtime.getRuntime();
        out.family("netpair_heap_used_bytes", Type.GAUGE, "Used part of the Java heap.")
                .sample(Labels.NONE, runtime.totalMemory() - runtime.freeMemory());
        out.family("netpair_heap_max_bytes", Type.GAUGE, "Maximum size of the Java heap.")
                .sample(Labels.NONE, runtime.maxMemory());
        out.family("netpair_cpu_seconds", Type.COUNTER, "Processor time of the process.");
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        out.seconds(Labels.NONE, cpu.toNanos());
    }

    private static void writeDescriptors(Exposition out) throws IOException {
        String[] open = DESCRIPTORS.list();
        if (open != null) {
            // One of them is that of the folder itself.
            out.family("netpair_open_file_descriptors", Type.GAUGE, "Open file descriptors.")
                    .sample(Labels.NONE, open.length - 1);
        }
        OptionalLong max = maxDescriptors();
        if (max.isPresent()) {
            out.family("netpair_max_file_descriptors", Type.GAUGE, "Limit of file descriptors.")
                    .sample(Labels.NONE, max.getAsLong());
        }
    }

    /** Returns the soft limit, or empty if it is not known or unlimited. */
    private static OptionalLong maxDescriptors() {
        try {
            for (String line : Files.readAllLines(LIMITS)) {
                if (line.startsWith(MAX_DESCRIPTORS)) {
                    String soft = line.substring(MAX_DESCRIPTORS.length()).strip().split(" ")[0];
                    return OptionalLong.of(Long.parseLong(soft));
                }
            }
        } catch (IOException | NumberFormatException expected) {
            // Not Linux, no descriptor left, or unlimited.
        }
        return OptionalLong.empty();
    }
}
