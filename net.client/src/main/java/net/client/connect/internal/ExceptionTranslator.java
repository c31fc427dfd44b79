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

/** Translates exceptions of the JDK into {@link ExchangeException}s. */
public final class ExceptionTranslator {
    /** Kinds that describe the server, most specific first. */
    private static final List<Kind> PRECEDENCE =
            List.of(Kind.INTERRUPTED, Kind.RESET, Kind.REFUSED, Kind.FILTERED, Kind.UNREACHABLE);

    private static final String BROKEN_PIPE = "broken pipe";

    private ExceptionTranslator() {}

    /** Returns the failure of an operation on an endpoint, before any byte was sent. */
    public static ExchangeException at(String verb, Endpoint endpoint, Exception cause) {
        return at(verb, endpoint, 0, cause);
    }

    /** Returns the failure of an operation on an address, after some bytes were sent. */
    public static ExchangeException at(
            String verb, InetSocketAddress peer, long sent, Exception cause) {
        return at(verb, Endpoint.of(peer), sent, cause);
    }

    /** Returns the failure of an exchange with an address. */
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

    /** Returns the failure of a connection attempt. */
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

    /** Returns a failure of the given kind, before any byte was sent. */
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

    /** Combines the failures of all addresses into one, of the most specific kind. */
    public static ExchangeException all(List<ExchangeException> failures) {
        ExchangeException first = failures.getFirst();
        if (failures.size() == 1) {
            return first;
        }
        Kind kind = first.kind();
        for (Kind candidate : PRECEDENCE.reversed()) {
            kind = has(failures, candidate) ? candidate : kind;
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

    /** Classifies an exception; for some errors the JDK has no type, only the system's text. */
    private static Kind kind(Exception cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return switch (cause) {
            case Exception _ when Thread.currentThread().isInterrupted() -> Kind.INTERRUPTED;
            case UnknownHostException _ -> Kind.DNS;
            case SocketTimeoutException _ -> Kind.TIMEOUT;
            case PortUnreachableException _ -> Kind.REFUSED;
            case NoRouteToHostException _ -> Kind.UNREACHABLE;
            // Thrown unchecked and without a message if the address family is not supported.
            case RuntimeException _ -> Kind.UNREACHABLE;
            default -> SystemErrors.kind(text).orElse(kindOfType(cause));
        };
    }

    private static Kind kindOfType(Exception cause) {
        return switch (cause) {
            case BindException _ -> Kind.LOCAL;
            case ConnectException _ -> Kind.REFUSED;
            default -> Kind.OTHER;
        };
    }

    /**
     * Returns whether a write failed after the peer had closed the connection (EPIPE), as opposed
     * to a reset received before the write (ECONNRESET).
     */
    public static boolean isPastEnd(IOException cause) {
        return String.valueOf(cause.getMessage()).equalsIgnoreCase(BROKEN_PIPE);
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
                            : explained(cause.getMessage().toLowerCase(Locale.ROOT));
        };
    }

    /** Adds the usual causes to a text that names none. */
    private static String explained(String text) {
        return text.equals(SystemErrors.INVALID_ARGUMENT)
                ? text + " (no zone, a loopback source, or a blackhole route)"
                : text;
    }
}
