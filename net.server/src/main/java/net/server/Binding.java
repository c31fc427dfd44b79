package net.server;

import net.protocol.Endpoint;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;

/** What the start of every server shares: from an endpoint to an address, from a fault to words. */
final class Binding {
    private Binding() {}

    /** Returns the first address that the endpoint's host stands for. */
    static InetSocketAddress address(Endpoint endpoint) throws UnknownHostException {
        try {
            return endpoint.resolve().getFirst();
        } catch (UnknownHostException e) {
            UnknownHostException named =
                    new UnknownHostException(failure("listen", endpoint, "name not found"));
            named.initCause(e);
            throw named;
        }
    }

    /** Tells whether the user asked for IPv4 alone, as with 0.0.0.0; no host means both. */
    static boolean isIpv4(Endpoint endpoint, InetSocketAddress address) {
        return !endpoint.host().equals(Endpoint.ANY_HOST)
                && address.getAddress() instanceof Inet4Address;
    }

    /** Returns a failure to bind, with its cause, in words that name the address. */
    static SocketException failed(InetSocketAddress address, Exception cause) {
        // The JDK throws an unchecked exception without a message where a family is missing.
        String detail =
                cause instanceof IOException && cause.getMessage() != null
                        ? cause.getMessage().toLowerCase(Locale.ROOT)
                        : "address family not supported";
        BindException failed = new BindException(failure("listen", Endpoint.of(address), detail));
        failed.initCause(cause);
        return failed;
    }

    /** Returns a failure of a server that is bound, with its cause, in the same words. */
    static IOException failed(String verb, InetSocketAddress local, IOException cause) {
        String detail = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return new IOException(failure(verb, Endpoint.of(local), detail), cause);
    }

    private static String failure(String verb, Endpoint endpoint, String detail) {
        return verb + " on " + endpoint + " failed: " + detail;
    }

    /** Closes what a start has opened before it failed. */
    static void closeAfter(Throwable failure, Closeable opened) {
        try {
            opened.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
