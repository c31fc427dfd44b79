package net.client.connect.internal;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;

import java.net.InetSocketAddress;
import java.util.List;

/** Resolves the server of a client. */
@FunctionalInterface
public interface Resolver {
    /** Returns the server's addresses, at least one, in the order to try them. */
    List<InetSocketAddress> resolve(ClientConfig client) throws ExchangeException;
}
