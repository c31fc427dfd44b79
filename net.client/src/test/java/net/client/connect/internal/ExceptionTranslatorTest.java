package net.client.connect.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.stream.Stream;

class ExceptionTranslatorTest {
    private static final InetSocketAddress PEER =
            new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 80);

    @ParameterizedTest
    @MethodSource
    void translatesToKindAndDetail(Exception cause, Kind kind, String detail) {
        ExchangeException failure = ExceptionTranslator.at("connect to", PEER, 7, cause);
        assertEquals(kind, failure.kind());
        assertEquals("connect to [2001:db8::1]:80 failed: " + detail, failure.getMessage());
        assertEquals(7, failure.bytesSent());
        assertEquals(Message.of(""), failure.received());
        assertSame(cause, failure.getCause());
    }

    /** The texts are those of the C library and the JDK. */
    static Stream<Arguments> translatesToKindAndDetail() {
        return Stream.of(
                arguments(new UnknownHostException("x"), Kind.DNS, "name not found"),
                arguments(
                        new ConnectException("Connection refused"),
                        Kind.REFUSED,
                        "connection refused"),
                arguments(new PortUnreachableException(), Kind.REFUSED, "connection refused"),
                arguments(
                        new NoRouteToHostException("No route to host"),
                        Kind.UNREACHABLE,
                        "no route to host"),
                arguments(
                        new SocketException("Network is unreachable"),
                        Kind.UNREACHABLE,
                        "network is unreachable"),
                arguments(
                        new UnsupportedAddressTypeException(),
                        Kind.UNREACHABLE,
                        "address family not supported"),
                arguments(
                        new SocketTimeoutException("Connect timed out"), Kind.TIMEOUT, "timed out"),
                arguments(new ConnectException("Connection timed out"), Kind.TIMEOUT, "timed out"),
                arguments(new SocketException("Connection reset"), Kind.RESET, "connection reset"),
                arguments(new IOException("Broken pipe"), Kind.RESET, "broken pipe"),
                arguments(
                        new BindException("Cannot assign requested address"),
                        Kind.LOCAL,
                        "cannot assign requested address"),
                arguments(
                        new SocketException("Permission denied"),
                        Kind.PERMISSION,
                        "permission denied"),
                arguments(
                        new SocketException("Too many open files"),
                        Kind.LOCAL,
                        "too many open files"),
                arguments(
                        new SocketException("No buffer space available"),
                        Kind.LOCAL,
                        "no buffer space available"),
                arguments(
                        new IOException("Cannot allocate memory"),
                        Kind.LOCAL,
                        "cannot allocate memory"),
                arguments(new IOException("Something else"), Kind.OTHER, "something else"));
    }

    /** The errors in connect(2), bind(2), send(2) and icmp(7), by strerror(3) of glibc. */
    @ParameterizedTest
    @CsvSource({
        "Permission denied, PERMISSION",
        "Operation not permitted, PERMISSION",
        "Message too long, TOO_LARGE",
        "Connection refused, REFUSED",
        "Connection timed out, TIMEOUT",
        "Connection reset by peer, RESET",
        "Network dropped connection on reset, RESET",
        "Software caused connection abort, RESET",
        "Broken pipe, RESET",
        "Network is unreachable, UNREACHABLE",
        "No route to host, UNREACHABLE",
        "Network is down, UNREACHABLE",
        "Host is down, UNREACHABLE",
        "Machine is not on the network, UNREACHABLE",
        "Address family not supported by protocol, UNREACHABLE",
        "Protocol family not supported, UNREACHABLE",
        "Protocol not available, UNREACHABLE",
        "Protocol not supported, UNREACHABLE",
        "Protocol error, UNREACHABLE",
        "Protocol wrong type for socket, UNREACHABLE",
        "Operation not supported, UNREACHABLE",
        "Invalid argument, LOCAL",
        "No such device, LOCAL",
        "No such device or address, LOCAL",
        "Address already in use, LOCAL",
        "Cannot assign requested address, LOCAL",
        "Too many open files, LOCAL",
        "Too many open files in system, LOCAL",
        "No buffer space available, LOCAL",
        "Cannot allocate memory, LOCAL",
        "No space left on device, LOCAL",
        "Resource temporarily unavailable, LOCAL",
        "Interrupted system call, LOCAL",
        "Operation already in progress, LOCAL",
        "Operation now in progress, LOCAL",
        "Transport endpoint is already connected, LOCAL",
        "Transport endpoint is not connected, LOCAL",
        "Destination address required, LOCAL",
        "Socket operation on non-socket, LOCAL",
        "Socket type not supported, LOCAL",
        "Bad file descriptor, LOCAL",
        "Bad address, LOCAL"
    })
    void everySystemErrorHasAKind(String text, Kind kind) {
        // The types that the JDK throws for such errors.
        for (Exception cause :
                List.of(
                        new IOException(text),
                        new SocketException(text),
                        new ProtocolException(text))) {
            assertEquals(kind, ExceptionTranslator.at("send to", PEER, 0, cause).kind());
        }
    }

    @Test
    void invalidArgumentIsExplained() {
        ExchangeException failure =
                ExceptionTranslator.at("send to", PEER, 0, new SocketException("Invalid argument"));
        assertEquals(
                "send to [2001:db8::1]:80 failed: invalid argument"
                        + " (no zone, a loopback source, or a blackhole route)",
                failure.getMessage());
    }

    @Test
    void namesEndpointOfLookup() {
        ExchangeException failure =
                ExceptionTranslator.at(
                        "lookup of", new Endpoint("a.b", 80), new UnknownHostException("a.b"));
        assertEquals("lookup of a.b:80 failed: name not found", failure.getMessage());
        assertEquals(0, failure.bytesSent());
    }

    @Test
    void singleFailureIsReturnedUnchanged() {
        ExchangeException only = failure(Kind.REFUSED, "only", 0);
        assertSame(only, ExceptionTranslator.all(List.of(only)));
    }

    @Test
    void combinesFailuresToMostSpecificKind() {
        ExchangeException first = failure(Kind.TIMEOUT, "a failed", 1);
        ExchangeException second = failure(Kind.REFUSED, "b failed", 10);
        ExchangeException third = failure(Kind.UNREACHABLE, "c failed", 100);
        ExchangeException all = ExceptionTranslator.all(List.of(first, second, third));
        assertEquals("a failed; b failed; c failed", all.getMessage());
        assertEquals(Kind.REFUSED, all.kind());
        assertEquals(111, all.bytesSent());
        assertSame(first, all.getCause());
        assertArrayEquals(new Throwable[] {second, third}, all.getSuppressed());
        assertEquals(Message.of(""), all.received());
    }

    /** Linux reports EPIPE for a write after a FIN, and ECONNRESET for a reset. */
    @Test
    void brokenPipeIsOrderlyEnd() {
        assertTrue(ExceptionTranslator.isPastEnd(new IOException("Broken pipe")));
        assertFalse(ExceptionTranslator.isPastEnd(new SocketException("Connection reset by peer")));
        assertFalse(ExceptionTranslator.isPastEnd(new SocketException("Connection reset")));
        assertFalse(ExceptionTranslator.isPastEnd(new IOException()));
    }

    /** In any order of the addresses. */
    @ParameterizedTest
    @CsvSource({
        "INTERRUPTED, RESET",
        "RESET, REFUSED",
        "REFUSED, FILTERED",
        "FILTERED, UNREACHABLE",
        "UNREACHABLE, LOCAL",
        "REFUSED, LOCAL",
        "REFUSED, PERMISSION",
        "FILTERED, OTHER"
    })
    void moreSpecificKindWins(Kind more, Kind less) {
        ExchangeException telling = failure(more, "a", 0);
        ExchangeException other = failure(less, "b", 0);
        assertEquals(more, ExceptionTranslator.all(List.of(telling, other)).kind());
        assertEquals(more, ExceptionTranslator.all(List.of(other, telling)).kind());
        assertEquals(more, ExceptionTranslator.all(List.of(other, telling, other)).kind());
    }

    @Test
    void otherwiseFirstKindWins() {
        ExchangeException local = failure(Kind.LOCAL, "a", 0);
        ExchangeException other = failure(Kind.OTHER, "b", 0);
        assertEquals(Kind.LOCAL, ExceptionTranslator.all(List.of(local, other)).kind());
        assertEquals(Kind.OTHER, ExceptionTranslator.all(List.of(other, local)).kind());
    }

    @Test
    void unansweredConnectIsFiltered() {
        for (Exception cause :
                List.of(
                        new SocketTimeoutException(),
                        new ConnectException("Connection timed out"))) {
            ExchangeException failure = ExceptionTranslator.connecting(PEER, cause);
            assertEquals(Kind.FILTERED, failure.kind());
            assertEquals(
                    "connect to [2001:db8::1]:80 failed: timed out, no answer of any kind",
                    failure.getMessage());
            assertSame(cause, failure.getCause());
        }
        ExchangeException refused =
                ExceptionTranslator.connecting(PEER, new ConnectException("Connection refused"));
        assertEquals(Kind.REFUSED, refused.kind());
        assertEquals(
                "connect to [2001:db8::1]:80 failed: connection refused", refused.getMessage());
    }

    private static ExchangeException failure(Kind kind, String message, long sent) {
        return new ExchangeException(kind, message, Message.of(""), sent, null);
    }
}
