package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forged datagrams that would cause endless reply loops. */
class LoopIT {
    private static final Pattern ACCEPTED = Pattern.compile(" from (\\d+) datagrams?, ");

    @AutoClose private static NetworkNamespace host;
    @AutoClose private static NetworkNamespace other;

    @BeforeAll
    static void joinHosts() {
        host = NetworkNamespace.start();
        other = host.join();
        host.with("net0", "10.1.0.1/24");
        other.with("net0", "10.1.0.9/24");
    }

    private static long accepted(String totals) {
        Matcher matcher = ACCEPTED.matcher(totals);
        assertTrue(matcher.find(), totals);
        return Long.parseLong(matcher.group(1));
    }

    /** Ends a server, and returns its summary. */
    private static String end(RunningProcess udp) {
        return udp.signal("TERM").end().err().lines().toList().getLast();
    }

    /** Starts a reply loop between two servers. */
    private static void forge(String address, RunningProcess from, RunningProcess to) {
        host.run("udp_spoof.py", address, from.port(), address, to.port(), 44);
    }

    private static void sendRequest(RunningProcess udp) {
        host.run("udp_query.py", "connected", udp.port(), 44, "127.0.0.1");
    }

    @Test
    void loopOfEchoServersEnds() {
        try (RunningProcess one = host.echo("127.0.0.1:0");
                RunningProcess two = host.echo("127.0.0.1:0")) {
            forge("127.0.0.1", one, two);
            Await.holds(
                    "ended",
                    () ->
                            one.awaitTotals(", up ").contains("(loop)")
                                    || two.awaitTotals(", up ").contains("(loop)"));
            // Other clients are served.
            sendRequest(one);
            sendRequest(two);
            String first = end(one);
            String second = end(two);
            assertTrue((first + second).contains(", 1 refused (loop), up "), first + second);
            // Each server detects loops, but starts to count anew after a pause of the machine.
            long rounds = accepted(first) + accepted(second) - 2;
            assertTrue(rounds >= 800 && rounds < 8000, "rounds: " + rounds);
        }
    }

    @Test
    void loopOfStampServersEndsAfterTwoAnswers() {
        try (RunningProcess one =
                        host.launch("udp-server", "--service", "stamp", "127.0.0.1:0").start();
                RunningProcess two =
                        host.launch("udp-server", "--service", "stamp", "127.0.0.1:0").start()) {
            forge("127.0.0.1", one, two);
            two.awaitTotals(" from 2 datagrams, 88 B received, 44 B sent, ");
            two.awaitTotals(", 1 protocol, up ");
            sendRequest(one);
            sendRequest(two);
            assertEquals(2, accepted(end(one)));
            assertEquals(3, accepted(end(two)));
        }
    }

    /** The same port on two hosts, as with a well-known port. */
    @Test
    void doesNotAnswerAServerOnTheSamePort() {
        try (RunningProcess one = host.echo("10.1.0.1:7001");
                RunningProcess two = other.echo("10.1.0.9:7001")) {
            one.port();
            two.port();
            other.run("udp_spoof.py", "10.1.0.9", 7001, "10.1.0.1", 7001, 44);
            one.awaitTotals(" from 1 datagram, 44 B received, 0 B sent, ");
            assertTrue(end(one).contains(", 1 refused (own_port), up "));
            assertEquals(0, accepted(end(two)));
        }
    }

    /**
     * Multicast, broadcast and similar addresses; sent on the same host, since the kernel drops
     * such datagrams from outside.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.0.1| 0,1,7,19,1023| 5 refused (service_port)",
                "127.0.0.1| 0,1,7,19,1023| 5 refused (service_port)",
                "239.1.2.3,224.0.0.1| 5000| 2 refused (group_address)",
                "255.255.255.255,10.1.0.255| 5000| 2 refused (group_address)",
            })
    void countsRequestsFromUnansweredSources(String sources, String ports, String refused) {
        try (RunningProcess udp = host.echo(":0")) {
            host.run("udp_spoof.py", sources, ports, "10.1.0.1", udp.port(), 44);
            String totals = udp.awaitTotals(", " + refused + ", up ");
            assertTrue(totals.contains(" B received, 0 B sent, "), totals);
            // The first port that is answered.
            host.run("udp_spoof.py", "10.1.0.1", 1024, "10.1.0.1", udp.port(), 44);
            udp.awaitTotals(" 44 B sent, ");
            assertTrue(end(udp).contains(" B sent, 0 truncated, 0 dropped, " + refused + ", up "));
        }
    }

    /** Only the addresses that the kernel does not drop itself. */
    @Test
    void doesNotAnswerABroadcastSource() {
        host.need("for i in all net0; do echo 0 > /proc/sys/net/ipv4/conf/$i/rp_filter; done");
        try (RunningProcess udp = host.echo(":0")) {
            String sources = "239.1.2.3,255.255.255.255,10.1.0.255";
            other.run("udp_spoof.py", sources, 5000, "10.1.0.1", udp.port(), 44);
            udp.awaitTotals(", 1 refused (group_address), up ");
            other.run("udp_query.py", "connected", udp.port(), 44, "10.1.0.1");
            assertTrue(end(udp).contains(" from 2 datagrams, 88 B received, 44 B sent, "));
        }
    }
}
