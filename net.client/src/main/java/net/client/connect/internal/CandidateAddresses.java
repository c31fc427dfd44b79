package net.client.connect.internal;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses of a server in the order to try them. */
public final class CandidateAddresses {
    private List<InetSocketAddress> addresses;
    private Optional<InetSocketAddress> preferred = Optional.empty();

    public CandidateAddresses(List<InetSocketAddress> addresses) {
        this.addresses = addresses;
    }

    /** Returns an immutable snapshot of the addresses. */
    public List<InetSocketAddress> addresses() {
        return addresses;
    }

    /** Moves a working address to the front; returns false if it was already preferred. */
    public boolean prefer(InetSocketAddress peer) {
        if (preferred.isPresent() && preferred.get().equals(peer)) {
            return false;
        }
        preferred = Optional.of(peer);
        List<InetSocketAddress> ordered = new ArrayList<>(addresses);
        ordered.remove(peer);
        ordered.addFirst(peer);
        addresses = ordered;
        return true;
    }
}
