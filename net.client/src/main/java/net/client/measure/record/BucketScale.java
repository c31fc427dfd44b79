package net.client.measure.record;

import net.client.measure.Histogram;
import net.client.measure.Histogram.Bucket;

/**
 * Log-linear buckets: one per nanosecond below {@code 2^bits}, then {@code 2^(bits-1)} per power of
 * two.
 *
 * @param bits significant bits of a value
 */
record BucketScale(int bits) {
    /** Returns the number of buckets up to that of {@link Histogram#MAX_NANOS}. */
    int size() {
        return index(Histogram.MAX_NANOS) + 1;
    }

    /** Returns the index of the bucket of a value; larger ones are in the last bucket. */
    int index(long nanos) {
        long limited = Math.min(nanos, Histogram.MAX_NANOS);
        int shift = Math.max(Long.SIZE - bits - Long.numberOfLeadingZeros(limited), 0);
        return shift * step() + (int) (limited >>> shift);
    }

    /** Returns the smallest value of a bucket. */
    long lowest(int index) {
        int shift = Math.max(index / step() - 1, 0);
        return (long) (index - shift * step()) << shift;
    }

    /** Returns the largest value of a bucket. */
    long highest(int index) {
        return lowest(index + 1) - 1;
    }

    Bucket bucket(int index, long count) {
        return new Bucket(lowest(index), highest(index), count);
    }

    /** Returns the buckets per power of two: one bit fewer, since the highest bit is always set. */
    private int step() {
        return 1 << (bits - 1);
    }
}
