package net.client.connect.internal;

import net.client.connect.ExchangeException.Kind;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/** Kinds of the system's errors, for which the JDK often has only the text of the C library. */
final class SystemErrors {
    /** EINVAL, whose text explains nothing. */
    static final String INVALID_ARGUMENT = "invalid argument";

    /** Parts of error texts in lower case, in the order of the search. */
    private static final List<Entry<String, Kind>> KINDS =
            List.of(
                    Map.entry("permission denied", Kind.PERMISSION),
                    Map.entry("operation not permitted", Kind.PERMISSION),
                    Map.entry("message too long", Kind.TOO_LARGE),
                    Map.entry("connection refused", Kind.REFUSED),
                    Map.entry("timed out", Kind.TIMEOUT),
                    Map.entry("reset", Kind.RESET),
                    Map.entry("broken pipe", Kind.RESET),
                    Map.entry("connection abort", Kind.RESET),
                    Map.entry("unreachable", Kind.UNREACHABLE),
                    Map.entry("no route to host", Kind.UNREACHABLE),
                    Map.entry("is down", Kind.UNREACHABLE),
                    Map.entry("not on the network", Kind.UNREACHABLE),
                    Map.entry("address family", Kind.UNREACHABLE),
                    Map.entry("protocol", Kind.UNREACHABLE),
                    Map.entry("operation not supported", Kind.UNREACHABLE),
                    Map.entry(INVALID_ARGUMENT, Kind.LOCAL),
                    Map.entry("no such device", Kind.LOCAL),
                    Map.entry("no such interface", Kind.LOCAL),
                    Map.entry("address already in use", Kind.LOCAL),
                    Map.entry("assign requested address", Kind.LOCAL),
                    Map.entry("too many open files", Kind.LOCAL),
                    Map.entry("no buffer space", Kind.LOCAL),
                    Map.entry("cannot allocate memory", Kind.LOCAL),
                    Map.entry("no space left", Kind.LOCAL),
                    Map.entry("temporarily unavailable", Kind.LOCAL),
                    Map.entry("interrupted system call", Kind.LOCAL),
                    Map.entry("operation already in progress", Kind.LOCAL),
                    Map.entry("operation now in progress", Kind.LOCAL),
                    Map.entry("transport endpoint is", Kind.LOCAL),
                    Map.entry("destination address required", Kind.LOCAL),
                    Map.entry("socket operation on non-socket", Kind.LOCAL),
                    Map.entry("socket type not supported", Kind.LOCAL),
                    Map.entry("bad file descriptor", Kind.LOCAL),
                    Map.entry("bad address", Kind.LOCAL));

    private SystemErrors() {}

    /** Returns the kind of an error by its text in lower case; empty if the text is unknown. */
    static Optional<Kind> kind(String text) {
        for (Entry<String, Kind> entry : KINDS) {
            if (text.contains(entry.getKey())) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }
}
