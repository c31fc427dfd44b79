package net.server;

import net.server.access.RefusalReason;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A server's user, told what happens. A TCP server calls it from a few threads, or from the thread
 * of each connection where the service is the user's, so several calls run at once; a UDP server
 * from one thread. A call that blocks holds back that thread's peers, and new ones where that
 * thread accepts.
 */
@FunctionalInterface
public interface ServerListener {
    /**
     * Called for each bound address, in the order of {@link Server#locals}, after all are bound and
     * before the first accept, by the thread that starts the server. A UDP server that answers on
     * all addresses calls it later too, for each one that is new.
     *
     * @param listening the socket
     * @throws IOException to give up; the start then fails with it, and the port is free again. For
     *     an address that is new, {@link #onFailure} is called, and the server goes on.
     */
    default void onListening(BoundAddress listening) throws IOException {}

    /**
     * Called for each message. When it and the next {@link #commit} have returned, the message
     * counts as recorded.
     *
     * @param message what came
     * @throws IOException if it cannot be recorded; a TCP peer is then reset in place of a receipt,
     *     the server goes on, and {@link #onFailure} is called. Any other exception counts as the
     *     same.
     */
    void onMessage(ReceivedMessage message) throws IOException;

    /**
     * Called after messages, before their peer can know of any: what this thread has handed over is
     * to be recorded when this returns. A listener that gathers messages writes them here, many at
     * once; any other need not do anything.
     *
     * @throws IOException if the messages cannot be recorded; otherwise as for {@link #onMessage}
     */
    default void commit() throws IOException {}

    /**
     * Called after each TCP connection has been closed.
     *
     * @param session what it was
     */
    default void onEnd(Session session) {}

    /**
     * Called when a peer is not let in, or not answered: as often as peers cause it, and by the
     * thread that others wait for, so it must not block.
     *
     * @param peer who it says it is; that of a datagram may be forged
     * @param reason why not
     */
    default void onRefused(InetSocketAddress peer, RefusalReason reason) {}

    /**
     * Called when accepting, receiving or answering failed, or when a service or this listener
     * threw; the server goes on.
     *
     * @param failure the cause
     */
    default void onFailure(Exception failure) {}
}
