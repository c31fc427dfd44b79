package net.server.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

class LocalAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, false, true,  false",
        "::,      false, false, true",
        "0.0.0.0, true,  true,  true",
        "::,      true,  true,  true",
    })
    void expandsWildcardToAllAddressesOfItsFamilies(
            String host, boolean isDual, boolean takesIpv4, boolean takesIpv6) throws Exception {
        List<String> expected = new ArrayList<>();
        for (InetAddress address : ofThisMachine()) {
            if (address.getAddress().length == 4 ? takesIpv4 : takesIpv6) {
                String text = place(address, false).toString();
                expected.add(text.contains("[fe80:") ? text : text.replaceFirst("%.*]", "]"));
            }
        }
        List<List<BindAddress>> apart =
                LocalAddresses.expandWildcards(
                        List.of(List.of(place(InetAddress.ofLiteral(host), isDual))));
        assertEquals(1, apart.size());
        // Compared as text, since the JDK's equality ignores zones.
        assertEquals(expected, apart.getFirst().stream().map(BindAddress::toString).toList());
        assertTrue(apart.getFirst().stream().noneMatch(BindAddress::isDual));
        assertEquals(takesIpv4, expected.contains("127.0.0.1:8888"));
    }

    @Test
    void keepsOtherAddressesInOrder() throws Exception {
        BindAddress one = place(InetAddress.ofLiteral("192.0.2.1"), false);
        BindAddress two = place(InetAddress.ofLiteral("2001:db8::1"), false);
        BindAddress wildcard = place(InetAddress.ofLiteral("0.0.0.0"), false);
        List<List<BindAddress>> apart =
                LocalAddresses.expandWildcards(
                        List.of(List.of(two, one), List.of(wildcard), List.of(one)));
        assertEquals(3, apart.size());
        assertEquals(List.of(two, one), apart.get(0));
        assertTrue(apart.get(1).contains(place(InetAddress.ofLiteral("127.0.0.1"), false)));
        assertEquals(List.of(one), apart.get(2));
    }

    @Test
    void expandsNothingToNothing() throws Exception {
        assertEquals(List.of(), LocalAddresses.expandWildcards(List.of()));
        assertEquals(List.of(List.of()), LocalAddresses.expandWildcards(List.of(List.of())));
    }

    private static List<InetAddress> ofThisMachine() throws SocketException {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
            if (one.isUp()) {
                one.getInterfaceAddresses().forEach(each -> addresses.add(each.getAddress()));
            }
        }
        return addresses;
    }

    private static BindAddress place(InetAddress address, boolean isDual) {
        return new BindAddress(new InetSocketAddress(address, 8888), isDual);
    }
}
