package net.client;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How large the datagrams are that get through to a server and come back.
 *
 * @param peer the address that has answered
 * @param largestBytes the largest payload that came back whole, from 0
 * @param smallestLostBytes the next larger one, which did not; empty if there is none
 * @param isUnfragmented whether no link on the way had cut datagrams to pieces: a larger one was
 *     dropped there, or refused by this machine
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
