package net.server.bind;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;

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
 * Binds the sockets of a server, all or none: one for each address that its endpoints stand for,
 * and one port where they leave it to the system.
 */
public final class SocketBinder<C extends NetworkChannel> {
    /** Opens a socket and binds it, or leaves nothing open. */
    @FunctionalInterface
    public interface Opener<C> {
        C open(BindAddress place) throws IOException;
    }

    /** A port that the system chooses for one address may be taken at another. */
    private static final int MAX_TRIES = 16;

    private static final InetAddress IPV6_WILDCARD = InetAddress.ofLiteral("::");

    private final List<List<BindAddress>> endpoints;
    private final Opener<C> opener;

    /** What was bound. */
    private final Set<BindAddress> places = new HashSet<>();

    private final List<C> bound = new ArrayList<>();

    /** What the system chose for the first socket, and so for the others too; zero before. */
    private int chosenPort;

    private SocketBinder(List<List<BindAddress>> endpoints, Opener<C> opener) {
        this.endpoints = endpoints;
        this.opener = opener;
    }

    /** Returns the places of each endpoint. Blocks while names are looked up. */
    public static List<List<BindAddress>> places(List<Endpoint> endpoints, AddressFamily family)
            throws IOException {
        List<List<BindAddress>> all = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            List<BindAddress> places = new ArrayList<>();
            for (InetSocketAddress address : addresses(endpoint, family)) {
                boolean isDual =
                        family == AddressFamily.ANY
                                && (endpoint.host().equals(Endpoint.ANY_HOST)
                                        || address.getAddress().equals(IPV6_WILDCARD));
                places.add(new BindAddress(address, isDual));
            }
            all.add(places);
        }
        return all;
    }

    private static List<InetSocketAddress> addresses(Endpoint endpoint, AddressFamily family)
            throws IOException {
        try {
            return endpoint.resolve(family, Endpoint.LOOKUP_TIMEOUT);
        } catch (IOException e) {
            String failure = failure("listen", endpoint, e);
            IOException named =
                    switch (e) {
                        case UnknownHostException _ -> new UnknownHostException(failure);
                        case SocketTimeoutException _ -> new SocketTimeoutException(failure);
                        default -> new IOException(failure);
                    };
            named.initCause(e);
            throw named;
        }
    }

    /** Binds a socket at each place; of an endpoint with several, those that this machine has. */
    public static <C extends NetworkChannel> List<C> bind(
            List<List<BindAddress>> endpoints, Opener<C> opener) throws IOException {
        for (int tries = 1; ; tries++) {
            SocketBinder<C> binding = new SocketBinder<>(endpoints, opener);
            try {
                binding.bindAll();
                return binding.bound;
            } catch (Throwable e) {
                binding.bound.forEach(channel -> closeAfter(e, channel));
                if (binding.chosenPort == 0 || !isInUse(e) || tries == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    private void bindAll() throws IOException {
        for (List<BindAddress> endpoint : endpoints) {
            IOException lacking = null;
            boolean isBound = false;
            for (BindAddress place : endpoint) {
                try {
                    bind(place);
                    isBound = true;
                } catch (IOException e) {
                    if (!isLacking(e)) {
                        throw e;
                    }
                    lacking = e;
                }
            }
            if (lacking != null && !isBound) {
                throw lacking;
            }
        }
    }

    private void bind(BindAddress asked) throws IOException {
        BindAddress place = asked.isPortFree() && chosenPort != 0 ? asked.at(chosenPort) : asked;
        if (places.contains(place) || isCovered(asked)) {
            return;
        }
        if (place.address().getAddress().isMulticastAddress()) {
            throw failed(place, new IOException("a multicast group is joined, not listened on"));
        }
        try {
            C channel = opener.open(place);
            bound.add(channel);
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            places.add(place.at(port));
            if (asked.isPortFree()) {
                chosenPort = port;
            }
        } catch (IOException | UnsupportedAddressTypeException e) {
            throw failed(place, e);
        }
    }

    /** Tells whether a wildcard stands for the place, as that of IPv6 does for IPv4. */
    private boolean isCovered(BindAddress place) {
        for (List<BindAddress> endpoint : endpoints) {
            for (BindAddress other : endpoint) {
                if (other.isWildcard() && other.covers(place) && !place.covers(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns a failure to bind, with its cause, in words that name the address. */
    private static BindException failed(BindAddress place, Exception cause) {
        BindException failed =
                new BindException("listen on " + place + " failed: " + detail(cause));
        failed.initCause(cause);
        return failed;
    }

    /** The JDK has no types for these, only the system's text. */
    private static boolean isInUse(Throwable e) {
        return e instanceof BindException && e.getMessage().contains("in use");
    }

    /** Tells whether this machine does not have the address, or not its family. */
    private static boolean isLacking(IOException e) {
        return e.getMessage().endsWith("assign requested address")
                || e.getMessage().contains(" family ");
    }

    /** Returns a failure of a server that is bound, with its cause, in the same words. */
    public static IOException failed(String verb, InetSocketAddress local, IOException cause) {
        return new IOException(failure(verb, Endpoint.of(local), cause), cause);
    }

    private static String failure(String verb, Endpoint endpoint, Exception cause) {
        return verb + " on " + endpoint + " failed: " + detail(cause);
    }

    /** Returns what went wrong as a part of our words, in which names keep their case. */
    public static String detail(Exception cause) {
        String text = cause.getMessage();
        // The JDK throws an unchecked exception where a family is missing, often without a text.
        return cause instanceof IOException && text != null && !text.isEmpty()
                ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
                : "address family not supported";
    }

    /** Closes what a start has opened before it failed. */
    public static void closeAfter(Throwable failure, Closeable opened) {
        try {
            opened.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
