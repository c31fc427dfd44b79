package net.server.bind;

import net.protocol.Endpoint;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * An address to bind a socket to.
 *
 * @param isDual whether it is the wildcard of both families, as far as this machine has them
 */
public record BindAddress(InetSocketAddress address, boolean isDual) {
    /** Returns whether an IPv4 socket is needed; an IPv6 one may accept IPv4, too. */
    public boolean isIpv4() {
        return !isDual && address.getAddress() instanceof Inet4Address;
    }

    /** Returns whether the port is 0, so that the system chooses one. */
    public boolean hasEphemeralPort() {
        return address.getPort() == 0;
    }

    /** Returns whether this is a wildcard address. */
    public boolean isWildcard() {
        return address.getAddress().isAnyLocalAddress();
    }

    /** Returns whether this wildcard includes an address and port. */
    public boolean covers(InetSocketAddress local) {
        boolean isOfFamily = isDual || local.getAddress() instanceof Inet4Address == isIpv4();
        return isOfFamily && local.getPort() == address.getPort();
    }

    /** Returns whether this is a wildcard that includes another address, or equals it. */
    boolean covers(BindAddress other) {
        return isWildcard() && (!other.isDual || isDual) && covers(other.address);
    }

    /** Returns a non-wildcard address with the same port. */
    BindAddress withAddress(InetAddress other) {
        return new BindAddress(new InetSocketAddress(other, address.getPort()), false);
    }

    /** Returns the same address with another port. */
    public BindAddress withPort(int port) {
        return new BindAddress(new InetSocketAddress(address.getAddress(), port), isDual);
    }

    /** Compares the zone of link-local addresses, too, which the JDK ignores. */
    @Override
    public boolean equals(Object other) {
        return other instanceof BindAddress that
                && address.equals(that.address)
                && zone() == that.zone()
                && isDual == that.isDual;
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    private int zone() {
        return address.getAddress() instanceof Inet6Address ipv6 && ipv6.isLinkLocalAddress()
                ? ipv6.getScopeId()
                : 0;
    }

    /** Returns the endpoint, for messages. */
    @Override
    public String toString() {
        // The JDK may use the IPv4 wildcard for both families.
        return isDual && address.getAddress() instanceof Inet4Address
                ? new Endpoint(Endpoint.ANY_HOST, address.getPort()).toString()
                : Endpoint.of(address).toString();
    }
}
