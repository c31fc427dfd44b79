package net.server.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.server.access.RefusalReason;
import net.server.bind.LocalAddresses;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Senders that get no answer (CVE-2024-2169). */
class AnswerPolicyTest {
    private static final int PER_SECOND = 10;

    /** Ports of a server with several endpoints. */
    private static final Set<Integer> OWN_PORTS = Set.of(8888, 9999);

    @ParameterizedTest
    @CsvSource({
        "0,     service_port",
        "1,     service_port",
        "7,     service_port",
        "1023,  service_port",
        "1024,",
        "1025,",
        "8887,",
        "8888,  own_port",
        "8889,",
        "9998,",
        "9999,  own_port",
        "10000,",
        "65535,",
    })
    void refusesSystemPortsAndOwnPorts(int port, String reason) {
        assertRefusal(reason, "127.0.0.1", port);
    }

    @ParameterizedTest
    @CsvSource({
        "223.255.255.255,",
        "224.0.0.0,        group_address",
        "224.0.0.1,        group_address",
        "239.255.255.255,  group_address",
        "240.0.0.0,",
        "255.255.255.254,",
        "255.255.255.255,  group_address",
        "192.0.2.1,",
        "ff02::1,          group_address",
        "ff05::2,          group_address",
        "feff::1,",
        "2001:db8::1,",
        "::ffff:224.0.0.1, group_address",
    })
    void refusesGroupAddresses(String peer, String reason) {
        assertRefusal(reason, peer, 5000);
    }

    /** Two servers on two machines would loop forever. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1", "127.0.0.2", "192.0.2.1", "::1", "2001:db8::1"})
    void refusesOwnPortAtAnyAddress(String peer) {
        assertRefusal("own_port", peer, 8888);
        assertRefusal(null, peer, 8889);
    }

    @Test
    void refusesAddedPorts() {
        AnswerPolicy rules = rules();
        assertEquals(Optional.empty(), refusal(rules, "192.0.2.1", 7007));
        rules.addOwnPorts(Set.of(7007, 8888));
        assertEquals(Optional.of("own_port"), refusal(rules, "192.0.2.1", 7007));
        assertEquals(Optional.of("own_port"), refusal(rules, "192.0.2.1", 8888));
        assertEquals(Optional.of("own_port"), refusal(rules, "192.0.2.1", 9999));
        assertEquals(Optional.empty(), refusal(rules, "192.0.2.1", 7008));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.254,",
        "192.0.2.255,  group_address",
        "192.0.3.0,",
        "192.0.3.255,",
        "10.1.127.255, group_address",
        "10.1.255.255,",
    })
    void refusesBroadcastAddressesOfOwnNetworks(String peer, String reason) {
        AnswerPolicy rules = rules("192.0.2.255", "10.1.127.255");
        assertEquals(Optional.ofNullable(reason), refusal(rules, peer, 5000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void refusesUnspecifiedAddresses(String peer) {
        assertRefusal("group_address", peer, 5000);
    }

    @Test
    void findsBroadcastAddressesOfInterfaces() throws Exception {
        Set<InetAddress> expected = new HashSet<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InterfaceAddress address : network.getInterfaceAddresses()) {
                if (network.isUp() && address.getBroadcast() != null) {
                    expected.add(address.getBroadcast());
                }
            }
        }
        assertEquals(expected, LocalAddresses.broadcasts());
    }

    @Test
    void refusedAnswersDoNotCount() {
        AnswerPolicy rules = rules("192.0.2.255");
        for (int i = 0; i < 2 * PER_SECOND; i++) {
            assertEquals(Optional.of("service_port"), refusal(rules, "192.0.2.1", 1023));
            assertEquals(Optional.of("own_port"), refusal(rules, "192.0.2.1", 8888));
            assertEquals(Optional.of("group_address"), refusal(rules, "192.0.2.255", 5000));
        }
        for (int i = 0; i < PER_SECOND; i++) {
            assertEquals(Optional.empty(), refusal(rules, "192.0.2.1", 5000));
        }
        assertEquals(Optional.of("answer_rate"), refusal(rules, "192.0.2.1", 5000));
        assertEquals(Optional.of("service_port"), refusal(rules, "192.0.2.1", 1023));
    }

    /** Only answers that are sent can return in a loop, and only they count for the rate. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401})
    void rateIsCheckedBeforeTheLoop(int perSecond) {
        AnswerPolicy rules =
                new AnswerPolicy(
                        OWN_PORTS, Set.of(), new AnswerRateLimiter(perSecond, true, () -> 0, 8));
        for (int i = 0; i < 400; i++) {
            assertEquals(Optional.empty(), refusal(rules, "127.0.0.1", 5000));
        }
        if (perSecond > 400) {
            assertEquals(Optional.of("loop"), refusal(rules, "127.0.0.1", 5000));
            assertEquals(Optional.empty(), refusal(rules, "127.0.0.1", 5000));
        }
        for (int i = 0; i < 1000; i++) {
            assertEquals(Optional.of("answer_rate"), refusal(rules, "127.0.0.1", 5000));
        }
    }

    private static void assertRefusal(String reason, String peer, int port) {
        assertEquals(Optional.ofNullable(reason), refusal(rules(), peer, port), peer + " " + port);
    }

    /** Returns the reason to refuse an echo, if there is one. */
    private static Optional<String> refusal(AnswerPolicy rules, String peer, int port) {
        ByteBuffer payload = ByteBuffer.allocate(1);
        InetSocketAddress from = new InetSocketAddress(InetAddress.ofLiteral(peer), port);
        return rules.refusal(from, payload, payload).map(RefusalReason::label);
    }

    /** Returns a policy for broadcast addresses, with a stopped clock. */
    private static AnswerPolicy rules(String... broadcasts) {
        return new AnswerPolicy(
                OWN_PORTS,
                Stream.of(broadcasts).map(InetAddress::ofLiteral).toList(),
                new AnswerRateLimiter(PER_SECOND, false, () -> 0, 8));
    }
}
