package net.client.run.flow;

/** The exchanges in flight on a connection, oldest first. */
final class InFlightQueue {
    private long[] numbers = new long[1];
    private long[] dueNanos = new long[1];
    private long[] sentNanos = new long[1];
    private int first;
    private int size;

    int size() {
        return size;
    }

    void add(long number, long due, long sent) {
        if (size == numbers.length) {
            numbers = grown(numbers);
            dueNanos = grown(dueNanos);
            sentNanos = grown(sentNanos);
            first = 0;
        }
        int last = (first + size) % numbers.length;
        numbers[last] = number;
        dueNanos[last] = due;
        sentNanos[last] = sent;
        size++;
    }

    /** Sets the time when the newest exchange was sent. */
    void setLastSent(long nanos) {
        sentNanos[(first + size - 1) % sentNanos.length] = nanos;
    }

    private long[] grown(long[] values) {
        long[] grown = new long[2 * values.length];
        for (int i = 0; i < size; i++) {
            grown[i] = values[(first + i) % values.length];
        }
        return grown;
    }

    void removeFirst() {
        first = (first + 1) % numbers.length;
        size--;
    }

    /** Returns the number of the exchange at an index, from 0. */
    long number(int index) {
        return numbers[(first + index) % numbers.length];
    }

    long dueNanos() {
        return dueNanos[first];
    }

    long sentNanos() {
        return sentNanos[first];
    }
}
