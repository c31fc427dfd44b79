package net.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** The text form of blocks. */
class CidrBlockParseTest {
    private static final String NO_ADDRESS = "address must be a numeric IPv4 or IPv6 address: ";
    private static final String NO_ZONE = "zone must be an interface of this machine: ";

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,                  10.0.0.0/8",
        "10.1.2.3/8,                  10.0.0.0/8",
        "255.255.255.255/0,           0.0.0.0/0",
        "255.255.255.255/1,           128.0.0.0/1",
        "192.0.2.255/31,              192.0.2.254/31",
        "192.0.2.1,                   192.0.2.1",
        "192.0.2.1/32,                192.0.2.1",
        "::/0,                        ::/0",
        "ffff::/0,                    ::/0",
        "2001:db8::/32,               2001:db8::/32",
        "2001:0DB8:0:0:0::/32,        2001:db8::/32",
        "2001:db8:1:2:3:4:5:6/48,     2001:db8:1::/48",
        "2001:db8::ffff:1/127,        2001:db8::ffff:0/127",
        "2001:db8:0:1:8000::/65,      2001:db8:0:1:8000::/65",
        "::1,                         ::1",
        "::1/128,                     ::1",
        "::ffff:10.0.0.1,             10.0.0.1",
        "::ffff:a00:1,                10.0.0.1",
        "::FFFF:255.255.255.255,      255.255.255.255",
        "::fffe:0:0/95,               ::fffe:0:0/95",
        "::10.0.0.1,                  ::a00:1",
        "fe80::1,                     fe80::1",
        "fe80::/10,                   fe80::/10",
        "fe80::1%3,                   fe80::1%3",
        "fe80::1%3/128,               fe80::1%3",
        "fe80::1%3/64,                fe80::%3/64",
        "febf::1%2147483647/10,       fe80::%2147483647/10",
        "fe80::%1/9,                  fe80::%1/9",
    })
    void canonicalFormCanBeParsed(String text, String canonical) {
        CidrBlock block = CidrBlock.parse(text);
        assertEquals(canonical, block.toString());
        assertEquals(block, CidrBlock.parse(canonical));
        assertEquals(block.hashCode(), CidrBlock.parse(canonical).hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                " ",
                "example.org",
                "localhost",
                "example.org/24",
                "cafe",
                "127.1",
                "1",
                "10/8",
                "010.0.0.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "2130706433",
                "256.0.0.1",
                "10.0.0",
                "10.0.0.0.0",
                "10.0.0.0.",
                "10.0.0.-1",
                "+10.0.0.1",
                "10.0.0.1:80",
                " 10.0.0.0/8",
                "10.0.0.0 /8",
                "10.0.0.0,10.0.0.1",
                "\u0661\u0660.0.0.1",
                "[::1]",
                "[::1]/128",
                "[2001:db8::]/32",
                "::1]",
                ":",
                ":80",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "2001:db8::00001",
                "::10.0.0.010",
                "::ffff:10.0.0",
                "2001:db8::g",
                "%1",
                "eth0%1",
                "*",
                "all"
            })
    void rejectsInvalidAddresses(String text) {
        assertRefused(NO_ADDRESS + text, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "33",
                "128",
                "-1",
                "-0",
                "+8",
                "08",
                "00",
                " 8",
                "8 ",
                "8\n",
                "8/8",
                "/8",
                "8.0",
                "0x8",
                "eight",
                "255.0.0.0",
                "\u0668",
                "4294967304",
                "99999999999999999999",
                "8%1"
            })
    void rejectsInvalidPrefixLengths(String length) {
        assertRefused(
                "prefix length must be from 0 to 32: 10.0.0.0/" + length, "10.0.0.0/" + length);
    }

    @ParameterizedTest
    @CsvSource({
        "::/129",
        "::1/-1",
        "::1/",
        "2001:db8::/032",
        "2001:db8::/4294967328",
        "::ffff:10.0.0.1/129",
        "fe80::1/64%1",
        "fe80::1%1/129"
    })
    void rejectsPrefixLengthAbove128(String text) {
        assertRefused("prefix length must be from 0 to 128: " + text, text);
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:10.0.0.1/96,  0.0.0.0/0",
        "::ffff:0:0/96,       0.0.0.0/0",
        "::ffff:10.0.0.1/97,  0.0.0.0/1",
        "::ffff:10.0.0.1/120, 10.0.0.0/24",
        "::ffff:10.0.0.1/127, 10.0.0.0/31",
        "::ffff:10.0.0.1/128, 10.0.0.1",
        "::ffff:a00:1/128,    10.0.0.1",
    })
    void rejectsMappedBlockAndSuggestsIpv4(String text, String instead) {
        assertRefused(
                "block of mapped addresses must be written as IPv4, such as "
                        + instead
                        + ": "
                        + text,
                text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:10.0.0.1/95", "::ffff:10.0.0.1/0", "::ffff:0:0/32"})
    void rejectsMappedBlockShorterThan96Bits(String text) {
        assertRefused("block of mapped addresses must be written as IPv4: " + text, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nosuch",
                "",
                "0",
                "00",
                "01",
                "-1",
                "+1",
                "2147483648",
                "4294967297",
                "99999999999999999999",
                "1%1",
                "no such",
                "1]",
                "\u0661"
            })
    void rejectsInvalidZones(String zone) {
        assertRefused(NO_ZONE + "fe80::1%" + zone, "fe80::1%" + zone);
        assertRefused(NO_ZONE + "fe80::%" + zone + "/64", "fe80::%" + zone + "/64");
    }

    /** Systems report no zone of other addresses, so that such a rule would never match. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1%1",
                "169.254.0.1%1",
                "10.0.0.0%1/8",
                "::ffff:10.0.0.1%1",
                "::1%1",
                "2001:db8::%1/32",
                "fe7f::1%1",
                "fec0::1%1",
                "ff02::1%1",
                "fe80::%1/8",
                "fe80::%1/0",
                "::1%nosuch",
                "::1%"
            })
    void rejectsZoneOfOtherThanLinkLocal(String text) {
        assertRefused("zone must be given only for link-local addresses: " + text, text);
    }

    @Test
    void zoneNameAndNumberAreEquivalent() throws SocketException {
        NetworkInterface loopback = loopback();
        String name = loopback.getName();
        int index = loopback.getIndex();
        CidrBlock named = CidrBlock.parse("fe80::1%" + name);
        assertEquals("fe80::1%" + index, named.toString());
        assertEquals(CidrBlock.parse("fe80::1%" + index), named);
        assertEquals(
                CidrBlock.parse("fe80::%" + index + "/64"),
                CidrBlock.parse("fe80::%" + name + "/64"));
        assertTrue(named.contains(InetAddress.ofLiteral("fe80::1%" + index)));
        assertFalse(named.contains(InetAddress.ofLiteral("fe80::1%" + (index + 1))));
    }

    private static NetworkInterface loopback() throws SocketException {
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isLoopback()) {
                return each;
            }
        }
        throw new AssertionError("no loopback interface");
    }

    @Test
    void messageShowsTheFirst64CharactersOfALongText() {
        String full = "x".repeat(64);
        assertRefused(NO_ADDRESS + full, full);
        assertRefused(NO_ADDRESS + full + "... (65 characters)", full + "x");
        assertRefused(NO_ADDRESS + full + "... (1000000 characters)", "x".repeat(1_000_000));
        String length = "10.0.0.0/" + "8".repeat(1_000_000);
        assertRefused(
                "prefix length must be from 0 to 32: "
                        + length.substring(0, 64)
                        + "... (1000009 characters)",
                length);
        String zone = "fe80::1%" + "x".repeat(1_000_000);
        assertRefused(NO_ZONE + zone.substring(0, 64) + "... (1000008 characters)", zone);
        String colons = ":".repeat(1_000_000);
        assertRefused(NO_ADDRESS + colons.substring(0, 64) + "... (1000000 characters)", colons);
    }

    private static void assertRefused(String message, String text) {
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> CidrBlock.parse(text), message);
        assertEquals(message, thrown.getMessage());
    }
}
