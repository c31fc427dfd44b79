package net.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A received datagram, for a {@link UdpService}. Used only by the thread of the service. */
public interface Datagram {
    /**
     * Returns the time at which the server received the datagram.
     *
     * @return the time of this machine's clock
     */
    Instant time();

    /**
     * Returns the address that the receiving socket is bound to.
     *
     * @return the address the datagram was sent to, or the wildcard address
     */
    InetSocketAddress local();

    /**
     * Returns the source address, which may be forged.
     *
     * @return the sender's address
     */
    InetSocketAddress peer();

    /**
     * Returns the payload.
     *
     * @return a new read-only buffer with 0 to 65,507 bytes remaining, big-endian
     */
    ByteBuffer payload();

    /**
     * Passes the datagram as a message to the server's listener.
     *
     * @throws IOException if it cannot be recorded
     */
    void record() throws IOException;

    /**
     * Sends an answer from the address of {@link #local}. Messages passed to the listener are
     * committed first, which may block; the send does not block.
     *
     * <p>As the source address may be forged, there is no answer to a port below 1024, one of the
     * server's own ports, or a multicast or broadcast address; none above the answer rate of the
     * sender's network; and none to a sender that keeps returning the server's answers. Such a
     * refusal is counted, and passed to {@link ServerListener#onRefused}. An answer that cannot be
     * sent is counted as {@link ErrorKind#SEND}.
     *
     * @param payload the bytes of the answer
     * @throws IllegalArgumentException if all answers to this datagram together are longer than it,
     *     which would amplify attacks; nothing is sent
     * @throws IOException if the commit failed; nothing is sent
     */
    void answer(ByteBuffer payload) throws IOException;
}
