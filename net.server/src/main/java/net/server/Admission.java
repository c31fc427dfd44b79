package net.server;

import net.protocol.AddressFamily;
import net.server.access.AddressFilter;
import net.server.access.RefusalReason;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/** Admits peers by address family and filter. Thread-safe. */
final class Admission {
    private static final Optional<RefusalReason> DENIED = Optional.of(RefusalReason.DENIED);
    private static final Optional<RefusalReason> FAMILY = Optional.of(RefusalReason.FAMILY);

    private final AddressFamily family;
    private volatile AddressFilter filter;

    Admission(AddressFamily family, AddressFilter filter) {
        this.family = family;
        this.filter = filter;
    }

    /** Replaces the filter for later calls of {@link #refusal}. */
    void replaceFilter(AddressFilter other) {
        filter = Objects.requireNonNull(other, "filter");
    }

    /** Returns the reason to refuse a peer, if there is one. */
    Optional<RefusalReason> refusal(InetAddress source) {
        // Java cannot open a socket that accepts only IPv6.
        if (!family.includes(source)) {
            return FAMILY;
        }
        return filter.permits(source) ? Optional.empty() : DENIED;
    }
}
