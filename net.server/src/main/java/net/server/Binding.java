package net.server;

import net.protocol.Endpoint;

import java.io.IOException;
import java.net.BindException;
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
                    new UnknownHostException(failure(endpoint, "name not found"));
            named.initCause(e);
            throw named;
        }
    }

    /** Returns a failure to bind, with its cause, in words that name the address. */
    static SocketException failed(InetSocketAddress address, Exception cause) {
        // The JDK throws an unchecked exception without a message where a family is missing.
        String detail =
                cause instanceof IOException && cause.getMessage() != null
                        ? cause.getMessage().toLowerCase(Locale.ROOT)
                        : "address family not supported";
        BindException failed = new BindException(failure(Endpoint.of(address), detail));
        failed.initCause(cause);
        return failed;
    }

    private static String failure(Endpoint endpoint, String detail) {
        return "listen on " + endpoint + " failed: " + detail;
    }
}
