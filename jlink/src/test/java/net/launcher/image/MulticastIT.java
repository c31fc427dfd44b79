package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Wildcard servers that receive multicast and broadcast datagrams. */
class MulticastIT {
    @AutoClose private static NetworkNamespace server;
    @AutoClose private static NetworkNamespace client;

    @BeforeAll
    static void joinHosts() {
        server = NetworkNamespace.start();
        client = server.join();
        server.cable("net1", client);
        server.with("net0", "10.1.0.1/24", "fe80::1/64").with("net1", "10.2.0.1/24", "fe80::1/64");
        client.with("net0", "10.1.0.9/24", "fe80::9/64").with("net1", "10.2.0.9/24", "fe80::9/64");
    }

    private static RunningProcess receive(String... args) {
        return server.launch("udp-server", ":0").with(args).start();
    }

    private static void sendTo(String name, String to, RunningProcess udp, String text) {
        client.run("udp_send.py", name, to, udp.port(), text);
    }

    /** Sends a final datagram, and returns the texts and peers of all records. */
    private static List<String> finish(RunningProcess udp) {
        sendTo("net0", "10.1.0.1", udp, "last");
        udp.awaitOut("last");
        ProcessResult ended = udp.signal("TERM").end();
        assertEquals(0, ended.status());
        return ended.out()
                .lines()
                .map(line -> line.replaceFirst("received: (.*):\\d+$", "$1"))
                .map(line -> line.replaceFirst("%\\w+", "%"))
                .toList();
    }

    /** Sends to two groups on each interface, and returns the received texts. */
    private static List<String> receivedByEach(RunningProcess udp, String ipv4, String ipv6) {
        for (String name : new String[] {"net0", "net1"}) {
            sendTo(name, ipv4, udp, "four by " + name);
            sendTo(name, ipv6, udp, "six by " + name);
        }
        return finish(udp);
    }

    @Test
    void receivesAGroupOnAllInterfaces() {
        try (RunningProcess udp = receive("--join", "239.1.2.3,ff15::1:2")) {
            assertEquals(
                    List.of(
                            "four by net0 from 10.1.0.9",
                            "six by net0 from [fe80::9%]",
                            "four by net1 from 10.2.0.9",
                            "six by net1 from [fe80::9%]",
                            "last from 10.1.0.9"),
                    receivedByEach(udp, "239.1.2.3", "ff15::1:2"));
        }
    }

    /** Uses groups that no other test joins: Linux does not separate IPv6 groups by interface. */
    @Test
    void receivesAGroupOnTheNamedInterface() {
        try (RunningProcess udp = receive("--join", "239.1.2.4%net1", "--join=ff15::1:4%net1")) {
            assertEquals(
                    List.of(
                            "four by net1 from 10.2.0.9",
                            "six by net1 from [fe80::9%]",
                            "last from 10.1.0.9"),
                    receivedByEach(udp, "239.1.2.4", "ff15::1:4"));
        }
    }

    /** The first server joins the groups; Linux would deliver their datagrams to the other too. */
    @ParameterizedTest
    @ValueSource(strings = {"--format=text", "-4", "--join=239.1.2.3", "--join=ff15::1:2"})
    void doesNotReceiveAGroupThatAnotherServerJoined(String option) {
        try (RunningProcess other = receive("--join", "239.9.9.9,ff15::9:9");
                RunningProcess udp = receive(option)) {
            for (RunningProcess to : List.of(other, udp)) {
                sendTo("net0", "239.9.9.9", to, "four");
                sendTo("net0", "ff15::9:9", to, "six");
            }
            assertEquals(List.of("last from 10.1.0.9"), finish(udp));
            assertEquals(3, finish(other).size());
        }
    }

    @Test
    void receivesAGroupOnTheNamedLoopback() {
        try (RunningProcess all = receive("--join", "239.1.2.3");
                RunningProcess udp = receive("--join", "239.1.2.3%lo")) {
            for (RunningProcess to : List.of(all, udp)) {
                server.run("udp_send.py", "lo", "239.1.2.3", to.port(), "here");
                sendTo("net0", "239.1.2.3", to, "there");
            }
            assertEquals(2, finish(udp).size());
            // Linux's loopback interface does not have the multicast flag.
            assertEquals(List.of("there from 10.1.0.9", "last from 10.1.0.9"), finish(all));
        }
    }

    @Test
    void jsonHasThePeerAndTheSocket() {
        try (RunningProcess udp = receive("--format=json", "--join", "239.1.2.3,ff15::1:2")) {
            sendTo("net0", "239.1.2.3", udp, "four");
            sendTo("net0", "ff15::1:2", udp, "six");
            String four = udp.awaitOut("\"four\"");
            assertTrue(four.contains("\"local\":\"[::]:" + udp.port() + "\""), four);
            assertTrue(four.contains("\"peer\":\"10.1.0.9:"), four);
            String six = udp.awaitOut("\"six\"");
            assertTrue(six.contains("\"peer\":\"[fe80::9%"), six);
        }
    }

    @Test
    void discardJoinsAGroup() {
        try (RunningProcess udp = receive("--service=discard", "--join", "239.1.2.3")) {
            sendTo("net0", "239.1.2.3", udp, "four");
            udp.awaitTotals(" from 1 datagram, 4 B received, 0 B sent, ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=text", "-4"})
    void receivesBroadcasts(String option) {
        try (RunningProcess udp = receive(option)) {
            sendTo("net0", "255.255.255.255", udp, "limited");
            sendTo("net1", "10.2.0.255", udp, "directed");
            assertEquals(
                    List.of(
                            "limited from 10.1.0.9",
                            "directed from 10.2.0.9",
                            "last from 10.1.0.9"),
                    finish(udp));
        }
    }

    /** A socket bound to a unicast address receives no broadcasts, so it cannot amplify. */
    @Test
    void doesNotAnswerBroadcasts() {
        try (RunningProcess udp = server.echo(":0")) {
            sendTo("net0", "255.255.255.255", udp, "limited");
            sendTo("net0", "10.1.0.255", udp, "directed");
            sendTo("net0", "224.0.0.1", udp, "all hosts");
            sendTo("net0", "10.1.0.1", udp, "last");
            udp.awaitTotals(" 4 B sent, ");
            assertTrue(udp.awaitTotals("").contains(" from 1 datagram, 4 B received, "));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--join 239.1.2.3%nosuch :0"
                        + "| listen on :0 failed: cannot join 239.1.2.3%nosuch: no such interface",
                "--join 10.1.0.1 :0| --join: address must be multicast: 10.1.0.1",
                "--join fd01::1 :0| --join: address must be multicast: fd01::1",
                "--join all.test :0| --join: group must start with a numeric address: all.test",
                "--join 239.1.2.3% :0| --join: group must have an interface after %: 239.1.2.3%",
                "--join 239.1.2.3 --service echo :0"
                        + "| --join requires --service receive or discard",
                "--join 239.1.2.3 10.1.0.1:0"
                        + "| --join must be used with all addresses, such as :0, not: 10.1.0.1:0",
                "--join 239.1.2.3 localhost:0"
                        + "| --join must be used with all addresses, such as :0, not: localhost:0",
                "--join 239.1.2.3 -6 :0| --join must be an IPv6 group with -6: 239.1.2.3",
                "--join ff15::1 -4 :0| --join must be an IPv4 group with -4: ff15::1",
                "239.1.2.3:0"
                        + "| endpoint must not be a multicast group, which is for --join:"
                        + " 239.1.2.3:0",
            })
    void rejectsInvalidGroups(String args, String error) {
        ProcessResult ended = server.launch("udp-server", args.split(" ")).run();
        String hint = error.contains(" failed: ") ? "" : " (see udp-server --help)";
        assertEquals(new ProcessResult(2, "", "udp-server: " + error + hint + "\n"), ended);
    }
}
