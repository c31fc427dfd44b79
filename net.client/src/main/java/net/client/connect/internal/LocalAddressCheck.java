package net.client.connect.internal;

import net.client.connect.SocketConfig;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Detects that this machine's address has changed (DHCP, VPN, roaming): a new socket to the same
 * peer would have another local address. A connected UDP socket keeps the old one, so that its
 * datagrams fail (IPv4) or remain unanswered (IPv6). For use by one thread at a time.
 */
public final class LocalAddressCheck {
    /** Minimum time between checks after failures, so that an outage causes few of them. */
    private static final long FAILURE_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Time between checks if no answers are expected: a change causes no timeout then. */
    private static final long UNANSWERED_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Optional<InetSocketAddress> source;
    private long checkedNanos = System.nanoTime();

    public LocalAddressCheck(SocketConfig config) {
        // Any port: the configured one is in use by the socket.
        this.source = config.source().map(at -> new InetSocketAddress(at.getAddress(), 0));
    }

    /**
     * Returns whether a socket should be replaced, after a failure to send or a lost answer; false
     * if the last check was less than 100 ms ago.
     */
    public boolean isOutdatedAfterFailure(InetSocketAddress local, InetSocketAddress peer) {
        return isDue(FAILURE_INTERVAL_NANOS) && isOutdated(local, peer);
    }

    /**
     * Returns whether a socket for datagrams without answers should be replaced; checks once a
     * second.
     */
    public boolean isOutdatedUnanswered(InetSocketAddress local, InetSocketAddress peer) {
        return isDue(UNANSWERED_INTERVAL_NANOS) && isOutdated(local, peer);
    }

    private boolean isDue(long intervalNanos) {
        long nowNanos = System.nanoTime();
        boolean isDue = nowNanos - checkedNanos >= intervalNanos;
        checkedNanos = isDue ? nowNanos : checkedNanos;
        return isDue;
    }

    /** Returns whether a new socket would have another local address. */
    public boolean isOutdated(InetSocketAddress local, InetSocketAddress peer) {
        try (DatagramChannel next = DatagramChannel.open()) {
            try {
                next.bind(source.orElse(null));
            } catch (BindException e) {
                // The configured source no longer exists: a new socket fails with a clear message.
                return true;
            }
            next.connect(peer);
            InetSocketAddress chosen = (InetSocketAddress) next.getLocalAddress();
            return !chosen.getAddress().equals(local.getAddress());
        } catch (IOException e) {
            // A new socket would fail too, and the old one works again if its address returns.
            return false;
        }
    }
}
