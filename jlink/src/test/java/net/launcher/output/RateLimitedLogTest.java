package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.TestThreads;

import org.junit.jupiter.api.Test;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rate limit of lines that peers cause. */
class RateLimitedLogTest {
    private static final Pattern LINE = Pattern.compile("probe: a( \\(after (\\d+) more\\))?");

    private final CapturedOutput err = new CapturedOutput();
    private final RateLimitedLog log =
            new RateLimitedLog(new Diagnostics("probe", new PrintStream(err, true), false, false));

    @Test
    void logsTheFirstLineAndOmitsTheFollowing() {
        for (int i = 0; i < 1000; i++) {
            log.log("line " + i);
        }
        assertTrue(err.text().startsWith("probe: line 0\n"), err::text);
        assertTrue(err.text().lines().count() <= 2, err::text);
    }

    @Test
    void doesNotBuildAnOmittedText() {
        AtomicInteger made = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            log.log(() -> "line " + made.incrementAndGet());
        }
        assertTrue(err.text().startsWith("probe: line 1\n"), err::text);
        assertEquals(err.text().lines().count(), made.get());
        assertTrue(made.get() < 1000, "no line was omitted");
    }

    @Test
    void nextLineCountsTheOmittedOnes() {
        long startNanos = System.nanoTime();
        int printed = 0;
        while (err.text().lines().count() < 2) {
            log.log("a");
            printed++;
            Thread.onSpinWait();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        assertTrue(time.toMillis() >= 999, time::toString);
        List<String> lines = err.text().lines().toList();
        assertEquals("probe: a", lines.getFirst());
        String nextLine = "probe: a (after " + (printed - 2) + " more)";
        assertEquals(nextLine, lines.getLast());
    }

    @Test
    void countsEveryLineOfConcurrentThreadsOnce() throws Exception {
        TestThreads threads = new TestThreads();
        for (int i = 0; i < 4; i++) {
            threads.start(
                    () -> {
                        for (int n = 0; n < 2000; n++) {
                            log.log("a");
                        }
                        return null;
                    });
        }
        threads.join();
        int printed = 8000;
        long linesBefore = err.text().lines().count();
        while (err.text().lines().count() == linesBefore) {
            log.log("a");
            printed++;
            Thread.onSpinWait();
        }
        int counted = 0;
        for (String line : err.text().lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            assertTrue(matcher.matches(), line);
            counted += matcher.group(2) == null ? 1 : 1 + Integer.parseInt(matcher.group(2));
        }
        assertEquals(printed, counted, err::text);
    }
}
