package net.client.probe;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The requests of a socket by sequence: those in flight, and those of the last seconds, so that
 * late and duplicate answers are recognized. Grows up to a limit. Not thread-safe.
 */
public final class Window {
    /** Classification of an answer. */
    public enum Answer {
        /** The first answer, before the timeout. */
        IN_TIME,

        /** The first answer, after the timeout. */
        LATE,

        /** A further answer to the same request. */
        DUPLICATE,

        /** An answer to a request that was never sent, or has left the window. */
        UNKNOWN
    }

    /** Maximum number of requests, of 25 bytes each. */
    static final int MAX_SIZE = 1 << 20;

    private static final int MIN_SIZE = 16;

    /** Time to keep answered requests, unless the window is full. */
    private static final long RETENTION_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final byte WAITING = 1;
    private static final byte GIVEN_UP = 2;
    private static final byte ANSWERED = 3;

    private long[] numbers = new long[MIN_SIZE];
    private long[] dueNanos = new long[MIN_SIZE];
    private long[] sentNanos = new long[MIN_SIZE];
    private byte[] states = new byte[MIN_SIZE];

    /** No sequence below this is waiting. */
    private long oldest;

    private long next;
    private int waiting;

    /** Lowest sequence kept; those below have been overwritten. */
    private long known;

    /** Returns the sequence of the next {@link #add}. */
    public long next() {
        return next;
    }

    /** Returns the number of requests waiting for an answer. */
    public int waiting() {
        return waiting;
    }

    /** Returns whether the window is full: older requests must be answered or given up first. */
    public boolean isFull() {
        return next - oldest() >= MAX_SIZE;
    }

    /** Adds the next request, which waits for an answer. */
    public void add(long number, long due, long sent) {
        int size = states.length;
        if (next - size >= known && size < MAX_SIZE && isRetained(next - size, sent)) {
            grow();
        }
        int slot = slot(next);
        numbers[slot] = number;
        dueNanos[slot] = due;
        sentNanos[slot] = sent;
        states[slot] = WAITING;
        next++;
        waiting++;
        known = Math.max(known, next - states.length);
    }

    private boolean isRetained(long sequence, long nowNanos) {
        return sequence >= oldest || nowNanos - sentNanos[slot(sequence)] < RETENTION_NANOS;
    }

    private void grow() {
        int size = states.length;
        // Duplicated, so that each sequence finds its state in either half.
        numbers = twice(numbers);
        dueNanos = twice(dueNanos);
        sentNanos = twice(sentNanos);
        states = Arrays.copyOf(states, 2 * size);
        System.arraycopy(states, 0, states, size, size);
    }

    private static long[] twice(long[] values) {
        long[] twice = Arrays.copyOf(values, 2 * values.length);
        System.arraycopy(values, 0, twice, values.length, values.length);
        return twice;
    }

    private int slot(long sequence) {
        return (int) (sequence & states.length - 1);
    }

    /** Returns whether a request was sent and is still in the window. */
    public boolean contains(long sequence) {
        return sequence >= known && sequence < next;
    }

    public boolean isWaiting(long sequence) {
        return contains(sequence) && states[slot(sequence)] == WAITING;
    }

    /** Marks a request as answered, and classifies the answer. */
    public Answer answer(long sequence) {
        if (!contains(sequence)) {
            return Answer.UNKNOWN;
        }
        int slot = slot(sequence);
        byte before = states[slot];
        states[slot] = ANSWERED;
        return switch (before) {
            case WAITING -> {
                waiting--;
                yield Answer.IN_TIME;
            }
            case GIVEN_UP -> Answer.LATE;
            default -> Answer.DUPLICATE;
        };
    }

    /** Changes the send time of a waiting request. */
    public void resend(long sequence, long sent) {
        sentNanos[slot(sequence)] = sent;
    }

    /** Gives up a waiting request. */
    public void giveUp(long sequence) {
        states[slot(sequence)] = GIVEN_UP;
        waiting--;
    }

    /** Returns the oldest waiting sequence, or {@link #next} if there is none. */
    public long oldest() {
        while (oldest < next && states[slot(oldest)] != WAITING) {
            oldest++;
        }
        return oldest;
    }

    /** Returns the exchange number of a request in the window. */
    public long number(long sequence) {
        return numbers[slot(sequence)];
    }

    /** Returns the scheduled time of a request in the window. */
    public long dueNanos(long sequence) {
        return dueNanos[slot(sequence)];
    }

    /** Returns the send time of a request in the window. */
    public long sentNanos(long sequence) {
        return sentNanos[slot(sequence)];
    }
}
