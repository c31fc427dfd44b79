package net.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;

/** Membership in blocks (RFC 4632, section 3.1; RFC 4291, section 2.3). */
class CidrBlockTest {
    @ParameterizedTest
    @CsvSource({
        // block,           below it,        first,           last,            above it
        "0.0.0.0/0,         ,                0.0.0.0,         255.255.255.255,",
        "0.0.0.0/1,         ,                0.0.0.0,         127.255.255.255, 128.0.0.0",
        "128.0.0.0/1,       127.255.255.255, 128.0.0.0,       255.255.255.255,",
        "10.0.0.0/7,        9.255.255.255,   10.0.0.0,        11.255.255.255,  12.0.0.0",
        "10.0.0.0/8,        9.255.255.255,   10.0.0.0,        10.255.255.255,  11.0.0.0",
        "10.128.0.0/9,      10.127.255.255,  10.128.0.0,      10.255.255.255,  11.0.0.0",
        "192.0.2.0/31,      192.0.1.255,     192.0.2.0,       192.0.2.1,       192.0.2.2",
        "192.0.2.1/32,      192.0.2.0,       192.0.2.1,       192.0.2.1,       192.0.2.2",
        "192.0.2.1,         192.0.2.0,       192.0.2.1,       192.0.2.1,       192.0.2.2",
        "0.0.0.0,           ,                0.0.0.0,         0.0.0.0,         0.0.0.1",
        "255.255.255.255,   255.255.255.254, 255.255.255.255, 255.255.255.255,",
    })
    void ipv4BlockHasTheExpectedEdges(
            String block, String below, String first, String last, String above) {
        assertEdges(block, below, first, last, above);
    }

    @ParameterizedTest
    @CsvSource({
        "::/0,, ::, ~:~,",
        "::/1,, ::, 7fff:ffff:ffff:ffff:~, 8000::",
        "8000::/1, 7fff:ffff:ffff:ffff:~, 8000::, ~:~,",
        "1:db8::/32, 1:db7:ffff:ffff:~, 1:db8::, 1:db8:ffff:ffff:~, 1:db9::",
        "1:0:0:2::/63, 1:0:0:1:~, 1:0:0:2::, 1:0:0:3:~, 1:0:0:4::",
        "1:0:0:2::/64, 1:0:0:1:~, 1:0:0:2::, 1:0:0:2:~, 1:0:0:3::",
        "1:0:0:2:8000::/65, 1:0:0:2:7fff:ffff:ffff:ffff, 1:0:0:2:8000::, 1:0:0:2:~, 1:0:0:3::",
        "2001:db8::2/127, 2001:db8::1, 2001:db8::2, 2001:db8::3, 2001:db8::4",
        "2001:db8::2/128, 2001:db8::1, 2001:db8::2, 2001:db8::2, 2001:db8::3",
        "::1, ::, ::1, ::1, ::2",
    })
    void ipv6BlockHasTheExpectedEdges(
            String block, String below, String first, String last, String above) {
        assertEdges(block, below, first, last, above);
    }

    /** A tilde means that the last 64 bits are ones. */
    private static void assertEdges(
            String text, String below, String first, String last, String above) {
        CidrBlock block = CidrBlock.parse(text);
        assertTrue(block.contains(edge(first)), first);
        assertTrue(block.contains(edge(last)), last);
        assertFalse(below != null && block.contains(edge(below)), below);
        assertFalse(above != null && block.contains(edge(above)), above);
    }

    private static InetAddress edge(String literal) {
        return InetAddress.ofLiteral(literal.replace("~", "ffff:ffff:ffff:ffff"));
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 128})
    void edgesAreCorrectForEachLength(int bits) throws Exception {
        Random random = new Random(bits);
        BigInteger end = BigInteger.TWO.pow(bits);
        for (int length = 0; length <= bits; length++) {
            for (int i = 0; i < 50; i++) {
                BigInteger any = new BigInteger(bits, random);
                BigInteger size = BigInteger.TWO.pow(bits - length);
                BigInteger first = any.subtract(any.mod(size));
                BigInteger above = first.add(size);
                String text = address(any, bits).getHostAddress() + "/" + length;
                CidrBlock block = CidrBlock.parse(text);
                assertTrue(block.contains(address(any, bits)), text);
                assertTrue(block.contains(address(first, bits)), text);
                assertTrue(block.contains(address(above.subtract(BigInteger.ONE), bits)), text);
                assertFalse(
                        first.signum() > 0
                                && block.contains(address(first.subtract(BigInteger.ONE), bits)),
                        text);
                assertFalse(above.compareTo(end) < 0 && block.contains(address(above, bits)), text);
                String canonical = address(first, bits).getHostAddress() + "/" + length;
                assertEquals(CidrBlock.parse(canonical), block, text);
            }
        }
    }

    private static InetAddress address(BigInteger value, int bits) throws UnknownHostException {
        byte[] bytes = new byte[bits / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = value.shiftRight(bits - 8 - 8 * i).byteValue();
        }
        return InetAddress.getByAddress(bytes);
    }

    @Test
    void allOfOneFamilyExcludesTheOther() {
        CidrBlock ipv4 = CidrBlock.parse("0.0.0.0/0");
        CidrBlock ipv6 = CidrBlock.parse("::/0");
        assertFalse(ipv4.contains(InetAddress.ofLiteral("::")));
        assertFalse(ipv4.contains(InetAddress.ofLiteral("2001:db8::1")));
        assertFalse(ipv6.contains(InetAddress.ofLiteral("0.0.0.0")));
        assertFalse(ipv6.contains(InetAddress.ofLiteral("192.0.2.1")));
        assertNotEquals(ipv4, ipv6);
    }

    @Test
    void sameBitsOfTheOtherFamilyAreNotContained() {
        assertFalse(CidrBlock.parse("32.1.0.0/16").contains(InetAddress.ofLiteral("2001::")));
        assertFalse(CidrBlock.parse("2001::/16").contains(InetAddress.ofLiteral("32.1.0.0")));
        assertFalse(CidrBlock.parse("2001::/32").contains(InetAddress.ofLiteral("32.1.0.0")));
    }

    @Test
    void mappedAddressIsTheIpv4Address() throws Exception {
        InetAddress mapped = mapped(10, 1, 2, 3);
        assertTrue(CidrBlock.parse("10.1.2.3").contains(mapped));
        assertTrue(CidrBlock.parse("10.0.0.0/8").contains(mapped));
        assertTrue(CidrBlock.parse("0.0.0.0/0").contains(mapped));
        assertFalse(CidrBlock.parse("10.1.2.2").contains(mapped));
        assertFalse(CidrBlock.parse("::/0").contains(mapped));
        assertFalse(CidrBlock.parse("::fffe:0:0/95").contains(mapped));
        assertEquals(CidrBlock.parse("10.1.2.3"), CidrBlock.of(mapped));
        assertEquals(CidrBlock.parse("255.1.2.3"), CidrBlock.of(mapped(255, 1, 2, 3)));
    }

    /** The neighbours of ::ffff:0:0/96, and the deprecated form of RFC 4291, section 2.5.5.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "::10.1.2.3",
                "::fffe:a01:203",
                "::1:ffff:a01:203",
                "1::ffff:a01:203",
                "::1:0:ffff:a01:203",
                "::ffff:0:a01:203"
            })
    void otherIpv6AddressesAreNotIpv4(String address) {
        assertTrue(CidrBlock.parse("::/0").contains(InetAddress.ofLiteral(address)));
        assertTrue(CidrBlock.parse(address).contains(InetAddress.ofLiteral(address)));
        assertFalse(CidrBlock.parse("0.0.0.0/0").contains(InetAddress.ofLiteral(address)));
    }

    private static InetAddress mapped(int... ipv4) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = -1;
        bytes[11] = -1;
        for (int i = 0; i < 4; i++) {
            bytes[12 + i] = (byte) ipv4[i];
        }
        return Inet6Address.getByAddress(null, bytes, -1);
    }

    @Test
    void zonedBlockContainsOnlyItsZone() {
        CidrBlock block = CidrBlock.parse("fe80::%3/64");
        assertTrue(block.contains(InetAddress.ofLiteral("fe80::1%3")));
        assertFalse(block.contains(InetAddress.ofLiteral("fe80::1%2")));
        assertFalse(block.contains(InetAddress.ofLiteral("fe80::1%4")));
        assertFalse(block.contains(InetAddress.ofLiteral("fe80::1")));
        assertFalse(block.contains(InetAddress.ofLiteral("fe80:0:0:1::1%3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe80::/64", "fe80::/10", "::/0", "fe80::1"})
    void blockWithoutZoneMatchesAllZones(String block) {
        for (String peer : new String[] {"fe80::1", "fe80::1%1", "fe80::1%2", "fe80::1%65536"}) {
            assertTrue(CidrBlock.parse(block).contains(InetAddress.ofLiteral(peer)), peer);
        }
    }

    @Test
    void blocksDifferByZone() {
        assertEquals(CidrBlock.parse("fe80::1%2"), CidrBlock.parse("fe80::1%2/128"));
        assertNotEquals(CidrBlock.parse("fe80::1%2"), CidrBlock.parse("fe80::1%3"));
        assertNotEquals(CidrBlock.parse("fe80::1%2"), CidrBlock.parse("fe80::1"));
    }

    @Test
    void blocksDifferByLength() {
        assertNotEquals(CidrBlock.parse("10.0.0.0/8"), CidrBlock.parse("10.0.0.0/9"));
        assertNotEquals(CidrBlock.parse("2001:db8::/32"), CidrBlock.parse("2001:db8::/96"));
        assertEquals(
                CidrBlock.parse("2001:db8::/32").hashCode(),
                CidrBlock.parse("2001:db8::1/32").hashCode());
    }

    @Test
    void ofReturnsTheBlockOfOneAddress() throws Exception {
        InetAddress named = InetAddress.getByAddress("a.name", new byte[] {(byte) 192, 0, 2, 1});
        assertEquals(CidrBlock.parse("192.0.2.1/32"), CidrBlock.of(named));
        assertEquals("192.0.2.1", CidrBlock.of(named).toString());
        assertEquals(
                CidrBlock.parse("2001:db8::1/128"),
                CidrBlock.of(InetAddress.ofLiteral("2001:db8::1")));
        assertEquals(
                CidrBlock.parse("fe80::1%7"), CidrBlock.of(InetAddress.ofLiteral("fe80::1%7")));
    }

    /** Addresses of interfaces have a zone, addresses of peers have none. */
    @Test
    void ofDropsTheZoneOfOtherThanLinkLocal() {
        assertEquals(CidrBlock.parse("::1"), CidrBlock.of(InetAddress.ofLiteral("::1%1")));
        assertEquals(
                CidrBlock.parse("febf::1%1"), CidrBlock.of(InetAddress.ofLiteral("febf::1%1")));
        assertEquals(CidrBlock.parse("fec0::1"), CidrBlock.of(InetAddress.ofLiteral("fec0::1%1")));
        assertTrue(CidrBlock.parse("::1").contains(InetAddress.ofLiteral("::1%1")));
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> CidrBlock.of(null));
        assertThrows(NullPointerException.class, () -> CidrBlock.parse(null));
        assertThrows(
                NullPointerException.class,
                () -> CidrBlock.parse("::/0").contains((InetAddress) null));
    }
}
