package net.launcher.server;

import static net.launcher.ServerProbe.assertRefused;
import static net.launcher.ServerProbe.tcp;
import static net.launcher.ServerProbe.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Transport;
import net.server.MulticastGroup;
import net.server.SocketSettings;
import net.server.TcpServerConfig;
import net.server.UdpServerConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Where servers are to listen, and with what sockets. */
class ListenOptionsTest {
    private static final TcpServerConfig TCP = TcpServerConfig.of(new Endpoint("localhost", 8888));

    private static MulticastGroup group(String address, String interfaceName) {
        return new MulticastGroup(InetAddress.ofLiteral(address), interfaceName);
    }

    /** Refused by both servers in the same words. */
    private static void assertRefusedByBoth(String message, String... args) {
        assertRefused(Transport.TCP, message, args);
        assertRefused(Transport.UDP, message, args);
    }

    @Test
    void endpointsAreTakenInTheirOrder() {
        List<Endpoint> endpoints =
                List.of(new Endpoint("b", 1), new Endpoint("", 2), new Endpoint("::1", 8888));
        assertEquals(endpoints, tcp("b:1", ":2", "::1").endpoints());
        assertEquals(endpoints, udp("b:1", ":2", "::1").endpoints());
        endpoints = List.of(new Endpoint("a", 0), new Endpoint("127.0.0.1", 0));
        assertEquals(endpoints, tcp("a", "127.0.0.1", "0").endpoints());
        assertEquals(endpoints, udp("a", "127.0.0.1", "0").endpoints());
    }

    @Test
    void endpointThatIsNoneIsRefused() {
        assertRefusedByBoth("endpoint must be given once: a:1", "a:1", "b", "a:1");
        assertRefusedByBoth("port must be given once: a:1 2", "a:1", "2");
        assertRefusedByBoth("port must be a number from 0 to 65535: 65536", "a", "65536");
    }

    @Test
    void familyIsAnyUnlessGiven() {
        assertEquals(AddressFamily.ANY, tcp().family());
        assertEquals(TCP.toBuilder().family(AddressFamily.IPV4).build(), tcp("-4"));
        assertEquals(TCP.toBuilder().family(AddressFamily.IPV6).build(), tcp("-6"));
        assertEquals(AddressFamily.ANY, udp().family());
        assertEquals(AddressFamily.IPV4, udp("-4", "-4").family());
        assertEquals(AddressFamily.IPV6, udp("-6").family());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4 -6", "-6 -4", "-46", "-4 -6 -4"})
    void familyIsGivenOnce(String flags) {
        assertRefusedByBoth("-6 cannot be used with -4", flags.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "-4, :1",
        "-4, name:1",
        "-4, 127.0.0.1:1",
        "-4, 0.0.0.0:1",
        "-4, [::ffff:127.0.0.1]:1",
        "-6, :1",
        "-6, name:1",
        "-6, [::1]:1",
        "-6, [::]:1",
        "-6, [fe80::1%nosuch]:1",
        "-4, [fe80::1%nosuch]:1"
    })
    void endpointOfTheFamilyOrWithoutOneIsTaken(String family, String endpoint) {
        assertEquals(endpoint, tcp(family, endpoint).endpoints().getFirst().toString());
        assertEquals(endpoint, udp(family, endpoint).endpoints().getFirst().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "-4, IPv4, [::1]:1",
        "-4, IPv4, [::]:1",
        "-4, IPv4, [fe80::1]:1",
        "-6, IPv6, 127.0.0.1:1",
        "-6, IPv6, 0.0.0.0:1",
        "-6, IPv6, [::ffff:127.0.0.1]:1"
    })
    void endpointOfTheOtherFamilyIsRefused(String family, String label, String endpoint) {
        String message =
                "endpoint must be a name or an %s address with %s: %s"
                        .formatted(label, family, endpoint);
        assertRefusedByBoth(message, family, endpoint);
        assertRefusedByBoth(message, "name:1", endpoint, family);
    }

    @ParameterizedTest
    @ValueSource(strings = {"224.0.0.0:1", "239.255.255.255:1", "[ff00::]:1", "[ff02::1]:1"})
    void multicastGroupIsNoEndpoint(String endpoint) {
        String message = "endpoint must not be a multicast group";
        assertRefused(Transport.TCP, message + ": " + endpoint, ":1", endpoint);
        message += ", which is for --join";
        assertRefused(Transport.UDP, message + ": " + endpoint, ":1", endpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"223.255.255.255:1", "240.0.0.0:1", "[feff:ffff::]:1"})
    void addressesBesideThoseOfGroupsAreEndpoints(String endpoint) {
        assertEquals(endpoint, tcp(endpoint).endpoints().getFirst().toString());
        assertEquals(endpoint, udp(endpoint).endpoints().getFirst().toString());
    }

    @Test
    void socketsAreTheSystemsUnlessGiven() {
        assertEquals(SocketSettings.DEFAULT, tcp().sockets());
        assertEquals(
                SocketSettings.builder().receiveBufferBytes(1).build(),
                tcp("--receive-buffer=1").sockets());
        assertEquals(
                SocketSettings.builder().sendBufferBytes(1).build(),
                tcp("--send-buffer=1").sockets());
        assertEquals(SocketSettings.builder().dscp(1).build(), tcp("--dscp=1").sockets());
        SocketSettings sockets =
                SocketSettings.builder()
                        .receiveBufferBytes(65_536)
                        .sendBufferBytes(4_194_304)
                        .dscp(46)
                        .build();
        String[] options = {"--receive-buffer=64K", "--send-buffer=4M", "--dscp=ef"};
        assertEquals(TCP.toBuilder().sockets(sockets).build(), tcp(options));
        assertEquals(sockets, udp(options).sockets());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--receive-buffer", "--send-buffer"})
    void bufferIsFromOneToTheLargestInt(String option) {
        SocketSettings largest = tcp(option + "=2147483647").sockets();
        assertEquals(
                Integer.MAX_VALUE,
                largest.receiveBufferBytes() + largest.sendBufferBytes(),
                option);
        for (String text : List.of("0", "2147483648", "2G")) {
            assertRefusedByBoth(
                    option + " must be a size from 1 to 2147483647, such as 64K or 1M: " + text,
                    option,
                    text);
        }
        for (String text : List.of("-1", "+1", "1k", "K", "")) {
            assertRefusedByBoth(
                    option
                            + " must be in bytes, K, M or G (1024-based), or KB, MB or GB"
                            + " (1000-based): "
                            + text,
                    option,
                    text);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "63, 63", "CS0, 0", "cs7, 56", "AF11, 10", "af43, 38", "EF, 46", "le, 1"})
    void codePointIsANumberOrAName(String text, int dscp) {
        assertEquals(dscp, tcp("--dscp", text).sockets().dscp());
        assertEquals(dscp, udp("--dscp", text).sockets().dscp());
    }

    @Test
    void codePointOutOfRangeIsRefused() {
        assertRefusedByBoth("--dscp must be a number from 0 to 63: 64", "--dscp=64");
        for (String text : List.of("-1", "CS8", "AF44", "AF50", "EF ", "0x2E", "")) {
            assertRefusedByBoth(
                    "--dscp must be a number from 0 to 63, or CS0 to CS7, AF11 to AF43, EF or LE: "
                            + text,
                    "--dscp",
                    text);
        }
    }

    @Test
    void groupsAreTakenInTheirOrder() {
        assertEquals(List.of(), udp().groups());
        UdpServerConfig config =
                udp(
                        "--join=239.1.2.3,ff02::5%lo",
                        ":5000", "--join", "224.0.0.0%no such,::ffff:239.255.255.255");
        assertEquals(
                List.of(
                        group("239.1.2.3", ""),
                        group("ff02::5", "lo"),
                        group("224.0.0.0", "no such"),
                        group("239.255.255.255", "")),
                config.groups());
        assertEquals(List.of(new Endpoint("", 5000)), config.endpoints());
    }

    @ParameterizedTest
    @ValueSource(strings = {":5000", "0.0.0.0:5000", "[::]:5000", "[::0.0.0.0]:5000"})
    void groupsAreReceivedOnAllAddresses(String endpoint) {
        assertEquals(1, udp("--join=239.1.2.3", endpoint).groups().size());
        assertEquals(1, udp("--join=239.1.2.3", "--service=discard", endpoint).groups().size());
        assertEquals(1, udp("--join=239.1.2.3", ":1", endpoint).groups().size());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8888, 8888",
        "127.0.0.1:5000, 5000",
        "name:0, 0",
        "[::1]:65535, 65535",
        "[fe80::1%nosuch]:1, 1"
    })
    void groupsOnOneAddressAreRefused(String endpoint, int port) {
        String message =
                "--join must be used with all addresses, such as :" + port + ", not: " + endpoint;
        assertRefused(Transport.UDP, message, "--join=239.1.2.3", ":5001", endpoint);
        assertRefused(Transport.UDP, message, "--join=239.1.2.3", endpoint);
    }

    @Test
    void groupsWithoutAnEndpointAreRefusedWithTheDefault() {
        assertRefused(
                Transport.UDP,
                "--join must be used with all addresses, such as :8888, not: localhost:8888",
                "--join=239.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "stamp"})
    void groupsForAServiceThatAnswersAreRefused(String service) {
        assertRefused(
                Transport.UDP,
                "--join requires --service receive or discard",
                "--service",
                service,
                "--join=239.1.2.3",
                ":5000");
    }

    @ParameterizedTest
    @CsvSource({
        "223.255.255.255, address must be multicast: 223.255.255.255",
        "240.0.0.0, address must be multicast: 240.0.0.0",
        "255.255.255.255, address must be multicast: 255.255.255.255",
        "feff::1, address must be multicast: feff::1",
        "127.0.0.1%lo, address must be multicast: 127.0.0.1",
        "name, group must start with a numeric address: name",
        "name%lo, group must start with a numeric address: name",
        "239.1.2.3%, group must have an interface after %: 239.1.2.3%",
        "239.1.2.3/8, host must be a valid name or address: 239.1.2.3/8",
        "239.1.2, host must be an IPv4 address of four numbers: 239.1.2",
        "239.1.2.3:5000, host must be a valid IPv6 address: 239.1.2.3:5000",
        "[ff02::1], host must be a valid IPv6 address: [ff02::1]"
    })
    void groupThatIsNoneIsRefused(String text, String message) {
        assertRefused(Transport.UDP, "--join: " + message, "--join=239.1.2.3," + text, ":5000");
    }

    @ParameterizedTest
    @CsvSource({"-4, IPv4, ff02::1", "-6, IPv6, 239.1.2.3"})
    void groupOfTheOtherFamilyIsRefused(String family, String label, String group) {
        assertRefused(
                Transport.UDP,
                "--join must be an " + label + " group with " + family + ": " + group,
                family,
                "--join",
                group,
                ":5000");
    }

    @Test
    void longGroupIsCutInAnError() {
        String address = "a.".repeat(100);
        assertRefused(
                Transport.UDP,
                "--join: group must start with a numeric address: " + address,
                "--join",
                address + "%" + "x".repeat(5000),
                ":5000");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void optionsOfTheOtherServerAreUnknown(Transport transport) {
        List<String> unknown = new ArrayList<>();
        switch (transport) {
            case TCP -> unknown.addAll(List.of("--join", "--answer-rate"));
            case UDP -> unknown.addAll(List.of("--max-connections", "--backlog"));
        }
        for (String option : unknown) {
            assertRefused(transport, "unknown option: " + option + "=1", option + "=1");
        }
    }
}
