package net.launcher.client.html;

import net.client.run.RunResult;
import net.launcher.output.SiUnits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Throughput over a run: one sample per second, or per several seconds of a long run, since the
 * number of samples is bounded.
 */
final class Throughput {
    /** Exchanges and bytes of one interval. */
    record Sample(long nanos, long ok, long bytesSent, long bytesReceived) {
        static final Sample NONE = new Sample(0, 0, 0, 0);

        static Sample of(RunResult result) {
            return new Sample(
                    result.duration().toNanos(),
                    result.ok(),
                    result.bytesSent(),
                    result.bytesReceived());
        }

        Sample plus(Sample other) {
            return new Sample(
                    nanos + other.nanos,
                    ok + other.ok,
                    bytesSent + other.bytesSent,
                    bytesReceived + other.bytesReceived);
        }

        Sample minus(Sample other) {
            return new Sample(
                    Math.max(nanos - other.nanos, 0),
                    ok - other.ok,
                    bytesSent - other.bytesSent,
                    bytesReceived - other.bytesReceived);
        }

        double okPerSecond() {
            return 1e9 * ok / nanos;
        }

        double bitsUp() {
            return perSecond(bytesSent);
        }

        double bitsDown() {
            return perSecond(bytesReceived);
        }

        private double perSecond(long bytes) {
            return SiUnits.bitsPerSecond(bytes, Duration.ofNanos(nanos)).doubleValue();
        }
    }

    static final int MAX_SAMPLES = 600;

    /** Minimum length of the last sample; a shorter one is merged into the one before. */
    private static final long MIN_NANOS = 100_000_000;

    private final List<Sample> samples = new ArrayList<>();
    private Sample sum = Sample.NONE;
    private Sample open = Sample.NONE;
    private int openIntervals;
    private int intervalsPerSample = 1;

    void add(RunResult interval) {
        Sample sample = Sample.of(interval);
        sum = sum.plus(sample);
        open = open.plus(sample);
        openIntervals++;
        if (openIntervals == intervalsPerSample) {
            samples.add(open);
            open = Sample.NONE;
            openIntervals = 0;
        }
        if (samples.size() == MAX_SAMPLES) {
            merge();
        }
    }

    /** Merges each pair of samples. */
    private void merge() {
        for (int i = 0; i < MAX_SAMPLES / 2; i++) {
            samples.set(i, samples.get(2 * i).plus(samples.get(2 * i + 1)));
        }
        samples.subList(MAX_SAMPLES / 2, MAX_SAMPLES).clear();
        intervalsPerSample *= 2;
    }

    /** Returns the samples of a finished run, including the time after the last interval. */
    List<Sample> samples(RunResult total) {
        List<Sample> all = new ArrayList<>(samples);
        Sample rest = open.plus(Sample.of(total).minus(sum));
        if (rest.nanos() >= MIN_NANOS) {
            all.add(rest);
        } else if (!all.isEmpty()) {
            all.add(all.removeLast().plus(rest));
        }
        if (all.size() > 1 && all.getLast().nanos() < MIN_NANOS) {
            Sample last = all.removeLast();
            all.add(all.removeLast().plus(last));
        }
        return List.copyOf(all);
    }
}
