package net.server.bind;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The addresses that this machine has. */
public final class LocalAddresses {
    private LocalAddresses() {}

    /** Returns the same places, but with one for each address in place of a wildcard. */
    public static List<List<BindAddress>> apart(List<List<BindAddress>> endpoints)
            throws IOException {
        List<List<BindAddress>> all = new ArrayList<>();
        for (List<BindAddress> endpoint : endpoints) {
            List<BindAddress> places = new ArrayList<>();
            for (BindAddress place : endpoint) {
                requireUnicast(place);
                places.addAll(place.isWildcard() ? apart(place) : List.of(place));
            }
            all.add(places);
        }
        return all;
    }

    /** Where all of a network are asked, one question would have as many answers. */
    private static void requireUnicast(BindAddress place) throws IOException {
        if (!place.isWildcard() && broadcasts().contains(place.address().getAddress())) {
            throw new BindException(
                    "listen on " + place + " failed: answers are not given to a broadcast address");
        }
    }

    private static List<BindAddress> apart(BindAddress wildcard) throws IOException {
        List<BindAddress> places = of(List.of(wildcard));
        if (places.isEmpty()) {
            throw new BindException(
                    "listen on " + wildcard + " failed: this machine has no such address");
        }
        return places;
    }

    /** Returns the places that wildcards stand for now. */
    public static List<BindAddress> of(List<BindAddress> wildcards) throws IOException {
        List<BindAddress> places = new ArrayList<>();
        for (BindAddress wildcard : wildcards) {
            for (InterfaceAddress address : all()) {
                BindAddress place = wildcard.at(plain(address.getAddress()));
                if (wildcard.covers(place.address())) {
                    places.add(place);
                }
            }
        }
        return places;
    }

    /** The JDK tells the zone of every address; only where it makes a difference is it kept. */
    private static InetAddress plain(InetAddress address) throws UnknownHostException {
        return address.isLinkLocalAddress()
                ? address
                : InetAddress.getByAddress(address.getAddress());
    }

    /** Tells whether an interface has an address, though it may be down, or lack its cable. */
    public static boolean has(InetAddress address) throws SocketException {
        return NetworkInterface.getByInetAddress(address) != null;
    }

    /** Returns the broadcast addresses of this machine's networks, as far as the system tells. */
    public static Set<InetAddress> broadcasts() {
        Set<InetAddress> broadcasts = new HashSet<>();
        try {
            for (InterfaceAddress address : all()) {
                if (address.getBroadcast() != null) {
                    broadcasts.add(address.getBroadcast());
                }
            }
        } catch (SocketException expected) {
            // The system does not send to them without being asked to, either.
        }
        return broadcasts;
    }

    /** Returns the addresses of interfaces that are up. */
    private static List<InterfaceAddress> all() throws SocketException {
        List<InterfaceAddress> all = new ArrayList<>();
        for (NetworkInterface one : interfaces()) {
            if (one.isUp()) {
                all.addAll(one.getInterfaceAddresses());
            }
        }
        return all;
    }

    private static List<NetworkInterface> interfaces() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces());
        } catch (SocketException expected) {
            // So the JDK says that none has an address.
            return List.of();
        }
    }
}
