package net.client;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** From an endpoint to its addresses, before the deadline. */
final class Resolver {
    private Resolver() {}

    static List<InetSocketAddress> resolve(Endpoint endpoint, Deadline deadline)
            throws ExchangeException {
        try {
            Duration left = Duration.ofNanos(Math.max(deadline.leftNanos(), 0));
            return endpoint.resolve(AddressFamily.ANY, left);
        } catch (IOException e) {
            throw Failure.at("look-up of", endpoint, e);
        }
    }
}
