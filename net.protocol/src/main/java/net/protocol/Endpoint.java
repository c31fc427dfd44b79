package net.protocol;

import net.protocol.internal.Preconditions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A host and a port, written {@code host:port} or {@code [v6]:port}.
 *
 * @param host a name (RFC 1123, section 2.1), an IPv4 address as four decimal numbers, an IPv6
 *     address (RFC 4291, section 2.2) without brackets and with an optional zone, or {@link
 *     #ANY_HOST}
 * @param port from 0 to 65535; 0 lets a server choose
 */
public record Endpoint(String host, int port) {
    /** Host that denotes all addresses of this machine. */
    public static final String ANY_HOST = "";

    /** Timeout of the name lookups that a server starts with. */
    public static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(10);

    /** The largest port. */
    public static final int MAX_PORT = 65_535;

    /**
     * Creates an endpoint without a name lookup.
     *
     * @throws IllegalArgumentException if the host has none of the forms above, or the port is out
     *     of range
     */
    public Endpoint {
        Hosts.check(host);
        Preconditions.require(
                port >= 0 && port <= MAX_PORT, "port must be from 0 to " + MAX_PORT, port);
    }

    /**
     * Parses an endpoint, without a name lookup. Rejects a host of digits only, usually a mistyped
     * port, short forms of IPv4 addresses such as {@code 127.1}, and an IPv6 address without
     * brackets that could also be a shorter one and a port, such as {@code ::1:9000}.
     *
     * @param text {@code HOST}, {@code HOST:PORT}, {@code :PORT}, {@code [V6]}, {@code [V6]:PORT},
     *     or an IPv6 address
     * @param defaultPort the port if the text has none, from 0 to 65535
     * @return the endpoint, with {@link #ANY_HOST} for {@code :PORT}
     * @throws IllegalArgumentException if the text is none of these; the message states the
     *     expected form
     */
    public static Endpoint parse(String text, int defaultPort) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("endpoint must not be empty");
        }
        EndpointCheck.requireNoUrl(text);
        boolean bracketed = text.startsWith("[");
        int colon = bracketed ? text.indexOf(']') + 1 : text.indexOf(':');
        boolean hasColons = !bracketed && colon >= 0 && text.indexOf(':', colon + 1) >= 0;
        if (hasColons) {
            EndpointCheck.requireAddressOnly(text);
        }
        if (hasColons || !bracketed && colon < 0) {
            return new Endpoint(text, defaultPort);
        }
        String host = text.substring(0, Math.max(colon, 0));
        String rest = text.substring(host.length());
        if (bracketed) {
            if (host.indexOf(':') < 0 || !rest.isEmpty() && rest.charAt(0) != ':') {
                throw new IllegalArgumentException(
                        "endpoint must be [V6] or [V6]:PORT: " + Preconditions.shown(text));
            }
            host = host.substring(1, host.length() - 1);
        }
        return new Endpoint(host, rest.isEmpty() ? defaultPort : parsePort(rest.substring(1)));
    }

    /**
     * Parses a port.
     *
     * @param text one to five ASCII digits, without a sign or a leading zero
     * @return from 0 to 65535
     * @throws IllegalArgumentException if the text is anything else
     */
    public static int parsePort(String text) {
        boolean number =
                !text.isEmpty()
                        && text.length() <= 5
                        && Hosts.allMatch(text, Hosts::isDigit)
                        && (text.charAt(0) != '0' || text.length() == 1);
        int port = number ? Integer.parseInt(text) : -1;
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "port must be a number from 0 to "
                            + MAX_PORT
                            + ": "
                            + Preconditions.shown(text));
        }
        return port;
    }

    /**
     * Returns a socket's address as an endpoint with a numeric host.
     *
     * @param address a resolved address
     * @return the endpoint, its host in the form of RFC 5952 where it is IPv6
     */
    public static Endpoint of(InetSocketAddress address) {
        return new Endpoint(Hosts.numeric(address.getAddress()), address.getPort());
    }

    /**
     * Returns whether the host is an address or {@link #ANY_HOST} rather than a name.
     *
     * @return true if {@link #resolve} needs no lookup
     */
    public boolean isNumeric() {
        return host.equals(ANY_HOST) || Hosts.isNumeric(host);
    }

    /**
     * Returns the addresses of the host, in the resolver's order. Blocks during the lookup of a
     * name, without a timeout; a numeric host requires no lookup.
     *
     * @return at least one; the wildcard address for {@link #ANY_HOST}
     * @throws UnknownHostException if the name is not known
     * @throws ResolverException if the resolver failed
     * @throws java.net.SocketException if the zone is not an interface of this machine
     */
    public List<InetSocketAddress> resolve() throws IOException {
        if (host.equals(ANY_HOST)) {
            return List.of(new InetSocketAddress(port));
        }
        if (Hosts.isNumeric(host)) {
            return List.of(new InetSocketAddress(Hosts.literal(host), port));
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : Hosts.lookUp(host)) {
            addresses.add(new InetSocketAddress(address, port));
        }
        return List.copyOf(addresses);
    }

    /**
     * Returns the host's addresses of a family, in the resolver's order. Blocks during the lookup
     * of a name, up to a timeout; a numeric host requires no lookup.
     *
     * @param family of the addresses
     * @param timeout of a lookup
     * @return at least one; the family's wildcard address for {@link #ANY_HOST}
     * @throws UnknownHostException if the name is not known, or has no address of the family
     * @throws ResolverException if the resolver failed
     * @throws java.net.SocketTimeoutException if the lookup timed out
     * @throws java.io.InterruptedIOException if the thread was interrupted; its status is set
     * @throws java.net.SocketException if the zone is not an interface of this machine
     */
    public List<InetSocketAddress> resolve(AddressFamily family, Duration timeout)
            throws IOException {
        if (family != AddressFamily.ANY && host.equals(ANY_HOST)) {
            return List.of(new InetSocketAddress(Hosts.wildcard(family), port));
        }
        List<InetSocketAddress> addresses =
                isNumeric() ? resolve() : Lookup.within(timeout, this::resolve);
        if (family == AddressFamily.ANY) {
            return addresses;
        }
        List<InetSocketAddress> chosen = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            if (family.includes(address.getAddress())) {
                chosen.add(address);
            }
        }
        if (chosen.isEmpty()) {
            throw new UnknownHostException("no " + family.label() + " address");
        }
        return List.copyOf(chosen);
    }

    /**
     * Returns the endpoint as text.
     *
     * @return {@code host:port}, with brackets around an IPv6 address
     */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
