package net.server;

import java.io.IOException;

/** A listener with a client of its own, which has done its part before the server first accepts. */
final class EarlyPeer extends ListenerLog implements AutoCloseable {
    /** What the client does, once connected. */
    interface Part {
        void play(Peer peer) throws IOException;
    }

    private final Part part;
    private Peer peer;

    EarlyPeer(Part part) {
        this.part = part;
    }

    @Override
    public void onListening(BoundAddress listening) throws IOException {
        peer = Peer.connect(listening.local());
        part.play(peer);
    }

    Peer peer() {
        return peer;
    }

    @Override
    public void close() throws IOException {
        if (peer != null) {
            peer.close();
        }
    }
}
