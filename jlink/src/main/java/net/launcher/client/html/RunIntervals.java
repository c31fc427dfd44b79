package net.launcher.client.html;

import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.output.SiUnits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Exchanges, bytes and losses over a run: one sample per interval, or per several intervals of a
 * long run, since the number of samples is bounded.
 */
public final class RunIntervals {
    /**
     * Figures of one interval.
     *
     * @param lost exchanges that ended in it without an answer, and were not answered late
     * @param late late answers
     * @param droppedHere exchanges whose answers were dropped by this machine
     * @param failed other failed exchanges
     */
    public record Sample(
            long nanos,
            long ok,
            long bytesSent,
            long bytesReceived,
            long lost,
            long late,
            long droppedHere,
            long failed) {
        static final Sample NONE = new Sample(0, 0, 0, 0, 0, 0, 0, 0);

        /**
         * Returns the figures of an interval, in which late answers, and drops of exchanges that
         * failed before, are not yet subtracted.
         */
        static Sample of(RunResult interval) {
            long late = interval.datagrams().map(Datagrams::late).orElse(0L);
            long unanswered = interval.datagrams().map(of -> unanswered(interval, of)).orElse(0L);
            long droppedHere = DerivedMetrics.droppedHere(interval).orElse(0);
            return new Sample(
                    interval.duration().toNanos(),
                    interval.ok(),
                    interval.bytesSent(),
                    interval.bytesReceived(),
                    Math.max(unanswered - droppedHere, 0),
                    late,
                    droppedHere,
                    interval.failed() - unanswered);
        }

        /**
         * Returns the exchanges that failed without an answer. The count of lost datagrams is less
         * by the late answers to earlier ones, and by drops of earlier ones, but not below zero.
         */
        private static long unanswered(RunResult interval, Datagrams datagrams) {
            long answered = datagrams.late() + datagrams.droppedHere().orElse(0);
            if (datagrams.lost() > 0) {
                return Math.min(datagrams.lost() + answered, interval.failed());
            }
            long inTime = datagrams.received() - datagrams.late();
            return Math.clamp(interval.ok() + interval.failed() - inTime, 0, answered);
        }

        Sample plus(Sample other) {
            return new Sample(
                    nanos + other.nanos,
                    ok + other.ok,
                    bytesSent + other.bytesSent,
                    bytesReceived + other.bytesReceived,
                    lost + other.lost,
                    late + other.late,
                    droppedHere + other.droppedHere,
                    failed + other.failed);
        }

        Sample withNanos(long changed) {
            return new Sample(
                    changed, ok, bytesSent, bytesReceived, lost, late, droppedHere, failed);
        }

        Sample withLost(long changed) {
            return new Sample(
                    nanos, ok, bytesSent, bytesReceived, changed, late, droppedHere, failed);
        }

        /** Returns the failed exchanges, except those dropped here. */
        public long losses() {
            return lost + late + failed;
        }

        /** Returns all exchanges. */
        public long exchanges() {
            return ok + losses() + droppedHere;
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

    /** Maximum number of samples of a run with one target. */
    static final int MAX_SAMPLES = 600;

    /** Minimum length of the last sample for its rate to be shown. */
    static final Duration MIN_RATED = Duration.ofMillis(500);

    private final int maxSamples;
    private final List<Sample> samples = new ArrayList<>();
    private Sample open = Sample.NONE;
    private int openIntervals;
    private int intervalsPerSample = 1;

    RunIntervals(int maxSamples) {
        this.maxSamples = maxSamples;
    }

    void add(RunResult interval) {
        Sample sample = Sample.of(interval);
        open = open.plus(sample);
        openIntervals++;
        subtract(sample.exchanges() - interval.ok() - interval.failed());
        if (openIntervals == intervalsPerSample) {
            samples.add(open);
            open = Sample.NONE;
            openIntervals = 0;
        }
        if (samples.size() == maxSamples) {
            merge();
        }
    }

    /** Subtracts exchanges that are now late or dropped here from those that were lost last. */
    private void subtract(long count) {
        long rest = count - Math.min(count, open.lost());
        open = open.withLost(open.lost() - (count - rest));
        for (int i = samples.size() - 1; i >= 0 && rest > 0; i--) {
            long found = Math.min(rest, samples.get(i).lost());
            samples.set(i, samples.get(i).withLost(samples.get(i).lost() - found));
            rest -= found;
        }
    }

    /** Merges each pair of samples. */
    private void merge() {
        for (int i = 0; i < maxSamples / 2; i++) {
            samples.set(i, samples.get(2 * i).plus(samples.get(2 * i + 1)));
        }
        samples.subList(maxSamples / 2, maxSamples).clear();
        intervalsPerSample *= 2;
    }

    /** Returns the number of intervals per sample, except the last one. */
    int intervalsPerSample() {
        return intervalsPerSample;
    }

    /** Returns all samples, including the time in which the last answers were awaited. */
    public List<Sample> samples() {
        List<Sample> all = new ArrayList<>(samples);
        if (openIntervals > 0) {
            all.add(open);
        }
        return List.copyOf(all);
    }

    /**
     * Returns the samples up to the end of the last exchange. The last one is left out if it is too
     * short for a rate.
     */
    List<Sample> rated(Duration run) {
        List<Sample> rated = new ArrayList<>();
        long rest = run.toNanos();
        for (Sample sample : samples()) {
            long nanos = Math.min(sample.nanos(), rest);
            if (nanos > 0) {
                rated.add(sample.withNanos(nanos));
            }
            rest -= nanos;
        }
        if (!rated.isEmpty() && rated.getLast().nanos() < MIN_RATED.toNanos()) {
            rated.removeLast();
        }
        return List.copyOf(rated);
    }
}
