package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Endpoints of servers: names, several endpoints and address families, with a private hosts file.
 */
class ListenIT {
    private static final String READY = "-server: listening on ";

    @TempDir private static Path folder;
    @AutoClose private static NetworkNamespace host;

    @BeforeAll
    static void startHost() throws IOException {
        host = start();
        host.with("lo", "10.1.0.1/32", "10.1.0.2/32", "fd01::1/128");
    }

    private static NetworkNamespace start() throws IOException {
        Path names = folder.resolve("hosts");
        Files.writeString(
                names,
                """
                127.0.0.1 localhost
                ::1 localhost
                10.1.0.1 many.test
                10.1.0.2 many.test
                fd01::1 many.test
                10.1.0.9 some.test
                10.1.0.2 some.test
                10.1.0.9 none.test
                """);
        NetworkNamespace host = NetworkNamespace.start();
        host.need("mount --bind " + names + " /etc/hosts");
        return host;
    }

    /** Starts a server, and returns its endpoints once it listens. */
    private static List<String> locals(RunningProcess server) {
        server.port();
        List<String> lines = server.signal("TERM").end().err().lines().toList();
        return lines.stream()
                .filter(line -> line.contains(READY))
                .map(line -> line.substring(line.indexOf(READY) + READY.length()))
                .toList();
    }

    private static List<String> withPort(int port, String... hosts) {
        return List.of(hosts).stream().map(host -> host + ":" + port).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void nameBindsAllItsAddresses(String transport) {
        try (RunningProcess server = host.launch(transport + "-server", "many.test", "0").start()) {
            assertEquals(
                    withPort(server.port(), "10.1.0.1", "10.1.0.2", "[fd01::1]"), locals(server));
        }
        try (RunningProcess server = host.launch(transport + "-server", "localhost", "0").start()) {
            assertEquals(withPort(server.port(), "127.0.0.1", "[::1]"), locals(server));
        }
        try (RunningProcess server =
                host.launch(transport + "-server", "-6", "many.test", "0").start()) {
            assertEquals(withPort(server.port(), "[fd01::1]"), locals(server));
        }
    }

    @Test
    void eachAddressOfNameIsServed() {
        try (RunningProcess server = host.launch("tcp-server", "many.test", "0").start();
                RunningProcess echo = host.echo("many.test", "0")) {
            for (String address : new String[] {"10.1.0.1", "10.1.0.2", "fd01::1"}) {
                ProcessResult ended =
                        host.launch("tcp-client", address, Integer.toString(server.port())).run();
                assertEquals(new ProcessResult(0, "hello client!\n", ""), ended);
                assertEquals(
                        List.of(address + " " + address + " 3"),
                        host.run("udp_query.py", "connected", echo.port(), 3, address));
            }
            // No other address of the machine is served.
            ProcessResult ended =
                    host.launch("tcp-client", "127.0.0.1", Integer.toString(server.port())).run();
            assertEquals(1, ended.status());
            assertTrue(ended.err().endsWith("connection refused\n"), ended::err);
        }
    }

    /** As with localhost on a machine without IPv6. */
    @Test
    void skipsAddressesThatTheMachineLacksUnlessAll() {
        try (RunningProcess server = host.launch("tcp-server", "some.test", "0").start()) {
            assertEquals(withPort(server.port(), "10.1.0.2"), locals(server));
        }
        ProcessResult ended = host.launch("tcp-server", "none.test", "0").run();
        assertEquals(
                new ProcessResult(
                        2,
                        "",
                        "tcp-server: listen on 10.1.0.9:0 failed: cannot assign requested"
                                + " address\n"),
                ended);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void severalEndpointsShareAFreePort(String transport) {
        try (RunningProcess server =
                host.launch(transport + "-server", "127.0.0.1", "::1", "0").start()) {
            assertEquals(withPort(server.port(), "127.0.0.1", "[::1]"), locals(server));
        }
        try (RunningProcess server =
                host.launch(
                                transport + "-server",
                                "many.test:0",
                                "10.1.0.2:7001",
                                "127.0.0.1:0",
                                // The same endpoint twice.
                                "10.1.0.1:0")
                        .start()) {
            int port = server.port();
            assertEquals(
                    List.of(
                            "10.1.0.1:" + port,
                            "10.1.0.2:" + port,
                            "[fd01::1]:" + port,
                            "10.1.0.2:7001",
                            "127.0.0.1:" + port),
                    locals(server));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void portInUseAtOneAddressIsReported(String transport) {
        String launcher = transport + "-server";
        try (RunningProcess first = host.launch(launcher, "fd01::1", "0").start()) {
            String port = Integer.toString(first.port());
            ProcessResult refused =
                    new ProcessResult(
                            2,
                            "",
                            launcher
                                    + (": listen on [fd01::1]:" + port)
                                    + " failed: address already in use\n");
            assertEquals(refused, host.launch(launcher, "many.test", port).run());
            assertEquals(refused, host.launch(launcher, "10.1.0.1", "fd01::1", port).run());
        }
    }

    @Test
    void listensOnlyOnTheRequestedFamily() {
        try (RunningProcess server = host.launch("tcp-server", "-4", ":0").start()) {
            String port = Integer.toString(server.port());
            ProcessResult ended = host.launch("tcp-client", "::1", port).run();
            assertEquals(1, ended.status());
            assertTrue(ended.err().endsWith("connection refused\n"), ended::err);
            assertEquals(0, host.launch("tcp-client", "127.0.0.1", port).run().status());
            assertEquals(withPort(server.port(), "0.0.0.0"), locals(server));
        }
        try (RunningProcess server = host.launch("udp-server", "-4", ":0").start()) {
            assertEquals(withPort(server.port(), "0.0.0.0"), locals(server));
        }
    }

    @Test
    void ipv6ServerResetsIpv4Peers() {
        try (RunningProcess server = host.launch("tcp-server", "-6", ":0").start()) {
            String port = Integer.toString(server.port());
            assertEquals(1, host.launch("tcp-client", "127.0.0.1", port).run().status());
            assertEquals(0, host.launch("tcp-client", "::1", port).run().status());
            ProcessResult ended = server.signal("TERM").end();
            assertEquals("hello sever!\n", ended.out());
            assertTrue(ended.err().startsWith("tcp-server: listening on [::]:"), ended::err);
            assertTrue(ended.err().contains("tcp-server: refused 127.0.0.1:"), ended::err);
            assertTrue(ended.err().contains(", 1 refused (family), "), ended::err);
        }
    }

    @Test
    void ipv6ServerDropsIpv4Datagrams() {
        try (RunningProcess server = host.launch("udp-server", "-6", ":0").start()) {
            host.run("udp_send.py", "lo", "127.0.0.1", server.port(), "four");
            host.run("udp_send.py", "lo", "::1", server.port(), "six");
            server.awaitOut("six");
            ProcessResult ended = server.signal("TERM").end();
            assertTrue(ended.out().matches("received: six from \\[::1]:\\d+\n"), ended::out);
            assertTrue(ended.err().contains(", 1 refused (family), "), ended::err);
        }
    }

    @Test
    void dualStackServerShowsIpv4Addresses() {
        try (RunningProcess server = host.launch("udp-server", ":0").start()) {
            host.run("udp_send.py", "lo", "10.1.0.1", server.port(), "four");
            host.run("udp_send.py", "lo", "::1", server.port(), "six");
            server.awaitOut("six");
            String out = server.signal("TERM").end().out();
            assertTrue(
                    out.matches(
                            "received: four from 10\\.1\\.0\\.1:\\d+\n"
                                    + "received: six from \\[::1]:\\d+\n"),
                    out);
        }
        for (String transport : new String[] {"tcp", "udp"}) {
            try (RunningProcess server =
                    host.launch(transport + "-server", "--format", "json", ":0").start()) {
                String port = Integer.toString(server.port());
                String local = transport.equals("tcp") ? "127.0.0.1:" : "[::]:";
                host.launch(transport + "-client", "127.0.0.1", port).run();
                String message = server.awaitOut("\"message\"");
                assertTrue(message.contains("\"peer\":\"127.0.0.1:"), message);
                assertTrue(message.contains("\"local\":\"" + local + port + "\""), message);
                host.launch(transport + "-client", "::1", port).run();
                server.awaitOut("\"peer\":\"[::1]:");
            }
        }
    }

    @Test
    void serversStartWithoutIpv6() throws IOException {
        try (NetworkNamespace old = start()) {
            old.need("echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6");
            for (String launcher : new String[] {"tcp-server", "udp-server"}) {
                try (RunningProcess server = old.launch(launcher, "localhost", "0").start()) {
                    assertEquals(withPort(server.port(), "127.0.0.1"), locals(server));
                }
                try (RunningProcess server = old.launch(launcher, ":0").start()) {
                    assertEquals(withPort(server.port(), "0.0.0.0"), locals(server));
                }
                assertEquals(
                        new ProcessResult(
                                2,
                                "",
                                launcher
                                        + ": listen on [::]:0 failed: address family not"
                                        + " supported\n"),
                        old.launch(launcher, "-6", ":0").run());
            }
            try (RunningProcess echo = old.echo(":0")) {
                assertEquals(
                        List.of("127.0.0.1 127.0.0.1 1"),
                        old.run("udp_query.py", "connected", echo.port(), 1, "127.0.0.1"));
            }
            assertEquals(
                    new ProcessResult(
                            2,
                            "",
                            "udp-server: listen on [::]:0 failed: this machine has no such"
                                    + " address\n"),
                    old.launch("udp-server", "-6", "--service", "echo", ":0").run());
        }
    }
}
