package net.client.probe;

import java.nio.ByteBuffer;

/** How the datagrams of a socket are made and told apart. For one thread. */
public interface Probe {
    /** The sequence of an answer that does not tell what it answers. */
    long UNKNOWN = -1;

    /**
     * Returns the datagram to send, in a buffer that the next call overwrites.
     *
     * @param sequence of the socket, from 0
     * @param nowNanos when it is sent
     */
    ByteBuffer question(long sequence, long nowNanos);

    /** Returns the sequence of the datagram that this is an answer to, or {@link #UNKNOWN}. */
    long sequence(ByteBuffer answer);

    /**
     * Tells whether an answer is what it has to be.
     *
     * @param sentNanos when its question was sent
     */
    boolean isIntact(ByteBuffer answer, long sequence, long sentNanos);
}
