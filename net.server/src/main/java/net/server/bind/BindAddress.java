package net.server.bind;

import net.protocol.Endpoint;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where one socket is to be bound.
 *
 * @param isDual the wildcard of both families, as far as this machine has them
 */
public record BindAddress(InetSocketAddress address, boolean isDual) {
    /** Tells whether the socket is to be one of IPv4: one of IPv6 may take IPv4 too. */
    public boolean isIpv4() {
        return !isDual && address.getAddress() instanceof Inet4Address;
    }

    /** Tells whether the system is to choose the port. */
    public boolean isPortFree() {
        return address.getPort() == 0;
    }

    /** Tells whether it stands for all addresses of a family, or of both. */
    public boolean isWildcard() {
        return address.getAddress().isAnyLocalAddress();
    }

    /** Tells whether an address and port are among those that this wildcard stands for. */
    public boolean covers(InetSocketAddress local) {
        boolean isOfFamily = isDual || local.getAddress() instanceof Inet4Address == isIpv4();
        return isOfFamily && local.getPort() == address.getPort();
    }

    /** Tells whether this is a wildcard that stands for another place, or the same. */
    boolean covers(BindAddress place) {
        return isWildcard() && (!place.isDual || isDual) && covers(place.address);
    }

    BindAddress at(InetAddress other) {
        return new BindAddress(new InetSocketAddress(other, address.getPort()), false);
    }

    public BindAddress at(int port) {
        return new BindAddress(new InetSocketAddress(address.getAddress(), port), isDual);
    }

    /** Tells link-local addresses of two interfaces apart, which the JDK takes for one. */
    @Override
    public boolean equals(Object other) {
        return other instanceof BindAddress place
                && address.equals(place.address)
                && zone() == place.zone()
                && isDual == place.isDual;
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

    /** Returns it for messages. */
    @Override
    public String toString() {
        // What the JDK tells for no host is the wildcard of IPv4.
        return isDual && address.getAddress() instanceof Inet4Address
                ? new Endpoint(Endpoint.ANY_HOST, address.getPort()).toString()
                : Endpoint.of(address).toString();
    }
}
