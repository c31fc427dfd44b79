package net.protocol;

import java.net.Inet4Address;
import java.net.InetAddress;

/** A choice of address families. */
public enum AddressFamily {
    /** IPv4 and IPv6. */
    ANY("IP"),

    /** Internet Protocol version 4, RFC 791. */
    IPV4("IPv4"),

    /** Internet Protocol version 6, RFC 8200. */
    IPV6("IPv6");

    private final String label;

    AddressFamily(String label) {
        this.label = label;
    }

    /**
     * Returns the name used in error messages.
     *
     * @return {@code IP}, {@code IPv4} or {@code IPv6}
     */
    public String label() {
        return label;
    }

    /**
     * Returns whether an address belongs to the family.
     *
     * @param address of either family; the JDK converts mapped addresses (RFC 4291, section
     *     2.5.5.2) to IPv4
     * @return true if it does
     */
    public boolean includes(InetAddress address) {
        return switch (this) {
            case ANY -> true;
            case IPV4 -> address instanceof Inet4Address;
            case IPV6 -> !(address instanceof Inet4Address);
        };
    }
}
