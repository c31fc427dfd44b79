package net.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;

class AddressFamilyTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,       true,  false",
        "0.0.0.0,         true,  false",
        "255.255.255.255, true,  false",
        "::ffff:10.0.0.1, true,  false",
        "::ffff:0:1,      true,  false",
        "::10.0.0.1,      false, true",
        "::fffe:a00:1,    false, true",
        "64:ff9b::a00:1,  false, true",
        "2001:db8::1,     false, true",
        "::,              false, true",
        "fe80::1%3,       false, true",
    })
    void familyIncludesItsAddresses(String text, boolean isIpv4, boolean isIpv6) {
        InetAddress address = InetAddress.ofLiteral(text);
        assertEquals(isIpv4, AddressFamily.IPV4.includes(address));
        assertEquals(isIpv6, AddressFamily.IPV6.includes(address));
        assertEquals(true, AddressFamily.ANY.includes(address));
    }

    @Test
    void labelsNameFamilies() {
        assertEquals("IP", AddressFamily.ANY.label());
        assertEquals("IPv4", AddressFamily.IPV4.label());
        assertEquals("IPv6", AddressFamily.IPV6.label());
    }
}
