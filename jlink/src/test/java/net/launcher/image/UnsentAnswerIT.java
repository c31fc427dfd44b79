package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.regex.Pattern;

/** Replies that are lost or cannot be sent, while other clients are served. */
class UnsentAnswerIT {
    @AutoClose private static NetworkNamespace server;
    @AutoClose private static NetworkNamespace client;

    @BeforeAll
    static void joinHosts() {
        server = NetworkNamespace.start();
        client = server.join();
        // Otherwise the kernel drops packets from networks without a route.
        server.need(
                "for i in all default net0; do"
                        + " echo 0 > /proc/sys/net/ipv4/conf/$i/rp_filter; done");
        server.with("net0", "10.1.0.1/24");
        client.with("net0", "10.1.0.9/24");
    }

    private static void assertServes(RunningProcess udp) {
        assertEquals(
                List.of("10.1.0.1 10.1.0.1 7"),
                client.run("udp_query.py", "connected", udp.port(), 7, "10.1.0.1"));
    }

    @Test
    void vanishedClientDoesNotAffectOthers() {
        try (RunningProcess udp = server.echo(":0")) {
            for (int i = 0; i < 3; i++) {
                client.run("udp_send.py", "net0", "10.1.0.1", udp.port(), "bye");
                assertServes(udp);
            }
            ProcessResult ended = udp.signal("TERM").end();
            assertEquals(0, ended.status());
            assertTrue(
                    ended.err().contains(" from 6 datagrams, 30 B received, 30 B sent, "),
                    ended::err);
            assertTrue(ended.err().contains(", 0 dropped, up "), ended::err);
        }
    }

    /** Routes for which the kernel refuses to send. */
    @ParameterizedTest
    @CsvSource({
        "'', 10.90.0.9",
        "unreachable, 10.91.0.9",
        "prohibit, 10.92.0.9",
        "blackhole, 10.93.0.9"
    })
    void countsAnswersThatTheSystemRefusesToSend(String kind, String source) {
        if (!kind.isEmpty()) {
            server.sh("ip route add " + kind + " " + source + "/32");
        }
        try (RunningProcess udp = server.echo(":0")) {
            client.run("udp_spoof.py", source, 5000, "10.1.0.1", udp.port(), 44, 3);
            udp.awaitTotals(
                    " from 3 datagrams, 132 B received, 0 B sent, 0 truncated, 0 dropped, 3 send,");
            assertServes(udp);
            ProcessResult ended = udp.signal("TERM").end();
            assertEquals(0, ended.status());
            assertTrue(ended.err().contains(", 3 send, up "), ended::err);
        }
    }

    /** During neighbour discovery, replies occupy the send buffer. */
    @Test
    void countsAnswersDroppedByAFullBuffer() {
        try (RunningProcess udp = server.echo("--send-buffer", "4K", ":0")) {
            client.run("udp_spoof.py", "10.1.0.77", 5000, "10.1.0.1", udp.port(), 1000, 30);
            String totals = udp.awaitTotals(" from 30 datagrams, ");
            assertTrue(Pattern.compile(", [12]\\d send, ").matcher(totals).find(), totals);
            Await.holds(
                    "given up", () -> server.sh("ip neighbour show 10.1.0.77").contains("FAILED"));
            assertServes(udp);
            assertEquals(0, udp.signal("TERM").end().status());
        }
    }

    @Test
    void doesNotAnswerPortZero() {
        try (RunningProcess udp = server.echo(":0")) {
            client.run("udp_spoof.py", "10.1.0.9", 0, "10.1.0.1", udp.port(), 44);
            udp.awaitTotals(", 1 refused (service_port), up ");
            assertServes(udp);
            ProcessResult ended = udp.signal("TERM").end();
            assertFalse(ended.err().contains(" send, up "), ended::err);
        }
    }
}
