package net.server;

import net.server.access.RefusalReason;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Receives the messages and events of a server.
 *
 * <p>A TCP server calls it from several threads at the same time: from its event loops, or from the
 * thread of each connection for a user's {@link TcpService}. A UDP server calls it from one thread.
 * A call that blocks delays the other peers of its thread, and new connections.
 */
@FunctionalInterface
public interface ServerListener {
    /**
     * Called for each bound address in the order of {@link Server#locals}, after all are bound and
     * before the first accept, by the thread that starts the server. A UDP server that answers on a
     * wildcard address also calls it later, for each address added to this machine.
     *
     * @param listening the bound address
     * @throws IOException to reject the address: the start fails with this exception and closes all
     *     sockets. For an address added later, {@link #onFailure} is called, and the server
     *     continues.
     */
    default void onListening(BoundAddress listening) throws IOException {}

    /**
     * Called for each message. The message is recorded once this and the next {@link #commit} have
     * returned.
     *
     * @param message the message
     * @throws IOException if it cannot be recorded: a TCP peer is reset and gets no receipt, {@link
     *     #onFailure} is called, and the server continues. Any other exception has the same effect.
     */
    void onMessage(ReceivedMessage message) throws IOException;

    /**
     * Called after one or more messages, before their peers get a receipt. All messages passed by
     * the calling thread must be recorded on return. A listener that buffers messages writes them
     * here.
     *
     * @throws IOException if the messages cannot be recorded, with the effect described for {@link
     *     #onMessage}
     */
    default void commit() throws IOException {}

    /**
     * Called after each TCP connection has been closed.
     *
     * @param session the connection
     */
    default void onEnd(Session session) {}

    /**
     * Called for each refused peer, and for each refused answer to a datagram. Peers control how
     * often this is called, so it must not block.
     *
     * @param peer the source address, which may be forged in a datagram
     * @param reason the reason
     */
    default void onRefused(InetSocketAddress peer, RefusalReason reason) {}

    /**
     * Called when accepting, receiving or closing failed, when this listener threw an exception, or
     * when a service failed as described for {@link TcpService#serve} and {@link UdpService#serve};
     * the server continues.
     *
     * @param failure the cause
     */
    default void onFailure(Exception failure) {}
}
