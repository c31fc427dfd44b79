package net.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A datagram that has come, as a service sees it. For use by the thread that serves it. */
public interface Datagram {
    /**
     * Returns when the server received it.
     *
     * @return by the clock of this machine
     */
    Instant time();

    /**
     * Returns the address it was sent to, as far as the socket knows.
     *
     * @return the address the socket is bound to, which may be the wildcard
     */
    InetSocketAddress local();

    /**
     * Returns the address it says it came from, which may be forged.
     *
     * @return the sender's
     */
    InetSocketAddress peer();

    /**
     * Returns what it holds.
     *
     * @return a new read-only buffer with 0 to 65,507 bytes remaining, big-endian
     */
    ByteBuffer payload();

    /**
     * Takes it as a message, for the server's listener.
     *
     * @throws IOException if it cannot be recorded
     */
    void take() throws IOException;

    /**
     * Answers from the address of {@link #local}, without waiting, unless that could serve
     * attackers: to a port below 1024 or one of the server's own, to a multicast or broadcast
     * address, past the answer rate of the sender's network, or to a sender that keeps sending the
     * server's answers back. Such a refusal is counted and told to {@link
     * ServerListener#onRefused}; an answer that cannot be sent is counted as an error.
     *
     * @param payload the bytes; in all answers together no more than came
     * @throws IllegalArgumentException if there are more, which would serve attackers; nothing is
     *     sent
     * @throws IOException if it was taken and cannot be recorded
     */
    void answer(ByteBuffer payload) throws IOException;
}
