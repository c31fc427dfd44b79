package net.client.connect.internal;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.protocol.Endpoint;
import net.protocol.Message;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** From what the JDK throws to a kind and to words. */
public final class ExceptionTranslator {
    /** What tells more of the server comes first. */
    private static final List<Kind> TELLING =
            List.of(Kind.INTERRUPTED, Kind.RESET, Kind.REFUSED, Kind.FILTERED, Kind.UNREACHABLE);

    private static final String BROKEN_PIPE = "broken pipe";

    private ExceptionTranslator() {}

    /** Returns a failure at a name, before a byte was sent. */
    public static ExchangeException at(String verb, Endpoint endpoint, Exception cause) {
        return at(verb, endpoint, 0, cause);
    }

    /** Returns a failure at an address, after some bytes were sent. */
    public static ExchangeException at(
            String verb, InetSocketAddress peer, long sent, Exception cause) {
        return at(verb, Endpoint.of(peer), sent, cause);
    }

    /** Returns a failure of an exchange with an address. */
    public static ExchangeException of(
            Kind kind,
            InetSocketAddress peer,
            String detail,
            Message received,
            long sent,
            Exception cause) {
        String message = "exchange with " + Endpoint.of(peer) + " failed: " + detail;
        return new ExchangeException(kind, message, received, sent, cause);
    }

    /** Returns a failure of an attempt to connect to an address. */
    static ExchangeException connecting(InetSocketAddress peer, Exception cause) {
        Kind kind = kind(cause);
        return kind == Kind.TIMEOUT
                ? at(
                        Kind.FILTERED,
                        "connect to",
                        Endpoint.of(peer),
                        "timed out, no answer of any kind",
                        cause)
                : at("connect to", peer, 0, cause);
    }

    /** Returns a failure at a name or address, before a byte was sent. */
    public static ExchangeException at(
            Kind kind, String verb, Endpoint at, String detail, Exception cause) {
        String message = verb + " " + at + " failed: " + detail;
        return new ExchangeException(kind, message, Message.of(""), 0, cause);
    }

    private static ExchangeException at(String verb, Endpoint at, long sent, Exception cause) {
        Kind kind = kind(cause);
        String message = verb + " " + at + " failed: " + detail(kind, cause);
        return new ExchangeException(kind, message, Message.of(""), sent, cause);
    }

    /** Returns one failure for all addresses of a name, of the kind that tells most. */
    public static ExchangeException all(List<ExchangeException> failures) {
        ExchangeException first = failures.getFirst();
        if (failures.size() == 1) {
            return first;
        }
        Kind kind = first.kind();
        for (Kind telling : TELLING.reversed()) {
            kind = has(failures, telling) ? telling : kind;
        }
        String message =
                failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
        long sent = failures.stream().mapToLong(ExchangeException::bytesSent).sum();
        ExchangeException all = new ExchangeException(kind, message, Message.of(""), sent, first);
        failures.stream().skip(1).forEach(all::addSuppressed);
        return all;
    }

    private static boolean has(List<ExchangeException> failures, Kind kind) {
        return failures.stream().anyMatch(failure -> failure.kind() == kind);
    }

    /** The JDK has no type for some of these, only the system's text. */
    private static Kind kind(Exception cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return switch (cause) {
            case Exception _ when Thread.currentThread().isInterrupted() -> Kind.INTERRUPTED;
            case UnknownHostException _ -> Kind.DNS;
            case SocketTimeoutException _ -> Kind.TIMEOUT;
            case PortUnreachableException _ -> Kind.REFUSED;
            case NoRouteToHostException _ -> Kind.UNREACHABLE;
            case IOException _ when text.contains("permission denied") -> Kind.PERMISSION;
            case IOException _ when text.contains("message too long") -> Kind.TOO_LARGE;
            case BindException _ -> Kind.LOCAL;
            case IOException _ when isExhausted(text) -> Kind.LOCAL;
            case ConnectException _ when text.contains("timed out") -> Kind.TIMEOUT;
            case ConnectException _ -> Kind.REFUSED;
            case IOException _ when text.contains("unreachable") -> Kind.UNREACHABLE;
            case IOException _ when text.contains("reset") || text.contains(BROKEN_PIPE) ->
                    Kind.RESET;
            // The JDK throws an unchecked exception without a message where a family is missing.
            case RuntimeException _ -> Kind.UNREACHABLE;
            default -> Kind.OTHER;
        };
    }

    /**
     * Tells whether a write failed since the peer had ended the connection in order; the system
     * tells of a reset that came first in other words.
     */
    public static boolean isPastEnd(IOException cause) {
        return String.valueOf(cause.getMessage()).equalsIgnoreCase(BROKEN_PIPE);
    }

    private static boolean isExhausted(String text) {
        return text.contains("too many open files")
                || text.contains("no buffer space")
                || text.contains("cannot allocate memory");
    }

    private static String detail(Kind kind, Exception cause) {
        return switch (kind) {
            case DNS -> "name not found";
            case REFUSED -> "connection refused";
            case TIMEOUT -> "timed out";
            case INTERRUPTED -> "interrupted";
            default ->
                    cause.getMessage() == null
                            ? "address family not supported"
                            : cause.getMessage().toLowerCase(Locale.ROOT);
        };
    }
}
