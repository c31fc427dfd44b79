package net.client.probe;

import java.nio.ByteBuffer;

/** Encodes requests and matches answers to them. Not thread-safe. */
public interface Probe {
    /** The sequence of an answer that cannot be matched. */
    long UNKNOWN = -1;

    /**
     * Returns the request, in a buffer that the next call overwrites.
     *
     * @param sequence sequence number of the socket, from 0
     * @param nowNanos the time it is sent
     */
    ByteBuffer request(long sequence, long nowNanos);

    /** Returns the sequence of the request that was answered, or {@link #UNKNOWN}. */
    long sequence(ByteBuffer answer);

    /**
     * Returns whether an answer has the expected content.
     *
     * @param sentNanos the time its request was sent
     */
    boolean isIntact(ByteBuffer answer, long sequence, long sentNanos);
}
