package net.server;

import java.io.IOException;

/** A listener whose client acts after the bind and before the first accept. */
final class EarlyPeer extends ListenerLog implements AutoCloseable {
    /** The actions of the client after the connect. */
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
