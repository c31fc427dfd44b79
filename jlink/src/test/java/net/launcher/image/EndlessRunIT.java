package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A run with as many intervals as a day has seconds, and at least as many exchanges. */
class EndlessRunIT {
    private static final int SECONDS_A_DAY = 24 * 60 * 60;

    /** Maximum size of the event of an interval. */
    private static final int MAX_EVENT_BYTES = 500;

    /** Less than three bytes for each interval. */
    private static final long MAX_GROWTH_KIB = 256;

    /** A row of {@code jcmd GC.class_histogram}: number, instances, bytes and class. */
    private static final Pattern ROW = Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(\\S+)");

    /** Class of what a collection leaves between objects. */
    private static final String FILLER = "jdk.internal.vm.FillerElement";

    @TempDir private Path folder;

    /** Returns the size of the objects in the heap after a full collection. */
    private static long heapKib(RunningProcess run) {
        ProcessResult ended =
                ProcessCommand.at(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd"),
                                Long.toString(run.process().pid()),
                                "GC.class_histogram")
                        .run();
        assertEquals(0, ended.status(), ended.toString());
        long bytes = 0;
        Matcher row = ROW.matcher(ended.out());
        while (row.find()) {
            bytes += row.group(2).contains(FILLER) ? 0 : Long.parseLong(row.group(1));
        }
        assertTrue(bytes > 0, ended::out);
        return bytes / 1024;
    }

    /** Waits for a number of tenths of a day, by the size of the output. */
    private static void awaitTenths(Path out, int tenths) {
        long bytes = (long) SECONDS_A_DAY / 10 * tenths * MAX_EVENT_BYTES;
        Await.holds(
                tenths + " tenths of a day", () -> Files.exists(out) && Files.size(out) >= bytes);
    }

    @Test
    @Timeout(300)
    void aDayNeedsNoMoreHeapThanItsFirstTenth() throws IOException {
        Path out = folder.resolve("out");
        Path page = folder.resolve("page.html");
        try (ServerUnderTest server = ServerUnderTest.of("tcp", "echo");
                RunningProcess run =
                        ProcessCommand.sh(
                                        "exec "
                                                + server.command(
                                                        "--rate 10k --window 100us --format json"
                                                                + " --metrics 127.0.0.1:0"
                                                                + " --report "
                                                                + page)
                                                + " > "
                                                + out)
                                .start()) {
            awaitTenths(out, 1);
            long before = heapKib(run);
            for (int tenths = 2; tenths <= 10; tenths++) {
                awaitTenths(out, tenths);
            }
            long after = heapKib(run);
            assertTrue(
                    after - before < MAX_GROWTH_KIB, () -> before + " KiB, then " + after + " KiB");
            assertEquals(143, run.signal("TERM").end().status());
            try (Stream<String> lines = Files.lines(out)) {
                assertTrue(
                        lines.filter(line -> line.contains("\"interval\"")).count()
                                >= SECONDS_A_DAY);
            }
            assertTrue(Files.exists(page));
        }
    }
}
