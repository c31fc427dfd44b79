package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.BlockingOutput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Diagnostics that do not wait for their reader. */
@Timeout(60)
class BackgroundStreamTest {
    private static final int LINE_BYTES = 1024;
    private static final String LINE = "x".repeat(LINE_BYTES - 1);
    private static final int MAX_LINES = BackgroundStream.MAX_PENDING_BYTES / LINE_BYTES;

    private final CapturedOutput err = new CapturedOutput();
    private final BlockingOutput blocked = new BlockingOutput();

    private BackgroundStream open() {
        return BackgroundStream.start(
                "probe", new PrintStream(err, true), BackgroundStream.NO_LIMIT);
    }

    private BackgroundStream block(Duration grace) {
        return BackgroundStream.start("probe", new PrintStream(blocked, true), grace);
    }

    @Test
    void closeWritesAllLinesInOrder() {
        try (BackgroundStream stream = open()) {
            PrintStream print = stream.print();
            IntStream.range(0, 1000).forEach(print::println);
            print.print("größer");
        }
        List<String> lines = err.text().lines().toList();
        assertEquals(1001, lines.size());
        assertEquals(
                IntStream.range(0, 1000).mapToObj(Integer::toString).toList(),
                lines.subList(0, 1000));
        assertEquals("größer", lines.getLast());
    }

    @Test
    void flushWritesAnIncompleteLine() throws InterruptedException {
        try (BackgroundStream stream = open()) {
            PrintStream print = stream.print();
            print.print("\rprogress");
            print.flush();
            print.println();
            assertTrue(err.await("progress", Duration.ofSeconds(40)).isPresent());
        }
        assertEquals("\rprogress\n", err.text());
    }

    /** Of one line more than fit, one is dropped. */
    @Test
    void dropsAndCountsLinesWhileBlocked() throws InterruptedException {
        BackgroundStream stream = block(BackgroundStream.NO_LIMIT);
        PrintStream print = stream.print();
        print.println("first");
        blocked.awaitWrite();
        for (int i = 0; i < MAX_LINES + 2; i++) {
            print.println(LINE);
        }
        assertEquals(List.of("first\n"), blocked.writes());
        blocked.release();
        stream.close();
        assertEquals(1 + MAX_LINES + 1, blocked.writes().size());
        assertEquals(LINE + "\n", blocked.writes().get(MAX_LINES));
        assertEquals("probe: 2 lines dropped: not read in time\n", blocked.writes().getLast());
    }

    @Test
    void keepsALongLineWhole() {
        String line = "é".repeat(20_000);
        try (BackgroundStream stream = open()) {
            stream.print().println(line);
        }
        assertEquals(line + "\n", err.text());
    }

    @Test
    void closeWaitsUpToTheGraceTime() throws InterruptedException {
        Duration grace = Duration.ofMillis(200);
        BackgroundStream stream = block(grace);
        stream.print().println("first");
        blocked.awaitWrite();
        long startNanos = System.nanoTime();
        Thread.currentThread().interrupt();
        stream.close();
        assertTrue(Thread.interrupted());
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        assertTrue(time.compareTo(grace) >= 0, time::toString);
        blocked.release();
    }
}
