package net.client.connect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The way that a client found to one of a server's addresses: over TCP a connection that stands,
 * over UDP a socket of its own.
 *
 * @param local the client's address
 * @param peer the address that has won
 * @param duration from the first packet to the connection; empty over UDP
 * @param receiveBufferBytes what the system granted
 * @param sendBufferBytes what the system granted
 * @param failures why other addresses have not won, in the order in which they failed; of those not
 *     told, none had answered yet
 */
public record ConnectionInfo(
        InetSocketAddress local,
        InetSocketAddress peer,
        Optional<Duration> duration,
        int receiveBufferBytes,
        int sendBufferBytes,
        List<ExchangeException> failures) {

    /** Creates a connection; the list is copied. */
    public ConnectionInfo {
        Objects.requireNonNull(peer, "peer");
        failures = List.copyOf(failures);
    }
}
