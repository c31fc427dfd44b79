package net.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_534, 65_535})
    void acceptsPortsFrom0To65535(int port) {
        assertEquals(port, new Endpoint("localhost", port).port());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void rejectsOtherPorts(int port) {
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> new Endpoint("localhost", port));
        assertEquals("port must be from 0 to 65535: " + port, thrown.getMessage());
    }

    @Test
    void rejectsHostInBrackets() {
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> new Endpoint("[::1]", 80));
        assertEquals("host must be a valid IPv6 address: [::1]", thrown.getMessage());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> new Endpoint(null, 80));
        assertThrows(NullPointerException.class, () -> Endpoint.parse(null, 80));
        assertThrows(NullPointerException.class, () -> Endpoint.parsePort(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost    | localhost:80",
                "192.0.2.1    | 192.0.2.1:80",
                "''           | :80",
                "::1          | [::1]:80",
                "fe80::1%eth0 | [fe80::1%eth0]:80"
            })
    void toStringIsParsable(String host, String text) {
        Endpoint endpoint = new Endpoint(host, 80);
        assertEquals(text, endpoint.toString());
        assertEquals(endpoint, Endpoint.parse(endpoint.toString(), 1));
    }

    @Test
    void ofHasNumericAddressAndPort() throws IOException {
        InetAddress named =
                InetAddress.getByAddress("a.name", InetAddress.ofLiteral("192.0.2.1").getAddress());
        Endpoint v4 = Endpoint.of(new InetSocketAddress(named, 65_535));
        Endpoint v6 =
                Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral("2001:DB8:0:0::1"), 80));
        assertEquals(new Endpoint("192.0.2.1", 65_535), v4);
        assertEquals(new Endpoint("2001:db8::1", 80), v6);
        assertEquals("[2001:db8::1]:80", v6.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "::1", "::ffff:10.0.0.1", "fe80::1%eth0"})
    void addressIsNumeric(String host) {
        assertTrue(new Endpoint(host, 80).isNumeric());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "example.com.", "a1", "1a.example", "3com.com", "cafe"})
    void nameIsNotNumeric(String host) {
        assertFalse(new Endpoint(host, 80).isNumeric());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,       192.0.2.1",
        "2001:db8::1,     2001:db8:0:0:0:0:0:1",
        "::ffff:10.0.0.1, 10.0.0.1",
        "fe80::1%3,       fe80:0:0:0:0:0:0:1%3"
    })
    void resolvesLiteralWithoutLookup(String host, String expected) throws IOException {
        InetSocketAddress address = only(new Endpoint(host, 80).resolve());
        assertEquals(expected, address.getAddress().getHostAddress());
        assertEquals(80, address.getPort());
        // An address that was looked up has the text as its name: "name/address".
        assertTrue(address.getAddress().toString().startsWith("/"), address::toString);
    }

    @Test
    void resolvesLocalhostToLoopback() throws IOException {
        List<InetSocketAddress> addresses = new Endpoint("localhost", 80).resolve();
        assertFalse(addresses.isEmpty());
        for (InetSocketAddress address : addresses) {
            assertTrue(address.getAddress().isLoopbackAddress(), address::toString);
            assertEquals(80, address.getPort());
        }
    }

    @Test
    void resolvesAnyHostToWildcard() throws IOException {
        InetSocketAddress address = only(new Endpoint(Endpoint.ANY_HOST, 80).resolve());
        assertTrue(address.getAddress().isAnyLocalAddress());
        assertEquals(80, address.getPort());
    }

    /** RFC 6761, section 6.4: no name below "invalid" exists. */
    @Test
    void unknownNameIsUnknownHost() {
        assertThrows(
                UnknownHostException.class, () -> new Endpoint("nosuch.invalid", 80).resolve());
    }

    @Test
    void unknownZoneIsNoSuchInterface() {
        SocketException thrown =
                assertThrows(
                        SocketException.class,
                        () -> new Endpoint("fe80::1%no-such-zone", 80).resolve());
        assertEquals("no such interface", thrown.getMessage());
        assertInstanceOf(UnknownHostException.class, thrown.getCause());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,        ANY,  127.0.0.1",
        "127.0.0.1,        IPV4, 127.0.0.1",
        "127.0.0.1,        IPV6,",
        "::1,              ANY,  0:0:0:0:0:0:0:1",
        "::1,              IPV4,",
        "::1,              IPV6, 0:0:0:0:0:0:0:1",
        "::ffff:10.0.0.1,  IPV4, 10.0.0.1",
        "::ffff:10.0.0.1,  IPV6,",
        "'',               IPV4, 0.0.0.0",
        "'',               IPV6, 0:0:0:0:0:0:0:0",
    })
    void resolvesToAddressesOfTheFamily(String host, AddressFamily family, String expected)
            throws IOException {
        Endpoint endpoint = new Endpoint(host, 80);
        if (expected == null) {
            UnknownHostException thrown =
                    assertThrows(
                            UnknownHostException.class,
                            () -> endpoint.resolve(family, Duration.ZERO));
            assertEquals("no " + family.label() + " address", thrown.getMessage());
            return;
        }
        InetSocketAddress address = only(endpoint.resolve(family, Duration.ZERO));
        assertEquals(expected, address.getAddress().getHostAddress());
        assertEquals(80, address.getPort());
    }

    @Test
    void wildcardOfAnyFamilyIsThatOfTheSystem() throws IOException {
        Endpoint any = new Endpoint(Endpoint.ANY_HOST, 80);
        assertEquals(any.resolve(), any.resolve(AddressFamily.ANY, Duration.ZERO));
    }

    @Test
    void resolvesNamesWithinTimeout() throws IOException {
        Endpoint localhost = new Endpoint("localhost", 80);
        assertEquals(
                localhost.resolve(), localhost.resolve(AddressFamily.ANY, Duration.ofSeconds(30)));
    }

    private static InetSocketAddress only(List<InetSocketAddress> addresses) {
        assertEquals(1, addresses.size(), addresses::toString);
        return addresses.getFirst();
    }
}
