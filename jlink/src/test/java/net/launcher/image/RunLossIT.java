package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

/** A run that loses one datagram of twenty: counts, thresholds and exit status. */
class RunLossIT {
    private static final int MAX_BYTES = 2048;

    private DatagramSocket socket;

    @BeforeEach
    void echoAllButTheFifth() throws IOException {
        socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::echo);
    }

    private void echo() {
        try {
            for (int i = 1; true; i++) {
                DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
                socket.receive(packet);
                if (i != 5) {
                    socket.send(packet);
                }
            }
        } catch (IOException expected) {
            // The test is over.
        }
    }

    @AfterEach
    void stop() {
        socket.close();
    }

    private ProcessResult run(String... args) {
        return ProcessCommand.of("udp-client", "--service", "echo", "-c", "20", "-i", "5ms")
                .with("--timeout", "2s", "127.0.0.1:" + socket.getLocalPort())
                .with(args)
                .run();
    }

    @Test
    void oneLossExitsWith1() {
        ProcessResult ended = run("--format", "json");
        assertEquals(1, ended.status(), ended.toString());
        EventList events = EventList.of(ended.out());
        assertEquals(19, events.total("ok"));
        assertEquals(1, events.total("failed"));
        assertEquals(20, events.total("sent"));
        assertEquals(19, events.total("received"));
        assertEquals(1, events.total("lost"));
        assertEquals("{\"timeout\":1}", events.summary().get("errors").toString());
        assertEquals(19, events.named("reply").size());
        assertEquals("timeout", events.named("error").getFirst().get("kind").asText());
        assertEquals(5, events.named("error").getFirst().get("number").asLong());
        assertEquals(
                "udp-client: exchange 5 with 127.0.0.1:"
                        + socket.getLocalPort()
                        + " failed: no answer in time\n",
                ended.err());
    }

    /** With thresholds, losses do not determine the exit status; one in twenty is 5 %. */
    @Test
    void keptThresholdsExitWith0() {
        ProcessResult ended =
                run("--fail-if", "loss > 5 %", "--fail-if=failed>1", "--fail-if", "ok<19");
        assertEquals(0, ended.status(), ended.toString());
        assertTrue(ended.out().contains("\nexchanges   19 ok, 1 failed, loss 5 %, "), ended::out);
        String verdicts =
                """
                ok   loss>5%: 5 %
                ok   failed>1: 1
                ok   ok<19: 19
                """;
        assertTrue(ended.out().endsWith(verdicts), ended::out);
    }

    @Test
    void missedThresholdExitsWith3() {
        ProcessResult ended = run("--fail-if", "loss>=5%", "--fail-if", "failed>=2", "--quiet");
        assertEquals(3, ended.status(), ended.toString());
        String verdicts =
                """
                FAIL loss>=5%: 5 %
                ok   failed>=2: 1
                """;
        assertTrue(ended.out().endsWith(verdicts), ended::out);
    }
}
