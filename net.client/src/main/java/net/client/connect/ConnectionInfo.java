package net.client.connect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An established TCP connection, or a UDP socket connected to one of the server's addresses.
 *
 * @param local the client's address
 * @param peer the server's address
 * @param duration the time from the first connection attempt until established; empty over UDP
 * @param receiveBufferBytes the size granted by the system
 * @param sendBufferBytes the size granted by the system
 * @param failures the failures of other addresses, in order of time; an address without one was not
 *     tried, or its attempt was still pending
 */
public record ConnectionInfo(
        InetSocketAddress local,
        InetSocketAddress peer,
        Optional<Duration> duration,
        int receiveBufferBytes,
        int sendBufferBytes,
        List<ExchangeException> failures) {

    /** Creates an instance; the list is copied. */
    public ConnectionInfo {
        Objects.requireNonNull(peer, "peer");
        failures = List.copyOf(failures);
    }
}
