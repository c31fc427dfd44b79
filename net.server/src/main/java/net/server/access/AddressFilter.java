package net.server.access;

import java.net.InetAddress;
import java.util.Objects;

/**
 * Whom a server serves: who is allowed and not denied. As text:
 *
 * <pre>
 * filter = allow / deny / allow ";" deny    ; no allow: everybody is; no deny: nobody is
 * allow  = "allow=" set                     ; an {@link AddressSet}; an empty one allows nobody
 * deny   = "deny=" set
 * </pre>
 *
 * <p>For example {@code allow=10.0.0.0/8,::1;deny=10.1.0.0/16}. There, {@code 0.0.0.0/0} is
 * everybody over IPv4 and {@code ::/0} everybody over IPv6. Immutable, and nothing is looked up.
 *
 * @param allowed who is served unless denied; all others are not
 * @param denied who is not served, allowed or not
 */
public record AddressFilter(AddressSet allowed, AddressSet denied) {
    /** The filter that permits all. */
    public static final AddressFilter EVERYBODY =
            new AddressFilter(AddressSet.EVERYBODY, AddressSet.NOBODY);

    private static final String ALLOW = "allow=";
    private static final String DENY = "deny=";

    /** Creates a filter. */
    public AddressFilter {
        Objects.requireNonNull(allowed, "allowed");
        Objects.requireNonNull(denied, "denied");
    }

    /**
     * Returns the filter that a text names.
     *
     * @param text of the form above
     * @return a filter
     * @throws IllegalArgumentException if the text is of another form, or one of the blocks is
     *     none; the message says what it must be
     */
    public static AddressFilter parse(String text) {
        String[] rules = text.split(";", 3);
        String last = rules[rules.length - 1];
        boolean allows = rules[0].startsWith(ALLOW);
        boolean denies = last.startsWith(DENY);
        if (rules.length != (allows ? 1 : 0) + (denies ? 1 : 0)) {
            throw CidrBlock.refusal(
                    "filter must be allow=BLOCKS;deny=BLOCKS or one of the two", text);
        }
        return new AddressFilter(
                allows
                        ? AddressSet.parse(rules[0].substring(ALLOW.length()))
                        : AddressSet.EVERYBODY,
                denies ? AddressSet.parse(last.substring(DENY.length())) : AddressSet.NOBODY);
    }

    /**
     * Tells whether a peer is served.
     *
     * @param address its address
     * @return true if the address is allowed and not denied
     */
    public boolean permits(InetAddress address) {
        if (this == EVERYBODY) {
            // Servers without rules pay for none.
            return true;
        }
        CidrBlock one = CidrBlock.of(address);
        return allowed.covers(one) && !denied.covers(one);
    }

    /**
     * Returns the filter as {@link #parse} takes it.
     *
     * @return both rules
     */
    @Override
    public String toString() {
        return ALLOW + allowed + ";" + DENY + denied;
    }
}
