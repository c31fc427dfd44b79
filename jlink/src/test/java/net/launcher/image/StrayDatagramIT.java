package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host that floods the port of a client that waits for one answer of another host. */
class StrayDatagramIT {
    /** Default of {@code net.core.netdev_max_backlog}. */
    private static final int QUEUE = 1000;

    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final long FLOOD_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);
    private static final Pattern OMITTED = Pattern.compile(" \\(after (\\d+) more\\)$");

    /** One at once, one a second for less than 5 seconds, and one at the end. */
    private static final int MAX_LINES = 7;

    /** What the client was sent by the other host and had room for, and its output. */
    private record Outcome(long received, ProcessResult ended) {
        /** The sockets' counters omit what a processor's queue drops, or passes on too late. */
        void assertCounted(long counted) {
            assertTrue(counted <= received && counted >= received - QUEUE, counted + ": " + this);
        }
    }

    /** Runs a client whose server does not answer, before the flood or at all. */
    private static Outcome flood(boolean isAnswered, String... args) throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, HOST);
                DatagramSocket other = new DatagramSocket(0, HOST);
                RunningProcess client =
                        ProcessCommand.of("udp-client", "--service", "echo", "--timeout", "4s")
                                .with(args)
                                .with("127.0.0.1", Integer.toString(server.getLocalPort()))
                                .start()) {
            server.setSoTimeout(10_000);
            DatagramPacket request = new DatagramPacket(new byte[100], 100);
            server.receive(request);
            long sent = flood(other, request.getSocketAddress());
            long dropped = dropped(request.getPort());
            if (isAnswered) {
                server.send(request);
            }
            return new Outcome(sent - dropped, client.end());
        }
    }

    private static long flood(DatagramSocket other, SocketAddress client) throws IOException {
        DatagramPacket stray = new DatagramPacket(new byte[] {'y'}, 1, client);
        long startNanos = System.nanoTime();
        long sent = 0;
        while (System.nanoTime() - startNanos < FLOOD_NANOS) {
            other.send(stray);
            sent++;
        }
        return sent;
    }

    /** Returns the datagrams for which the sockets of a port had no room. */
    private static long dropped(int port) throws IOException {
        List<String> sockets = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/udp")));
        Path ipv6 = Path.of("/proc/net/udp6");
        if (Files.exists(ipv6)) {
            sockets.addAll(Files.readAllLines(ipv6));
        }
        long dropped = 0;
        for (String socket : sockets) {
            String[] columns = socket.strip().split(" +");
            if (columns[1].endsWith(":%04X".formatted(port))) {
                dropped += Long.parseLong(columns[columns.length - 1]);
            }
        }
        return dropped;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linesAreLimitedAndCounted(boolean isAnswered) throws IOException {
        Outcome outcome = flood(isAnswered, "-m", "x");
        ProcessResult ended = outcome.ended();
        assertEquals(isAnswered ? 0 : 1, ended.status(), ended.toString());
        assertEquals(isAnswered ? "x\n" : "", ended.out());
        List<String> lines = ended.err().lines().toList();
        assertTrue(lines.size() <= MAX_LINES, ended::err);
        long counted = 0;
        for (String line : lines) {
            Matcher omitted = OMITTED.matcher(line);
            counted += omitted.find() ? 1 + Long.parseLong(omitted.group(1)) : 1;
        }
        // The last line is that of the failed exchange.
        outcome.assertCounted(isAnswered ? counted : counted - 1);
    }

    @Test
    void eventsAreLimitedAndCounted() throws IOException {
        Outcome outcome = flood(false, "-m", "x", "--format", "json");
        EventList events = EventList.of(outcome.ended().out());
        List<JsonNode> errors = events.named("error");
        assertTrue(errors.size() <= MAX_LINES, errors::toString);
        long counted = 0;
        for (JsonNode error : errors) {
            if (error.get("kind").asText().equals("wrong_source")) {
                counted += 1 + error.path("omitted").asLong(0);
            }
        }
        outcome.assertCounted(counted);
        assertEquals(counted, events.summary().get("errors").get("wrong_source").asLong());
    }

    @Test
    void runsReportOneEventAndTheTotal() throws IOException {
        Outcome outcome = flood(false, "-c", "2", "-i", "1s", "--format", "json");
        EventList events = EventList.of(outcome.ended().out());
        long strays =
                events.named("error").stream()
                        .filter(error -> error.get("kind").asText().equals("wrong_source"))
                        .count();
        assertEquals(1, strays);
        outcome.assertCounted(events.summary().get("errors").get("wrong_source").asLong());
        assertTrue(outcome.ended().err().lines().count() <= MAX_LINES, outcome::toString);
    }
}
