package net.client;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Result of a {@link MaxDatagramProbe}.
 *
 * @param peer the address that answered
 * @param largestBytes the largest payload that was echoed intact, at least 1
 * @param smallestLostBytes the next larger payload, which was not echoed; empty if there is none
 * @param isUnfragmented whether the largest datagram passed unfragmented both ways: it was sent
 *     with the don't-fragment flag, and this machine received no fragments, neither of the answer
 *     nor of other datagrams; false also if the system does not count fragments
 */
public record MaxDatagramResult(
        InetSocketAddress peer,
        int largestBytes,
        OptionalInt smallestLostBytes,
        boolean isUnfragmented) {

    /** Creates a result. */
    public MaxDatagramResult {
        Objects.requireNonNull(peer, "peer");
    }
}
