package net.client.probe;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A socket's datagrams by sequence: those that wait for an answer, and those of the last seconds,
 * so that an answer that comes late or twice is told as such. It grows with what is under way, up
 * to a limit. For one thread.
 */
public final class Window {
    /** What an answer is to the datagram it answers. */
    public enum Answer {
        /** The first one, to a datagram that was waited for. */
        IN_TIME,

        /** The first one, to a datagram that was waited for no longer. */
        LATE,

        /** Not the first one. */
        DUPLICATE,

        /** To a datagram that was never sent, or so long ago that nobody knows. */
        UNKNOWN
    }

    /** 25 bytes each. */
    static final int MAX_SIZE = 1 << 20;

    private static final int MIN_SIZE = 16;

    /** How long what has been answered is remembered, as far as there is room. */
    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final byte WAITING = 1;
    private static final byte GIVEN_UP = 2;
    private static final byte ANSWERED = 3;

    private long[] numbers = new long[MIN_SIZE];
    private long[] dueNanos = new long[MIN_SIZE];
    private long[] sentNanos = new long[MIN_SIZE];
    private byte[] states = new byte[MIN_SIZE];

    /** No sequence below it waits. */
    private long oldest;

    private long next;
    private int waiting;

    /** Every sequence below it has been forgotten, however much room there is by now. */
    private long known;

    /** Returns the sequence of the datagram that {@link #add} takes next. */
    public long next() {
        return next;
    }

    /** Returns how many wait for an answer. */
    public int waiting() {
        return waiting;
    }

    /** Tells whether there is no room for another one before some are answered or given up. */
    public boolean isFull() {
        return next - oldest() >= MAX_SIZE;
    }

    /** Takes the next datagram, of an exchange's number, which is waited for from now on. */
    public void add(long number, long due, long sent) {
        int size = states.length;
        if (next - size >= known && size < MAX_SIZE && isRemembered(next - size, sent)) {
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

    private boolean isRemembered(long sequence, long nowNanos) {
        return sequence >= oldest || nowNanos - sentNanos[slot(sequence)] < MEMORY_NANOS;
    }

    private void grow() {
        int size = states.length;
        // Whichever half a sequence falls into, it finds what was there before.
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

    /** Tells whether a datagram was sent and is still known of. */
    public boolean knows(long sequence) {
        return sequence >= known && sequence < next;
    }

    public boolean isWaiting(long sequence) {
        return knows(sequence) && states[slot(sequence)] == WAITING;
    }

    /** Takes an answer, and tells what it is. */
    public Answer answer(long sequence) {
        if (!knows(sequence)) {
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

    /** Takes it that a datagram that is waited for was sent now, and not before. */
    public void resend(long sequence, long sent) {
        sentNanos[slot(sequence)] = sent;
    }

    /** Waits no longer for a datagram that was waited for. */
    public void giveUp(long sequence) {
        states[slot(sequence)] = GIVEN_UP;
        waiting--;
    }

    /** Returns the sequence that waits longest, or {@link #next} if none does. */
    public long oldest() {
        while (oldest < next && states[slot(oldest)] != WAITING) {
            oldest++;
        }
        return oldest;
    }

    /** Returns the number of the exchange of a datagram that is known of. */
    public long number(long sequence) {
        return numbers[slot(sequence)];
    }

    /** Returns when a datagram that is known of was to be sent. */
    public long dueNanos(long sequence) {
        return dueNanos[slot(sequence)];
    }

    /** Returns when a datagram that is known of was sent. */
    public long sentNanos(long sequence) {
        return sentNanos[slot(sequence)];
    }
}
