package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A wildcard server on a host with several addresses answers from the address of the request. */
class AnswerAddressIT {
    private static final List<String> ADDRESSES =
            List.of(
                    "10.1.0.1",
                    "10.1.0.2",
                    "10.1.0.3",
                    "10.1.0.4",
                    "fd01::1",
                    "fd01::2",
                    "fe80::1%net0");

    @AutoClose private static NetworkNamespace server;
    @AutoClose private static NetworkNamespace client;

    @BeforeAll
    static void joinHosts() {
        server = NetworkNamespace.start();
        client = server.join();
        server.with("net0", "10.1.0.1/24", "10.1.0.2/24", "10.1.0.3/24");
        // The format of ifconfig.
        server.sh("ip address add 10.1.0.4/24 dev net0 label net0:1");
        server.with("net0", "fd01::1/64", "fd01::2/64", "fe80::1/64");
        client.with("net0", "10.1.0.9/24", "fd01::9/64", "fe80::9/64");
    }

    private static List<String> query(String mode, int port, int bytes, List<String> addresses) {
        List<Object> args = new ArrayList<>(List.of(mode, port, bytes));
        args.addAll(addresses);
        return client.run("udp_query.py", args.toArray());
    }

    @ParameterizedTest
    @CsvSource({"echo, 0", "echo, 1", "echo, 1400", "echo, 60000", "stamp, 44"})
    void answersFromTheAddressOfTheRequest(String service, int bytes) {
        try (RunningProcess udp = server.launch("udp-server", "--service", service, ":0").start()) {
            int port = udp.port();
            List<String> answers =
                    ADDRESSES.stream()
                            .map(address -> address + " " + address + " " + bytes)
                            .toList();
            assertEquals(answers, query("any", port, bytes, ADDRESSES));
            assertEquals(answers, query("connected", port, bytes, ADDRESSES));
            ProcessResult ended = udp.signal("TERM").end();
            assertEquals(0, ended.status());
            int total = 2 * ADDRESSES.size() * bytes;
            assertTrue(
                    ended.err()
                            .contains(
                                    " from 14 datagrams, "
                                            + (total + " B received, ")
                                            + (total + " B sent, 0 truncated, 0 dropped, up ")),
                    ended::err);
        }
    }

    /** Counter-check: a single wildcard socket would fail the tests above. */
    @Test
    void singleWildcardSocketAnswersFromAnotherAddress() {
        try (RunningProcess careless = server.python("wildcard_echo.py").start()) {
            int port = Integer.parseInt(careless.awaitOut("port").split(" ")[1]);
            assertEquals(
                    List.of("10.1.0.3 10.1.0.1 5"), query("any", port, 5, List.of("10.1.0.3")));
        }
    }

    @Test
    void readyLineListsAllAddressesWithOnePort() {
        String zone = "%" + server.sh("ip -oneline link show dev net0").split(":")[0];
        for (String service : new String[] {"echo", "stamp"}) {
            try (RunningProcess udp =
                    server.launch("udp-server", "--service", service, ":0").start()) {
                int port = udp.port();
                Set<String> hosts =
                        Set.of(
                                "127.0.0.1",
                                "[::1]",
                                "10.1.0.1",
                                "10.1.0.2",
                                "10.1.0.3",
                                "10.1.0.4",
                                "[fd01::1]",
                                "[fd01::2]",
                                "[fe80::1" + zone + "]");
                assertEquals(
                        hosts.stream()
                                .map(host -> "udp-server: listening on " + host + ":" + port)
                                .collect(Collectors.toSet()),
                        Set.copyOf(udp.signal("TERM").end().err().lines().toList().subList(0, 9)));
            }
        }
    }

    /** No broadcast addresses, since the whole network would reply, from other addresses. */
    @Test
    void answeringServiceDoesNotBindBroadcastAddresses() {
        ProcessCommand echo =
                server.launch("udp-server", "--service", "echo", "10.1.0.255", "7000");
        assertEquals(
                new ProcessResult(
                        2,
                        "",
                        "udp-server: listen on 10.1.0.255:7000 failed: a service that answers"
                                + " cannot use a broadcast address\n"),
                echo.run());
    }

    @Test
    void nonAnsweringServicesBindOneSocket() {
        try (RunningProcess udp = server.launch("udp-server", ":0").start()) {
            String ready = "udp-server: listening on [::]:" + udp.port();
            ProcessResult ended = udp.signal("TERM").end();
            assertEquals(ready, ended.err().lines().findFirst().orElseThrow());
            assertEquals(2, ended.err().lines().count());
        }
    }

    @Test
    void servesAllAddressesOfOneFamily() {
        try (RunningProcess udp = server.echo("-4", ":0")) {
            List<String> addresses = ADDRESSES.subList(0, 4);
            assertEquals(4, query("connected", udp.port(), 1, addresses).size());
            assertEquals(5 + 1, udp.signal("TERM").end().err().lines().count());
        }
        try (RunningProcess udp = server.echo("-6", ":0")) {
            List<String> addresses = ADDRESSES.subList(4, 7);
            assertEquals(3, query("connected", udp.port(), 1, addresses).size());
            assertEquals(4 + 1, udp.signal("TERM").end().err().lines().count());
        }
    }
}
