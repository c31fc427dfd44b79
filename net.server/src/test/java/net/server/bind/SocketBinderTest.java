package net.server.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sockets at loopback addresses that no other test uses. */
class SocketBinderTest {
    private static final String ONE = "127.1.2.1";
    private static final String TWO = "127.1.2.2";

    /** An address that no machine has (RFC 5737). */
    private static final String FOREIGN = "203.0.113.1";

    private final List<BindAddress> asked = new ArrayList<>();
    private final List<ServerSocketChannel> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (ServerSocketChannel channel : opened) {
            channel.close();
        }
    }

    @Test
    void bindsAllAddressesInOrder() throws Exception {
        List<ServerSocketChannel> bound = bind(List.of(places(ONE, 0), places(TWO, 0)));
        assertEquals(opened, bound);
        assertEquals(InetAddress.ofLiteral(ONE), local(bound.get(0)).getAddress());
        assertEquals(InetAddress.ofLiteral(TWO), local(bound.get(1)).getAddress());
    }

    @Test
    void systemChoosesOnePortForAll() throws Exception {
        int fixed = freePort();
        List<ServerSocketChannel> bound =
                bind(List.of(places("127.1.2.3", fixed), places(ONE, 0), places(TWO, 0)));
        assertEquals(fixed, local(bound.get(0)).getPort());
        int chosen = local(bound.get(1)).getPort();
        assertNotEquals(0, chosen);
        assertEquals(chosen, local(bound.get(2)).getPort());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sameAddressTwiceIsBoundOnce(boolean isPortFree) throws Exception {
        int port = isPortFree ? 0 : freePort();
        List<BindAddress> one = places(ONE, port);
        List<ServerSocketChannel> bound =
                bind(List.of(one, List.of(one.getFirst(), one.getFirst()), places(TWO, port), one));
        assertEquals(2, bound.size());
        assertEquals(2, asked.size());
    }

    @Test
    void chosenPortIsNotBoundAgainByItsNumber() throws Exception {
        int port = freePort();
        assertEquals(1, bind(List.of(places(ONE, port), places(ONE, port))).size());
        assertEquals(2, bind(List.of(places(TWO, port), places("127.1.2.3", port))).size());
    }

    /** Virtual networks of one adapter have the same link-local address in different zones. */
    @Test
    void addressesOfTwoZonesAreBoundTwice() throws Exception {
        List<BindAddress> places = List.of(place("fe80::1%1", 0), place("fe80::1%2", 0));
        SocketBinder.bind(
                List.of(places, places),
                place -> {
                    asked.add(place);
                    // Replaces addresses that this machine may not have.
                    InetSocketAddress other =
                            address(asked.size() == 1 ? ONE : TWO, place.address().getPort());
                    return keep(ServerSocketChannel.open().bind(other));
                });
        assertEquals(2, asked.size());
        assertEquals("[fe80::1%1]:0", asked.get(0).toString());
        int chosen = local(opened.getFirst()).getPort();
        assertEquals("[fe80::1%2]:" + chosen, asked.get(1).toString());
    }

    @Test
    void retriesIfTheChosenPortIsInUseElsewhere() throws Exception {
        ServerSocketChannel taken = keep(ServerSocketChannel.open().bind(address(TWO, 0)));
        int port = local(taken).getPort();
        List<ServerSocketChannel> bound =
                SocketBinder.bind(
                        List.of(places(ONE, 0), places(TWO, 0)),
                        place -> open(asked.isEmpty() ? place.withPort(port) : place));
        assertEquals(2, bound.size());
        assertNotEquals(port, local(bound.get(0)).getPort());
        assertEquals(local(bound.get(0)).getPort(), local(bound.get(1)).getPort());
        assertFalse(opened.get(1).isOpen(), "the first try's");
        assertEquals(List.of(ONE, TWO, ONE, TWO), askedHosts());
    }

    @Test
    void tries16Ports() {
        BindException thrown =
                assertThrows(
                        BindException.class,
                        () ->
                                SocketBinder.bind(
                                        List.of(places(ONE, 0), places(TWO, 0)),
                                        place -> {
                                            if (place.toString().startsWith(TWO)) {
                                                throw new BindException("Address already in use");
                                            }
                                            return open(place);
                                        }));
        int last = asked.size();
        assertEquals(16, last);
        assertTrue(
                thrown.getMessage().matches("listen on 127.1.2.2:\\d+ failed: .* already in use"),
                thrown.getMessage());
        assertAllClosed();
    }

    @Test
    void triesAConfiguredPortOnce() throws Exception {
        int port = freePort();
        keep(ServerSocketChannel.open().bind(address(TWO, port)));
        assertFails(
                "listen on 127.1.2.2:" + port + " failed: address already in use",
                List.of(places(ONE, port), places(TWO, port)));
        assertEquals(2, asked.size());
        assertAllClosedSince(1);
    }

    @Test
    void failedOpenLeavesNothingOpen() {
        IllegalStateException failure = new IllegalStateException("no more threads");
        IllegalStateException thrown =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                SocketBinder.bind(
                                        List.of(places(ONE, 0), places(TWO, 0)),
                                        place -> {
                                            if (asked.size() == 1) {
                                                throw failure;
                                            }
                                            return open(place);
                                        }));
        assertSame(failure, thrown);
        assertEquals(1, opened.size());
        assertAllClosed();
    }

    @Test
    void skipsAddressesThatTheMachineLacks() throws Exception {
        List<BindAddress> name =
                List.of(place(FOREIGN, 0), place(ONE, 0), place(FOREIGN, 1), place(TWO, 0));
        List<ServerSocketChannel> bound = bind(List.of(name));
        assertEquals(2, bound.size());
        assertEquals(List.of(FOREIGN, ONE, FOREIGN, TWO), askedHosts());
    }

    @Test
    void skipsFamilyThatTheMachineLacks() throws Exception {
        for (Exception lacking : lackingFamily()) {
            asked.clear();
            List<ServerSocketChannel> bound =
                    SocketBinder.bind(
                            List.of(List.of(place("::1", 0), place(ONE, 0))),
                            place -> place.isIpv4() ? open(place) : fail(place, lacking));
            assertEquals(1, bound.size());
            assertEquals(List.of("::1", ONE), askedHosts());
        }
    }

    /** Unless another endpoint has the address, which is then the one in the error. */
    @Test
    void endpointWithoutAnyLocalAddressFails() throws Exception {
        List<BindAddress> name = List.of(place(ONE, 0), place(FOREIGN, 80));
        assertFails(
                "listen on 203.0.113.1:80 failed: cannot assign requested address",
                List.of(name, places(FOREIGN, 80)));
        assertAllClosed();
        assertFails(
                "listen on 203.0.113.1:81 failed: cannot assign requested address",
                List.of(List.of(place(FOREIGN, 80), place(FOREIGN, 81))));
    }

    @Test
    void otherFailuresAreNotSkipped() throws Exception {
        ServerSocketChannel taken = keep(ServerSocketChannel.open().bind(address(ONE, 0)));
        int port = local(taken).getPort();
        assertFails(
                "listen on 127.1.2.1:" + port + " failed: address already in use",
                List.of(List.of(place(TWO, port), place(ONE, port))));
        assertAllClosedSince(1);
    }

    @Test
    void errorNamesAMissingFamily() {
        assertDetail("address family not supported", new UnsupportedAddressTypeException());
        assertDetail(
                "address family not supported by protocol",
                new SocketException("Address family not supported by protocol"));
    }

    @ParameterizedTest
    @CsvSource({
        "Permission denied,           permission denied",
        "cannot join 239.1.2.3%Eth0,  cannot join 239.1.2.3%Eth0",
        "Too many open files,         too many open files",
    })
    void detailStartsInLowerCase(String cause, String detail) {
        assertDetail(detail, new IOException(cause));
    }

    private void assertDetail(String detail, Exception failure) {
        BindException thrown =
                assertThrows(
                        BindException.class,
                        () ->
                                SocketBinder.bind(
                                        List.of(places("127.0.0.1", 80)),
                                        place -> fail(place, failure)));
        assertEquals("listen on 127.0.0.1:80 failed: " + detail, thrown.getMessage());
        assertSame(failure, thrown.getCause());
    }

    /** Otherwise the server's own port would be in use. */
    @ParameterizedTest
    @CsvSource({
        "'',        127.0.0.1",
        "127.0.0.1, ''",
        "::,        0.0.0.0",
        "0.0.0.0,   ::",
        "::,        ::1",
        "0.0.0.0,   127.0.0.1",
    })
    void addressCoveredByAWildcardIsNotBound(String first, String second) throws Exception {
        List<Endpoint> endpoints = List.of(new Endpoint(first, 0), new Endpoint(second, 0));
        List<ServerSocketChannel> bound = bind(SocketBinder.resolve(endpoints, AddressFamily.ANY));
        try {
            assertEquals(1, bound.size());
            InetSocketAddress local = (InetSocketAddress) bound.getFirst().getLocalAddress();
            assertTrue(local.getAddress().isAnyLocalAddress(), local::toString);
        } finally {
            for (ServerSocketChannel channel : bound) {
                channel.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'', :80", "::, [::]:80", "0.0.0.0, 0.0.0.0:80"})
    void errorNamesTheWildcardAsConfigured(String host, String text) throws Exception {
        Endpoint endpoint = new Endpoint(host, 80);
        List<List<BindAddress>> places = SocketBinder.resolve(List.of(endpoint), AddressFamily.ANY);
        BindException thrown =
                assertThrows(
                        BindException.class,
                        () ->
                                SocketBinder.bind(
                                        places,
                                        place -> fail(place, new BindException("Address in use"))));
        assertEquals("listen on " + text + " failed: address in use", thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"239.1.2.3, 239.1.2.3", "224.0.0.0, 224.0.0.0", "ff02::1, [ff02::1]"})
    void rejectsMulticastGroups(String group, String text) {
        assertFails(
                "listen on " + text + ":80 failed: a multicast address must be joined as a group",
                List.of(places(ONE, 0), places(group, 80)));
        assertEquals(List.of(ONE), askedHosts());
        assertAllClosed();
    }

    @ParameterizedTest
    @CsvSource({
        "'',      ANY,  true",
        "'',      IPV4, false",
        "'',      IPV6, false",
        "::,      ANY,  true",
        "::,      IPV6, false",
        "0:0::0,  ANY,  true",
        "0.0.0.0, ANY,  false",
        "::1,     ANY,  false",
    })
    void onlyTheWildcardOfAnyFamilyIsDual(String host, AddressFamily family, boolean isDual)
            throws Exception {
        List<List<BindAddress>> places =
                SocketBinder.resolve(List.of(new Endpoint(host, 80)), family);
        assertEquals(1, places.size());
        assertEquals(1, places.getFirst().size());
        assertEquals(isDual, places.getFirst().getFirst().isDual());
    }

    @Test
    void resolvesNameToAllItsAddresses() throws Exception {
        List<InetSocketAddress> expected =
                Arrays.stream(InetAddress.getAllByName("localhost"))
                        .map(address -> new InetSocketAddress(address, 80))
                        .toList();
        List<List<BindAddress>> places =
                SocketBinder.resolve(
                        List.of(new Endpoint("localhost", 80), new Endpoint(ONE, 81)),
                        AddressFamily.ANY);
        assertEquals(expected, places.get(0).stream().map(BindAddress::address).toList());
        assertEquals(places(ONE, 81), places.get(1));
    }

    @ParameterizedTest
    @CsvSource({
        "nosuch.invalid,   ANY,  nosuch.invalid:80 failed: name not found",
        "127.0.0.1,        IPV6, 127.0.0.1:80 failed: no IPv6 address",
        "::1,              IPV4, [::1]:80 failed: no IPv4 address",
        "::ffff:127.0.0.1, IPV6, [::ffff:127.0.0.1]:80 failed: no IPv6 address",
    })
    void hostWithoutAddressIsUnknown(String host, AddressFamily family, String failure) {
        UnknownHostException thrown =
                assertThrows(
                        UnknownHostException.class,
                        () -> SocketBinder.resolve(List.of(new Endpoint(host, 80)), family));
        assertEquals("listen on " + failure, thrown.getMessage());
        assertTrue(thrown.getCause() instanceof UnknownHostException, "cause is kept");
    }

    @Test
    void rejectsUnknownZone() {
        Endpoint endpoint = new Endpoint("fe80::1%NoSuch", 80);
        IOException thrown =
                assertThrows(
                        IOException.class,
                        () -> SocketBinder.resolve(List.of(endpoint), AddressFamily.ANY));
        assertEquals(
                "listen on [fe80::1%NoSuch]:80 failed: no such interface", thrown.getMessage());
    }

    @Test
    void failureNamesVerbAndAddress() {
        IOException cause = new IOException("Too many open files");
        IOException failed = SocketBinder.failed("accept", address("::1", 80), cause);
        assertEquals("accept on [::1]:80 failed: too many open files", failed.getMessage());
        assertSame(cause, failed.getCause());
    }

    @Test
    void failureToCloseIsSuppressed() {
        IOException failure = new IOException("no space left on device");
        IOException second = new IOException("input/output error");
        SocketBinder.closeAfter(
                failure,
                () -> {
                    throw second;
                });
        assertEquals(List.of(second), List.of(failure.getSuppressed()));
    }

    private List<ServerSocketChannel> bind(List<List<BindAddress>> endpoints) throws IOException {
        return SocketBinder.bind(endpoints, this::open);
    }

    private void assertFails(String message, List<List<BindAddress>> endpoints) {
        BindException thrown = assertThrows(BindException.class, () -> bind(endpoints));
        assertEquals(message, thrown.getMessage());
    }

    private ServerSocketChannel open(BindAddress place) throws IOException {
        asked.add(place);
        ServerSocketChannel channel = keep(ServerSocketChannel.open());
        try {
            return channel.bind(place.address());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private ServerSocketChannel fail(BindAddress place, Exception failure) throws IOException {
        asked.add(place);
        if (failure instanceof IOException checked) {
            throw checked;
        }
        throw (RuntimeException) failure;
    }

    private ServerSocketChannel keep(ServerSocketChannel channel) {
        opened.add(channel);
        return channel;
    }

    private void assertAllClosed() {
        assertAllClosedSince(0);
    }

    private void assertAllClosedSince(int first) {
        assertTrue(opened.size() > first, "opened nothing");
        for (ServerSocketChannel channel : opened.subList(first, opened.size())) {
            assertFalse(channel.isOpen());
        }
    }

    private List<String> askedHosts() {
        return asked.stream().map(place -> Endpoint.of(place.address()).host()).toList();
    }

    /** Exceptions of the JDK for a missing family on several systems. */
    private static List<Exception> lackingFamily() {
        return List.of(
                new UnsupportedAddressTypeException(),
                new SocketException("Address family not supported by protocol"),
                new SocketException("Protocol family unavailable"));
    }

    private static int freePort() throws IOException {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            return local(channel.bind(loopback(0))).getPort();
        }
    }

    private static List<BindAddress> places(String host, int port) {
        return List.of(place(host, port));
    }

    private static BindAddress place(String host, int port) {
        return new BindAddress(address(host, port), false);
    }

    private static InetSocketAddress loopback(int port) {
        return address("127.0.0.1", port);
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private static InetSocketAddress local(ServerSocketChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }
}
