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

    /** Returns whether an address is among the last ones found. */
    public boolean contains(InetSocketAddress peer) {
        return addresses.contains(peer);
    }

    /**
     * Replaces the addresses, keeping the preferred one in front; returns false if they are the
     * same in another order.
     */
    public boolean replace(List<InetSocketAddress> found) {
        if (found.size() == addresses.size() && addresses.containsAll(found)) {
            return false;
        }
        addresses = found;
        if (preferred.isPresent() && addresses.contains(preferred.get())) {
            moveToFront(preferred.get());
        } else {
            preferred = Optional.empty();
        }
        return true;
    }

    /**
     * Moves a working address to the front; returns false if it was already preferred, or has been
     * replaced.
     */
    public boolean prefer(InetSocketAddress peer) {
        if (!addresses.contains(peer)) {
            return false;
        }
        if (preferred.isPresent() && preferred.get().equals(peer)) {
            return false;
        }
        preferred = Optional.of(peer);
        moveToFront(peer);
        return true;
    }

    private void moveToFront(InetSocketAddress peer) {
        List<InetSocketAddress> ordered = new ArrayList<>(addresses);
        ordered.remove(peer);
        ordered.addFirst(peer);
        addresses = ordered;
    }
}
