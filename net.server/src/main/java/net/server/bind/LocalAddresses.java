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

/** The addresses of this machine. */
public final class LocalAddresses {
    private LocalAddresses() {}

    /** Replaces each wildcard by the local addresses that it includes. */
    public static List<List<BindAddress>> expandWildcards(List<List<BindAddress>> endpoints)
            throws IOException {
        List<List<BindAddress>> all = new ArrayList<>();
        for (List<BindAddress> endpoint : endpoints) {
            List<BindAddress> addresses = new ArrayList<>();
            for (BindAddress address : endpoint) {
                requireUnicast(address);
                addresses.addAll(address.isWildcard() ? expand(address) : List.of(address));
            }
            all.add(addresses);
        }
        return all;
    }

    /** Rejects broadcast addresses: each host of the network would answer. */
    private static void requireUnicast(BindAddress address) throws IOException {
        if (!address.isWildcard() && broadcasts().contains(address.address().getAddress())) {
            throw new BindException(
                    "listen on "
                            + address
                            + " failed: a service that answers cannot use a broadcast address");
        }
    }

    private static List<BindAddress> expand(BindAddress wildcard) throws IOException {
        List<BindAddress> addresses = of(List.of(wildcard));
        if (addresses.isEmpty()) {
            throw new BindException(
                    "listen on " + wildcard + " failed: this machine has no such address");
        }
        return addresses;
    }

    /** Returns the current local addresses that wildcards include. */
    public static List<BindAddress> of(List<BindAddress> wildcards) throws IOException {
        List<BindAddress> addresses = new ArrayList<>();
        for (BindAddress wildcard : wildcards) {
            for (InterfaceAddress local : all()) {
                BindAddress address = wildcard.withAddress(withoutZone(local.getAddress()));
                if (wildcard.covers(address.address())) {
                    addresses.add(address);
                }
            }
        }
        return addresses;
    }

    /** Removes the zone, except from link-local addresses, which need it. */
    private static InetAddress withoutZone(InetAddress address) throws UnknownHostException {
        return address.isLinkLocalAddress()
                ? address
                : InetAddress.getByAddress(address.getAddress());
    }

    /** Returns whether an interface has an address, even if the interface is down. */
    public static boolean contains(InetAddress address) throws SocketException {
        return NetworkInterface.getByInetAddress(address) != null;
    }

    /** Returns the broadcast addresses of this machine's networks, as far as they are known. */
    public static Set<InetAddress> broadcasts() {
        Set<InetAddress> broadcasts = new HashSet<>();
        try {
            for (InterfaceAddress address : all()) {
                if (address.getBroadcast() != null) {
                    broadcasts.add(address.getBroadcast());
                }
            }
        } catch (SocketException expected) {
            // The system refuses to send to broadcast addresses, too, as SO_BROADCAST is not set.
        }
        return broadcasts;
    }

    /** Returns the addresses of interfaces that are up. */
    private static List<InterfaceAddress> all() throws SocketException {
        List<InterfaceAddress> all = new ArrayList<>();
        for (NetworkInterface networkInterface : interfaces()) {
            if (networkInterface.isUp()) {
                all.addAll(networkInterface.getInterfaceAddresses());
            }
        }
        return all;
    }

    private static List<NetworkInterface> interfaces() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces());
        } catch (SocketException expected) {
            // Thrown if no interface has an address.
            return List.of();
        }
    }
}
