package net.server.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Handler of the connections and failures of an {@link Acceptor}. */
public interface AcceptHandler {
    /**
     * Called for each accepted connection.
     *
     * @param accepted the connection, which the handler closes
     * @throws IOException if the connection could not be closed
     */
    void onAccept(SocketChannel accepted) throws IOException;

    /** Called when accepting at a local address fails; the acceptor retries after a backoff. */
    void onAcceptFailure(InetSocketAddress local, IOException failure);
}
