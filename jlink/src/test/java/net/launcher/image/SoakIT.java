package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Minutes of steady load: neither heap nor descriptors grow. Run with {@code -Psoak}. */
@Tag("soak")
class SoakIT {
    private static final long SECONDS = Long.getLong("soak.seconds", 600);
    private static final int RATE = 1000;
    private static final int CLIENTS = 64;

    /** Several source addresses, since the ports of one would all be in TIME_WAIT. */
    private static final int ADDRESSES = 20;

    private static final double MAX_GROWTH = 1.5;

    /** The heap before and after a collection, by the JVM's log: 27M->4M(256M). */
    private static final Pattern COLLECTION = Pattern.compile("Pause .* \\d+M->(\\d+)M\\(");

    private final Semaphore permits = new Semaphore(CLIENTS);
    private final LongAdder receipts = new LongAdder();
    private final List<Long> residents = new ArrayList<>();
    private final List<Long> descriptors = new ArrayList<>();

    @TempDir private Path folder;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void neitherHeapNorDescriptorsGrow() throws IOException {
        String out = folder.resolve("out").toString();
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", "127.0.0.1", "0", "--output", out)
                        .env("NETPAIR_JAVA_OPTIONS", "-Xlog:gc:stderr -Xmn8m")
                        .start()) {
            load(server);
            Await.holds(
                    "all have ended",
                    () -> !server.signal("USR1").errLines().getLast().contains(" active, "));
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals(RATE * SECONDS, receipts.sum());
            List<Long> heaps = heaps(ended.err());
            report(ended, heaps);
            assertFlat("heap after collection, MiB", heaps);
            assertFlat("resident, MiB", residents);
            assertFlat("descriptors", descriptors);
        }
    }

    /** Sends at a fixed rate, and samples the server each second. */
    private void load(RunningProcess server) throws IOException {
        int port = server.port();
        long startNanos = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < RATE * SECONDS; i++) {
                long dueNanos = startNanos + i * (TimeUnit.SECONDS.toNanos(1) / RATE);
                LockSupport.parkNanos(dueNanos - System.nanoTime());
                String from = "127.0.1." + (1 + i % ADDRESSES);
                String message = "message " + i;
                permits.acquireUninterruptibly();
                clients.execute(() -> greet(from, port, message));
                if (i % RATE == 0) {
                    residents.add(ProcessStats.of(server).residentMiB());
                    descriptors.add(ProcessStats.of(server).descriptors());
                }
            }
        }
    }

    private void greet(String from, int port, String message) {
        try (TcpPeer peer = TcpPeer.connect(from, port)) {
            if (peer.send(message).awaitEnd().equals("hello client!<closed>")) {
                receipts.increment();
            }
        } catch (IOException expected) {
            // Counted as a missing receipt.
        } finally {
            permits.release();
        }
    }

    private static List<Long> heaps(String log) {
        List<Long> heaps = new ArrayList<>();
        Matcher matcher = COLLECTION.matcher(log);
        while (matcher.find()) {
            heaps.add(Long.valueOf(matcher.group(1)));
        }
        return heaps;
    }

    private void report(ProcessResult ended, List<Long> heaps) {
        String summary = ended.err().lines().reduce("", (before, line) -> line);
        System.out.println("soak of " + Duration.ofSeconds(SECONDS) + ": " + summary);
        System.out.println("heap after each collection, MiB: " + sample(heaps));
        System.out.println("resident, MiB: " + sample(residents));
        System.out.println("descriptors: " + sample(descriptors));
    }

    /** Returns about twenty evenly spaced samples. */
    private static List<Long> sample(List<Long> figures) {
        List<Long> sample = new ArrayList<>();
        for (int i = 0; i < figures.size(); i += 1 + figures.size() / 20) {
            sample.add(figures.get(i));
        }
        sample.add(figures.getLast());
        return sample;
    }

    /** Asserts that the maximum of the last third is near that of the third before. */
    private static void assertFlat(String what, List<Long> figures) {
        int third = figures.size() / 3;
        long middle = max(figures.subList(third, 2 * third));
        long last = max(figures.subList(2 * third, figures.size()));
        assertTrue(last <= MAX_GROWTH * middle + 8, what + ": " + middle + ", at the end " + last);
    }

    private static long max(List<Long> figures) {
        return figures.stream().mapToLong(Long::longValue).max().orElseThrow();
    }
}
