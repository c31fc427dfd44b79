package net.server;

import net.protocol.AddressFamily;
import net.server.access.AddressFilter;
import net.server.access.RefusalReason;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/** Whom a server serves, by address; safe for use by several threads. */
final class Admission {
    private static final Optional<RefusalReason> DENIED = Optional.of(RefusalReason.DENIED);
    private static final Optional<RefusalReason> FAMILY = Optional.of(RefusalReason.FAMILY);

    private final AddressFamily family;
    private volatile AddressFilter filter;

    Admission(AddressFamily family, AddressFilter filter) {
        this.family = family;
        this.filter = filter;
    }

    /** Takes another filter, for those who come from now on. */
    void replace(AddressFilter other) {
        filter = Objects.requireNonNull(other, "filter");
    }

    /** Returns the reason not to let a peer in, if there is one. */
    Optional<RefusalReason> refusal(InetAddress source) {
        // A socket for IPv6 alone cannot be had in Java.
        if (!family.includes(source)) {
            return FAMILY;
        }
        return filter.permits(source) ? Optional.empty() : DENIED;
    }
}
