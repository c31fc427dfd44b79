package net.server;

import net.protocol.Endpoint;
import net.protocol.internal.Preconditions;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A multicast group to join (RFC 1112; RFC 4291, section 2.7).
 *
 * @param address a multicast address
 * @param interfaceName name or number of the interface to join on, or {@link #ANY_INTERFACE}
 */
public record MulticastGroup(InetAddress address, String interfaceName) {
    /**
     * Name that denotes all interfaces that are up, support multicast, and have an address of the
     * group's family.
     */
    public static final String ANY_INTERFACE = "";

    /** Above the name limits of all systems; bounds the length of error messages. */
    private static final int MAX_NAME_LENGTH = 64;

    /** Number of an interface, as in a printed zone. */
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /**
     * Creates a description without joining the group.
     *
     * @throws IllegalArgumentException if the address is not multicast, or the name is longer than
     *     64 characters
     */
    public MulticastGroup {
        Preconditions.require(
                address.isMulticastAddress(), "address must be multicast", text(address));
        int length = interfaceName.length();
        Preconditions.require(
                length <= MAX_NAME_LENGTH,
                "interfaceName must be at most " + MAX_NAME_LENGTH + " characters long",
                length);
    }

    /**
     * Parses a group; no name is resolved.
     *
     * @param text {@code ADDRESS} or {@code ADDRESS%INTERFACE}
     * @return the group
     * @throws IllegalArgumentException if the text has another form, or the address is not
     *     multicast
     */
    public static MulticastGroup parse(String text) {
        int percent = text.indexOf('%');
        String address = percent < 0 ? text : text.substring(0, percent);
        String name = percent < 0 ? ANY_INTERFACE : text.substring(percent + 1);
        Endpoint group = new Endpoint(address, 0);
        Preconditions.require(
                group.isNumeric() && !address.isEmpty(),
                "group must start with a numeric address",
                address);
        Preconditions.require(
                percent < 0 || !name.isEmpty(), "group must have an interface after %", text);
        try {
            return new MulticastGroup(group.resolve().getFirst().getAddress(), name);
        } catch (IOException e) {
            throw new AssertionError("a numeric address needs no lookup", e);
        }
    }

    /** Returns the interfaces to join on; throws if there is none. */
    List<NetworkInterface> interfaces() throws SocketException {
        if (!interfaceName.equals(ANY_INTERFACE)) {
            NetworkInterface named = NetworkInterface.getByName(interfaceName);
            if (named == null && NUMBER.matcher(interfaceName).matches()) {
                named = NetworkInterface.getByIndex(Integer.parseInt(interfaceName));
            }
            if (named == null) {
                throw new SocketException("no such interface");
            }
            return List.of(named);
        }
        List<NetworkInterface> usable = new ArrayList<>();
        Enumeration<NetworkInterface> all = NetworkInterface.getNetworkInterfaces();
        while (all.hasMoreElements()) {
            NetworkInterface one = all.nextElement();
            if (one.isUp() && one.supportsMulticast() && hasFamily(one)) {
                usable.add(one);
            }
        }
        if (usable.isEmpty()) {
            throw new SocketException("no active interface supports multicast");
        }
        return usable;
    }

    private boolean hasFamily(NetworkInterface one) {
        Class<?> family = address instanceof Inet4Address ? Inet4Address.class : Inet6Address.class;
        Enumeration<InetAddress> addresses = one.getInetAddresses();
        while (addresses.hasMoreElements()) {
            if (family.isInstance(addresses.nextElement())) {
                return true;
            }
        }
        return false;
    }

    private static String text(InetAddress address) {
        return Endpoint.of(new InetSocketAddress(address, 0)).host();
    }

    /**
     * Returns the text form.
     *
     * @return {@code ADDRESS} or {@code ADDRESS%INTERFACE}
     */
    @Override
    public String toString() {
        return text(address) + (interfaceName.equals(ANY_INTERFACE) ? "" : "%" + interfaceName);
    }
}
