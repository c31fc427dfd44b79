package net.launcher.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.metrics.LatencyBuckets.Snapshot;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/** Bounds of the buckets, and reading during writing. */
class LatencyBucketsTest {
    private static int bucketOf(long nanos) {
        LatencyBuckets times = new LatencyBuckets();
        times.record(nanos);
        long[] counts = times.snapshot().counts();
        int bucket = 0;
        while (counts[bucket] == 0) {
            bucket++;
        }
        return bucket;
    }

    /** A bound belongs to the bucket below it ({@code le}: less or equal). */
    @ParameterizedTest
    @CsvSource({
        "0, 5e-05",
        "49999, 5e-05",
        "50000, 5e-05",
        "50001, 0.0001",
        "1000000, 0.001",
        "1000001, 0.0025",
        "1000000000, 1.0",
        "10000000000, 10.0",
        "10000000001, +Inf",
        "9223372036854775807, +Inf"
    })
    void boundsAreInclusive(long nanos, String label) {
        assertEquals(label, LatencyBuckets.LABELS[bucketOf(nanos)]);
    }

    /**
     * The labels are numbers, and each is the bound: the time itself is within, one more is not.
     */
    @Test
    void labelsAreTheBounds() {
        for (int i = 0; i < LatencyBuckets.LABELS.length - 1; i++) {
            long bound = Math.round(Double.parseDouble(LatencyBuckets.LABELS[i]) * 1e9);
            assertEquals(i, bucketOf(bound));
            assertEquals(i + 1, bucketOf(bound + 1));
        }
    }

    @Test
    @Timeout(60)
    void snapshotsDuringWritesAreConsistent() throws InterruptedException {
        LatencyBuckets times = new LatencyBuckets();
        AtomicBoolean isDone = new AtomicBoolean();
        Thread writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (!isDone.get()) {
                                        times.record(1_000);
                                    }
                                });
        try {
            for (int i = 0; i < 20_000; i++) {
                Snapshot snapshot = times.snapshot();
                long count = LongStream.of(snapshot.counts()).sum();
                assertEquals(count * 1_000, snapshot.sumNanos());
            }
        } finally {
            isDone.set(true);
            writer.join();
        }
    }
}
