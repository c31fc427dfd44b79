package net.server.access;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A filter that permits addresses that are allowed and not denied. As text:
 *
 * <pre>
 * filter = allow / deny / allow ";" deny    ; no allow: all addresses; no deny: none
 * allow  = "allow=" set                     ; an {@link AddressSet}; an empty one allows none
 * deny   = "deny=" set
 * </pre>
 *
 * <p>For example {@code allow=10.0.0.0/8,::1;deny=10.1.0.0/16}. {@code 0.0.0.0/0} is all of IPv4
 * and {@code ::/0} all of IPv6. Immutable; no name is resolved.
 *
 * @param allowed permitted addresses, unless denied
 * @param denied addresses that are not permitted, even if allowed
 */
public record AddressFilter(AddressSet allowed, AddressSet denied) {
    /** The filter that permits all addresses. */
    public static final AddressFilter PERMIT_ALL =
            new AddressFilter(AddressSet.ALL, AddressSet.NONE);

    private static final String ALLOW = "allow=";
    private static final String DENY = "deny=";

    /** Creates a filter. */
    public AddressFilter {
        Objects.requireNonNull(allowed, "allowed");
        Objects.requireNonNull(denied, "denied");
    }

    /**
     * Parses a filter.
     *
     * @param text of the form above
     * @return a filter
     * @throws IllegalArgumentException if the text has another form; the message names the rule
     */
    public static AddressFilter parse(String text) {
        String[] rules = text.split(";", 3);
        String last = rules[rules.length - 1];
        boolean allows = rules[0].startsWith(ALLOW);
        boolean denies = last.startsWith(DENY);
        if (rules.length != (allows ? 1 : 0) + (denies ? 1 : 0)) {
            throw CidrBlock.rejection(
                    "filter must be allow=BLOCKS;deny=BLOCKS or one of the two", text);
        }
        return new AddressFilter(
                allows ? AddressSet.parse(rules[0].substring(ALLOW.length())) : AddressSet.ALL,
                denies ? AddressSet.parse(last.substring(DENY.length())) : AddressSet.NONE);
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

    /**
     * Returns the text form.
     *
     * @return both rules, for {@link #parse}
     */
    @Override
    public String toString() {
        return ALLOW + allowed + ";" + DENY + denied;
    }
}
