package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search for the largest datagram, over links with a small MTU. */
class SizePathIT {
    private static final String NEAR = "10.1.0.1/24 fd01::1/64";
    private static final String FAR = "10.2.0.1/24 fd02::1/64";

    private static NetworkNamespace with(NetworkNamespace host, String name, String addresses) {
        return host.with(name, addresses.split(" "));
    }

    /** Expects the limit of an MTU less the IP and UDP headers. */
    private static EventList assertLargest(
            NetworkNamespace host, String address, RunningProcess server, int largest) {
        ProcessResult ended =
                host.launch("udp-client", "--probe-size", "--format", "json")
                        .with(address, Integer.toString(server.port()))
                        .run();
        assertEquals(0, ended.status(), ended.toString());
        assertEquals("", ended.err());
        EventList events = EventList.of(ended.out());
        assertEquals(3, events.all().size(), ended::out);
        JsonNode size = events.named("size").getFirst();
        int header = address.contains(":") ? 48 : 28;
        assertEquals(largest, size.get("largest_bytes").asInt(), ended::out);
        assertEquals(largest + 1, size.get("smallest_lost_bytes").asInt(), ended::out);
        assertEquals(largest + header, size.get("packet_bytes").asInt(), ended::out);
        events.summary();
        return events;
    }

    /** The server's route has a smaller MTU, so that its answers arrive in fragments. */
    @ParameterizedTest
    @CsvSource({"10.1.0.2, 1472, 1500, true", "10.1.0.2, 1472, 1300, false"})
    void fragmentsOnTheWayBackAreReported(
            String address, int largest, int mtu, boolean isUnfragmented) {
        try (NetworkNamespace near = NetworkNamespace.start();
                NetworkNamespace far = near.join()) {
            with(near, "net0", NEAR);
            with(far, "net0", "10.1.0.2/24");
            far.sh("ip route change 10.1.0.0/24 dev net0 src 10.1.0.2 mtu " + mtu);
            try (RunningProcess server = far.echo(":0")) {
                EventList events = assertLargest(near, address, server, largest);
                JsonNode size = events.named("size").getFirst();
                assertEquals(isUnfragmented, size.get("unfragmented").asBoolean());
            }
        }
    }

    /** On loopback, the MTU limits IPv6 but not IPv4. */
    @Test
    void loopbackMtuLimitsIpv6() {
        try (NetworkNamespace host = NetworkNamespace.start()) {
            host.sh("ip link set lo mtu 65536");
            try (RunningProcess server = host.echo("[::1]:0")) {
                assertLargest(host, "::1", server, 65_536 - 48);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10.1.0.2, 1372", "fd01::2, 1352"})
    void mtuOfTheInterfaceIsTheLimit(String address, int largest) {
        try (NetworkNamespace near = NetworkNamespace.start();
                NetworkNamespace far = near.join()) {
            with(near, "net0", NEAR);
            with(far, "net0", "10.1.0.2/24 fd01::2/64");
            near.sh("ip link set net0 mtu 1400");
            try (RunningProcess server = far.echo(":0")) {
                EventList events = assertLargest(near, address, server, largest);
                // The local kernel refuses each larger datagram.
                assertEquals(0, events.total("lost"));
                assertEquals(
                        events.total("failed"),
                        events.summary().get("errors").get("too_large").asInt());
            }
        }
    }

    /** The router reports the MTU of its next link (RFC 1191, RFC 8201). */
    @ParameterizedTest
    @CsvSource({"10.2.0.1, 1372", "fd02::1, 1352"})
    void mtuBehindARouterIsTheLimit(String address, int largest) {
        try (NetworkNamespace near = NetworkNamespace.start();
                NetworkNamespace router = near.join()) {
            router.sh("ip link set net0 down && ip link set net0 name near0 up");
            router.need(
                    "echo 1 > /proc/sys/net/ipv4/ip_forward"
                            + " && echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
            try (NetworkNamespace far = router.join()) {
                with(near, "net0", NEAR);
                // A router sends neighbour solicitations from its link-local address.
                with(router, "near0", "10.1.0.9/24 fd01::9/64 fe80::9/64");
                with(router, "net0", "10.2.0.9/24 fd02::9/64 fe80::9/64");
                with(far, "net0", FAR);
                route(near, "10.1.0.9", "fd01::9");
                route(far, "10.2.0.9", "fd02::9");
                router.sh("ip link set net0 mtu 1400");
                try (RunningProcess server = far.echo(":0")) {
                    assertLargest(near, address, server, largest);
                }
            }
        }
    }

    private static void route(NetworkNamespace host, String ipv4, String ipv6) {
        host.sh("ip route add default via " + ipv4 + " && ip -6 route add default via " + ipv6);
    }

    /** A token bucket of 1400 bytes drops larger frames, including 14 bytes of Ethernet header. */
    @ParameterizedTest
    @CsvSource({"10.1.0.2, 1358", "fd01::2, 1338"})
    void droppedSizesAreTheLimit(String address, int largest) {
        Assume.success("tc", "-Version");
        try (NetworkNamespace near = NetworkNamespace.start();
                NetworkNamespace far = near.join()) {
            with(near, "net0", NEAR);
            with(far, "net0", "10.1.0.2/24 fd01::2/64");
            far.need("tc qdisc add dev net0 root tbf rate 1gbit burst 1400 limit 1000000");
            try (RunningProcess server = far.echo(":0")) {
                EventList events = assertLargest(near, address, server, largest);
                assertEquals(
                        events.total("lost"),
                        events.summary().get("errors").get("timeout").asInt());
            }
        }
    }
}
