package net.client.measure.record;

import java.util.OptionalDouble;

/** Running mean and standard deviation (Welford). Values are not negative. */
final class Moments {
    private long count;

    /** Offset of the mean: usually closer to the values than 0, which keeps precision. */
    private long first;

    /** The mean minus the first value. */
    private double mean;

    /** The sum of the squared distances from the mean. */
    private double squares;

    void record(long value) {
        if (count++ == 0) {
            first = value;
        }
        long fromFirst = value - first;
        double distance = fromFirst - mean;
        mean += distance / count;
        squares += distance * (fromFirst - mean);
    }

    long count() {
        return count;
    }

    OptionalDouble mean() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(first + mean);
    }

    /** Returns the sample standard deviation, with divisor {@code n - 1}. */
    OptionalDouble stddev() {
        return count < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt(squares / (count - 1)));
    }
}
