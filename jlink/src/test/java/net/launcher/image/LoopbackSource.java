package net.launcher.image;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;

/** One of the sixteen million loopback addresses of Linux, and peers that connect from it. */
record LoopbackSource(String address) {
    /** Sends hello to a TCP server and half-closes; returns {@link TcpPeer#awaitEnd}. */
    String exchange(int port) throws IOException {
        try (TcpPeer peer = TcpPeer.connect(address, port)) {
            try {
                peer.send("hello");
            } catch (SocketException expected) {
                // Reset meanwhile: the data before it can be read, but the end is unknown.
                return peer.awaitEnd().replace("<closed>", "<reset>");
            }
            return peer.awaitEnd();
        } catch (ConnectException e) {
            throw e;
        } catch (SocketException expected) {
            // Reset immediately.
            return "<reset>";
        }
    }

    UdpPeer udp(int port) throws IOException {
        return UdpPeer.of(address, port);
    }
}
