package net.client;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** From an endpoint to its addresses, within a time. */
final class Resolver {
    private Resolver() {}

    static List<InetSocketAddress> resolve(Endpoint endpoint, Duration timeout)
            throws ExchangeException {
        try {
            return endpoint.resolve(AddressFamily.ANY, timeout);
        } catch (IOException e) {
            throw Failure.at("look-up of", endpoint, e);
        }
    }
}
