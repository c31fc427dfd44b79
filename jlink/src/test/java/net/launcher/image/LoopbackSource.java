package net.launcher.image;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;

/**
 * One of the loopback addresses, of which Linux has sixteen million, and peers that come from it.
 */
record LoopbackSource(String address) {
    /**
     * Says hello to a TCP server and half-closes; tells what comes until the end, as a peer does.
     */
    String visit(int port) throws IOException {
        try (TcpPeer peer = TcpPeer.connect(address, port)) {
            try {
                peer.send("hello");
            } catch (SocketException expected) {
                // Reset meanwhile: the data before it can be read, but not how it ended.
                return peer.awaitEnd().replace("<closed>", "<reset>");
            }
            return peer.awaitEnd();
        } catch (ConnectException e) {
            throw e;
        } catch (SocketException expected) {
            // Reset as soon as it was connected.
            return "<reset>";
        }
    }

    UdpPeer udp(int port) throws IOException {
        return UdpPeer.of(address, port);
    }
}
