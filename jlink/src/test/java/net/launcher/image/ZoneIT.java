package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Link-local addresses that are equal on two interfaces and differ by zone. */
class ZoneIT {
    @AutoClose private static NetworkNamespace server;
    @AutoClose private static NetworkNamespace client;

    @BeforeAll
    static void joinHosts() {
        server = NetworkNamespace.start();
        client = server.join();
        server.cable("net1", client);
        for (String name : new String[] {"net0", "net1"}) {
            server.with(name, "fe80::1/64");
            client.with(name, "fe80::9/64");
        }
    }

    @Test
    void servesALinkLocalAddressOnlyInItsZone() {
        try (RunningProcess tcp = server.launch("tcp-server", "[fe80::1%net0]:0").start();
                RunningProcess udp = server.echo("[fe80::1%net0]:0")) {
            assertTrue(tcp.awaitErr("listening").matches(".* on \\[fe80::1%\\w+]:\\d+"));
            String port = Integer.toString(tcp.port());
            assertEquals(
                    new ProcessResult(0, "hello client!\n", ""),
                    client.launch("tcp-client", "fe80::1%net0", port).run());
            ProcessResult other = client.launch("tcp-client", "fe80::1%net1", port).run();
            assertEquals(1, other.status());
            assertTrue(other.err().endsWith("connection refused\n"), other::err);
            assertEquals(
                    List.of("fe80::1%net0 fe80::1%net0 7"),
                    client.run("udp_query.py", "any", udp.port(), 7, "fe80::1%net0"));
        }
    }

    @Test
    void servesTheSameAddressInBothZones() {
        // Also at the default port: this host is private.
        for (String endpoint : new String[] {":0", ":7002"}) {
            try (RunningProcess udp = server.echo(endpoint)) {
                List<String> addresses = List.of("fe80::1%net0", "fe80::1%net1");
                for (String address : addresses) {
                    assertEquals(
                            List.of(address + " " + address + " 7"),
                            client.run("udp_query.py", "connected", udp.port(), 7, address));
                }
            }
        }
        try (RunningProcess tcp =
                server.launch("tcp-server", "[fe80::1%net0]:7002", "[fe80::1%net1]:7002").start()) {
            tcp.port();
            for (String address : new String[] {"fe80::1%net0", "fe80::1%net1"}) {
                assertEquals(0, client.launch("tcp-client", address, "7002").run().status());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void reportsAnUnknownZone(String launcher) {
        assertEquals(
                new ProcessResult(
                        2,
                        "",
                        launcher + ": listen on [fe80::1%nosuch]:0 failed: no such interface\n"),
                server.launch(launcher, "[fe80::1%nosuch]:0").run());
        assertEquals(
                new ProcessResult(
                        2,
                        "",
                        launcher
                                + ": --allow: zone must be an interface of this machine:"
                                + (" fe80::%nosuch/64 (see " + launcher + " --help)\n")),
                server.launch(launcher, "--allow", "fe80::%nosuch/64", ":0").run());
    }

    @Test
    void ruleWithZoneAppliesOnlyToThatInterface() {
        try (RunningProcess udp =
                        server.launch("udp-server", "--allow", "fe80::%net0/64", ":0").start();
                RunningProcess tcp =
                        server.launch("tcp-server", "--deny", "fe80::%net1/64", ":0").start()) {
            client.run("udp_send.py", "net1", "fe80::1", udp.port(), "denied");
            client.run("udp_send.py", "net0", "fe80::1", udp.port(), "allowed");
            udp.awaitOut("allowed");
            ProcessResult ended = udp.signal("TERM").end();
            assertTrue(
                    ended.out().matches("received: allowed from \\[fe80::9%\\w+]:\\d+\n"),
                    ended::out);
            assertTrue(ended.err().contains(", 1 refused (denied), "), ended::err);
            String port = Integer.toString(tcp.port());
            assertEquals(1, client.launch("tcp-client", "fe80::1%net1", port).run().status());
            assertEquals(0, client.launch("tcp-client", "fe80::1%net0", port).run().status());
        }
    }
}
