package net.server.bind;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.ResolverException;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Binds the sockets of a server, all or none: one per address of its endpoints, with the same port
 * for all endpoints with port 0.
 */
public final class SocketBinder<C extends NetworkChannel> {
    /** Opens and binds a socket; the socket is closed if this throws. */
    @FunctionalInterface
    public interface Opener<C> {
        C open(BindAddress address) throws IOException;
    }

    /** Maximum attempts to find a port that is free at all addresses. */
    private static final int MAX_ATTEMPTS = 16;

    private static final InetAddress IPV6_WILDCARD = InetAddress.ofLiteral("::");

    private final List<List<BindAddress>> endpoints;
    private final Opener<C> opener;

    private final Set<BindAddress> boundAddresses = new HashSet<>();

    private final List<C> channels = new ArrayList<>();

    /** Port chosen by the system for the first socket with port 0; 0 before. */
    private int chosenPort;

    private SocketBinder(List<List<BindAddress>> endpoints, Opener<C> opener) {
        this.endpoints = endpoints;
        this.opener = opener;
    }

    /** Resolves the addresses of each endpoint. Blocks while names are resolved. */
    public static List<List<BindAddress>> resolve(List<Endpoint> endpoints, AddressFamily family)
            throws IOException {
        List<List<BindAddress>> all = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            List<BindAddress> bindAddresses = new ArrayList<>();
            for (InetSocketAddress address : lookUp(endpoint, family)) {
                boolean isDual =
                        family == AddressFamily.ANY
                                && (endpoint.host().equals(Endpoint.ANY_HOST)
                                        || address.getAddress().equals(IPV6_WILDCARD));
                bindAddresses.add(new BindAddress(address, isDual));
            }
            all.add(bindAddresses);
        }
        return all;
    }

    private static List<InetSocketAddress> lookUp(Endpoint endpoint, AddressFamily family)
            throws IOException {
        try {
            return endpoint.resolve(family, Endpoint.LOOKUP_TIMEOUT);
        } catch (IOException e) {
            String failure = failure("listen", endpoint, e);
            IOException named =
                    switch (e) {
                        case ResolverException _ -> new ResolverException(failure);
                        case UnknownHostException _ -> new UnknownHostException(failure);
                        case SocketTimeoutException _ -> new SocketTimeoutException(failure);
                        default -> new IOException(failure);
                    };
            named.initCause(e);
            throw named;
        }
    }

    /**
     * Binds a socket at each address. Of an endpoint with several addresses, those that this
     * machine does not have are skipped, unless it has none of them.
     */
    public static <C extends NetworkChannel> List<C> bind(
            List<List<BindAddress>> endpoints, Opener<C> opener) throws IOException {
        for (int attempt = 1; ; attempt++) {
            SocketBinder<C> binder = new SocketBinder<>(endpoints, opener);
            try {
                binder.bindAll();
                return binder.channels;
            } catch (Throwable e) {
                binder.channels.forEach(channel -> closeAfter(e, channel));
                if (binder.chosenPort == 0 || !isInUse(e) || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void bindAll() throws IOException {
        for (List<BindAddress> endpoint : endpoints) {
            IOException missing = null;
            boolean isBound = false;
            for (BindAddress address : endpoint) {
                try {
                    bind(address);
                    isBound = true;
                } catch (IOException e) {
                    if (!isMissing(e)) {
                        throw e;
                    }
                    missing = e;
                }
            }
            if (missing != null && !isBound) {
                throw missing;
            }
        }
    }

    private void bind(BindAddress configured) throws IOException {
        BindAddress address =
                configured.hasEphemeralPort() && chosenPort != 0
                        ? configured.withPort(chosenPort)
                        : configured;
        if (boundAddresses.contains(address) || isCovered(configured)) {
            return;
        }
        if (address.address().getAddress().isMulticastAddress()) {
            throw failed(address, new IOException("a multicast address must be joined as a group"));
        }
        try {
            C channel = opener.open(address);
            channels.add(channel);
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            boundAddresses.add(address.withPort(port));
            if (configured.hasEphemeralPort()) {
                chosenPort = port;
            }
        } catch (IOException | UnsupportedAddressTypeException e) {
            throw failed(address, e);
        }
    }

    /** Returns whether a wildcard includes the address; a dual-stack one also includes IPv4. */
    private boolean isCovered(BindAddress address) {
        for (List<BindAddress> endpoint : endpoints) {
            for (BindAddress other : endpoint) {
                if (other.isWildcard() && other.covers(address) && !address.covers(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static BindException failed(BindAddress address, Exception cause) {
        BindException failed =
                new BindException("listen on " + address + " failed: " + detail(cause));
        failed.initCause(cause);
        return failed;
    }

    /** Compares the message, as the JDK has no type for this error. */
    private static boolean isInUse(Throwable e) {
        return e instanceof BindException && e.getMessage().contains("in use");
    }

    /** Returns whether this machine lacks the address, or its family. */
    private static boolean isMissing(IOException e) {
        return e.getMessage().endsWith("assign requested address")
                || e.getMessage().contains(" family ");
    }

    /** Returns an exception for a failed operation on a bound socket. */
    public static IOException failed(String verb, InetSocketAddress local, IOException cause) {
        return new IOException(failure(verb, Endpoint.of(local), cause), cause);
    }

    private static String failure(String verb, Endpoint endpoint, Exception cause) {
        return verb + " on " + endpoint + " failed: " + detail(cause);
    }

    /** Returns the message of a cause, starting in lower case. */
    public static String detail(Exception cause) {
        String text = cause.getMessage();
        // For a missing family the JDK throws an unchecked exception, often without a message.
        return cause instanceof IOException && text != null && !text.isEmpty()
                ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
                : "address family not supported";
    }

    /** Closes a resource after a failure, to which it adds its own as suppressed. */
    public static void closeAfter(Throwable failure, Closeable opened) {
        try {
            opened.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
