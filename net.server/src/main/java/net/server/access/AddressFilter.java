package net.server.access;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A filter that permits addresses that are allowed and not denied. Immutable.
 *
 * @param allowed permitted addresses, unless denied
 * @param denied addresses that are not permitted, even if allowed
 */
public record AddressFilter(AddressSet allowed, AddressSet denied) {
    /** The filter that permits all addresses. */
    public static final AddressFilter PERMIT_ALL =
            new AddressFilter(AddressSet.ALL, AddressSet.NONE);

    /** Creates a filter. */
    public AddressFilter {
        Objects.requireNonNull(allowed, "allowed");
        Objects.requireNonNull(denied, "denied");
    }

    /**
     * Returns whether an address is permitted.
     *
     * @param address an address of either family
     * @return true if the address is allowed and not denied
     */
    public boolean permits(InetAddress address) {
        if (this == PERMIT_ALL) {
            // Avoids the cost of a lookup.
            return true;
        }
        CidrBlock one = CidrBlock.of(address);
        return allowed.covers(one) && !denied.covers(one);
    }
}
