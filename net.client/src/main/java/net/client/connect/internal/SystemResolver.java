package net.client.connect.internal;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.ResolverException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Resolves names with the resolver of the operating system, within the client's timeout. */
public final class SystemResolver implements Resolver {
    @Override
    public List<InetSocketAddress> resolve(ClientConfig client) throws ExchangeException {
        return resolve(
                client.endpoint(),
                SocketConfigurer.reachableFamily(client.socket()),
                client.timeout());
    }

    /** Returns the addresses of a family in the order to try them. */
    static List<InetSocketAddress> resolve(
            Endpoint endpoint, AddressFamily family, Duration timeout) throws ExchangeException {
        try {
            return alternating(endpoint.resolve(family, timeout));
        } catch (SocketTimeoutException e) {
            throw ExceptionTranslator.at(
                    Kind.DNS_TIMEOUT,
                    "lookup of",
                    endpoint,
                    "timed out, no answer from the resolver",
                    e);
        } catch (UnknownHostException e) {
            // The message distinguishes an unknown name from one without addresses of the family.
            Kind kind = e instanceof ResolverException ? Kind.DNS_FAILED : Kind.DNS;
            throw ExceptionTranslator.at(kind, "lookup of", endpoint, e.getMessage(), e);
        } catch (IOException e) {
            throw ExceptionTranslator.at("lookup of", endpoint, e);
        }
    }

    /**
     * Interleaves the address families, starting with that of the first address (RFC 8305, section
     * 4).
     */
    static List<InetSocketAddress> alternating(List<InetSocketAddress> addresses) {
        List<InetSocketAddress> first = new ArrayList<>();
        List<InetSocketAddress> second = new ArrayList<>();
        boolean isFirstIpv4 = isIpv4(addresses.getFirst());
        for (InetSocketAddress address : addresses) {
            (isIpv4(address) == isFirstIpv4 ? first : second).add(address);
        }
        List<InetSocketAddress> all = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            if (i < first.size()) {
                all.add(first.get(i));
            }
            if (i < second.size()) {
                all.add(second.get(i));
            }
        }
        return all;
    }

    private static boolean isIpv4(InetSocketAddress address) {
        return AddressFamily.IPV4.includes(address.getAddress());
    }
}
