package net.server.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

class BindAddressTest {
    private static BindAddress at(String literal, int zone, boolean isDual) throws IOException {
        byte[] address = InetAddress.ofLiteral(literal).getAddress();
        return new BindAddress(
                new InetSocketAddress(Inet6Address.getByAddress(null, address, zone), 7), isDual);
    }

    @Test
    void linkLocalAddressesDifferByZone() throws IOException {
        assertNotEquals(at("fe80::1", 2, false), at("fe80::1", 3, false));
        assertEquals(at("fe80::1", 2, false), at("fe80::1", 2, false));
    }

    @Test
    void zoneOfOtherAddressesIsIgnored() throws IOException {
        assertEquals(at("fd01::1", 2, false), at("fd01::1", 0, false));
        assertEquals(at("fd01::1", 2, false).hashCode(), at("fd01::1", 0, false).hashCode());
    }

    @Test
    void wildcardsOfOneAndBothFamiliesDiffer() throws IOException {
        assertNotEquals(at("::", 0, true), at("::", 0, false));
    }

    @Test
    void addressesDifferByPort() {
        InetAddress address = InetAddress.ofLiteral("127.0.0.1");
        assertNotEquals(
                new BindAddress(new InetSocketAddress(address, 7), false),
                new BindAddress(new InetSocketAddress(address, 8), false));
    }

    /** The wildcard of both families may be given as that of IPv4 or of IPv6. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,  false, true,  127.0.0.1:80",
        "0.0.0.0,    false, true,  0.0.0.0:80",
        "0.0.0.0,    true,  false, :80",
        "::,         false, false, [::]:80",
        "::,         true,  false, [::]:80",
        "::1,        false, false, [::1]:80",
        "2001:DB8:0:0:1:0:0:1, false, false, [2001:db8::1:0:0:1]:80",
    })
    void hasFamilyAndTextForm(String host, boolean isDual, boolean isIpv4, String text) {
        BindAddress place = place(host, 80, isDual);
        assertEquals(isIpv4, place.isIpv4());
        assertEquals(text, place.toString());
    }

    @Test
    void withPortKeepsTheRest() {
        assertEquals(place("::", 9000, true), place("::", 0, true).withPort(9000));
        assertEquals(place("127.0.0.1", 9000, false), place("127.0.0.1", 0, false).withPort(9000));
    }

    @Test
    void withAddressIsNotDual() {
        BindAddress other = place("::", 80, true).withAddress(InetAddress.ofLiteral("127.0.0.1"));
        assertEquals(place("127.0.0.1", 80, false), other);
    }

    private static BindAddress place(String host, int port, boolean isDual) {
        return new BindAddress(new InetSocketAddress(InetAddress.ofLiteral(host), port), isDual);
    }
}
