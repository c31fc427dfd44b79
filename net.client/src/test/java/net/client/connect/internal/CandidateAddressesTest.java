package net.client.connect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

class CandidateAddressesTest {
    private final InetSocketAddress a = peer(1);
    private final InetSocketAddress b = peer(2);
    private final InetSocketAddress c = peer(3);
    private final CandidateAddresses peers = new CandidateAddresses(List.of(a, b, c));

    private static InetSocketAddress peer(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void preferredAddressComesFirst() {
        assertEquals(List.of(a, b, c), peers.addresses());
        assertTrue(peers.prefer(b));
        assertEquals(List.of(b, a, c), peers.addresses());
        assertTrue(peers.prefer(c));
        assertEquals(List.of(c, b, a), peers.addresses());
        assertTrue(peers.prefer(b));
        assertEquals(List.of(b, c, a), peers.addresses());
    }

    @Test
    void preferReturnsTrueOnlyOnChange() {
        // Not even the first address was preferred before.
        assertTrue(peers.prefer(a));
        assertFalse(peers.prefer(a));
        assertTrue(peers.prefer(b));
        assertTrue(peers.prefer(a));
    }

    /** So that an iteration in progress is not affected. */
    @Test
    void returnedListIsSnapshot() {
        List<InetSocketAddress> before = peers.addresses();
        peers.prefer(c);
        assertEquals(List.of(a, b, c), before);
    }

    @Test
    void replacedAddressIsNotPreferredAgain() {
        peers.prefer(b);
        assertTrue(peers.replace(List.of(a, c)));
        assertFalse(peers.prefer(b));
        assertEquals(List.of(a, c), peers.addresses());
        assertFalse(peers.contains(b));
        assertTrue(peers.prefer(c));
        assertEquals(List.of(c, a), peers.addresses());
    }

    @Test
    void sameAddressesInAnotherOrderAreNoChange() {
        peers.prefer(b);
        assertFalse(peers.replace(List.of(c, b, a)));
        assertEquals(List.of(b, a, c), peers.addresses());
    }

    @Test
    void preferredAddressStaysInFront() {
        peers.prefer(c);
        assertTrue(peers.replace(List.of(a, c)));
        assertEquals(List.of(c, a), peers.addresses());
    }
}
