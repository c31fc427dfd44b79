package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rate limit of replies. */
class AnswerRateIT {
    private static final int BYTES = 10;
    private static final int RATE = 100;
    private static final int BURST = 1000;

    private static long count(String what, String totals) {
        Matcher matcher = Pattern.compile(" (\\d+) " + what).matcher(totals);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /**
     * Returns the number of datagrams received for unused ports, such as replies to forged
     * requests.
     */
    private static long strays(NetworkNamespace host) {
        return Long.parseLong(host.sh("awk '/^Udp: [0-9]/ {print $3}' /proc/net/snmp").strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.1", "127.0.0.1"})
    void limitsTheAnswersToABurst(String address) {
        try (NetworkNamespace host = NetworkNamespace.start();
                NetworkNamespace other = host.join()) {
            host.with("net0", "10.1.0.1/24");
            other.with("net0", "10.1.0.9/24");
            boolean isLoopback = address.equals("127.0.0.1");
            NetworkNamespace client = isLoopback ? host : other;
            String source = isLoopback ? address : "10.1.0.9";
            try (RunningProcess udp = host.echo("--answer-rate", Integer.toString(RATE), ":0")) {
                int port = udp.port();
                long startNanos = System.nanoTime();
                client.run("udp_spoof.py", source, 5000, address, port, BYTES, BURST);
                Await.holds(
                        "all have come",
                        () -> {
                            String totals = udp.awaitTotals(", up ");
                            return count("datagrams?", totals) + count("dropped", totals) == BURST;
                        });
                Duration taken = Duration.ofNanos(System.nanoTime() - startNanos);
                String totals = udp.signal("TERM").end().err().lines().toList().getLast();
                long accepted = count("datagrams?", totals);
                long answers = count("B sent", totals) / BYTES;
                long refilled = RATE * (taken.toSeconds() + 1);
                assertTrue(answers >= Math.min(RATE, accepted), totals);
                assertTrue(answers <= RATE + refilled, totals + taken);
                assertEquals(
                        accepted - answers, count("refused \\(answer_rate\\)", totals), totals);
                assertEquals(answers, strays(client));
            }
        }
    }

    /** More than twice the default rate; each datagram differs, so that no loop is detected. */
    @Test
    void doesNotLimitLoopbackByDefault() throws IOException {
        int requests = 25_000;
        int waiting = 50;
        try (RunningProcess udp =
                        ProcessCommand.of("udp-server", "--service", "echo", "127.0.0.1", "0")
                                .start();
                DatagramChannel client = DatagramChannel.open()) {
            client.connect(new InetSocketAddress("127.0.0.1", udp.port()));
            client.socket().setSoTimeout(10_000);
            ByteBuffer datagram = ByteBuffer.allocate(BYTES);
            for (int i = 0; i < requests + waiting; i++) {
                if (i < requests) {
                    client.write(datagram.clear().putInt(0, i));
                }
                if (i >= waiting) {
                    assertEquals(BYTES, client.read(datagram.clear()));
                    assertEquals(i - waiting, datagram.getInt(0));
                }
            }
            ProcessResult ended = udp.signal("TERM").end();
            assertEquals(requests, count("datagrams?", ended.err()));
            assertFalse(ended.err().contains("refused"), ended::err);
        }
    }
}
