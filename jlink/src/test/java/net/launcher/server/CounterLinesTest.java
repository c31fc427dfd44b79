package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.output.CapturedOutput;
import net.launcher.output.Diagnostics;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.ErrorKind;
import net.server.ServerStats;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The counters of servers as text. */
class CounterLinesTest {
    private static String line(
            int active, Map<RefusalReason, Long> refused, Map<ErrorKind, Long> errors) {
        Duration uptime = Duration.ofSeconds(7);
        return CounterLines.line(
                Transport.TCP, new ServerStats(1, active, refused, 2, 3, 4, 5, 6, errors, uptime));
    }

    @Test
    void omitsZeroCountsOfActiveRefusedAndErrors() {
        assertEquals(
                "2 messages from 1 connection, 3 B received, 4 B sent, 5 truncated, 6 dropped,"
                        + " up 7.00 s",
                line(0, Map.of(), Map.of()));
    }

    @Test
    void includesActiveConnections() {
        assertEquals(
                "2 messages from 1 connection, 9 active, 3 B received, 4 B sent, 5 truncated,"
                        + " 6 dropped, up 7.00 s",
                line(9, Map.of(), Map.of()));
    }

    @Test
    void sortsRefusalsAndErrorsByName() {
        assertEquals(
                "2 messages from 1 connection, 3 B received, 4 B sent, 5 truncated, 6 dropped, 7"
                        + " refused (limit), 8 refused (source_limit), 1 idle, 2 reset, up 7.00 s",
                line(
                        0,
                        Map.of(RefusalReason.SOURCE_LIMIT, 8L, RefusalReason.LIMIT, 7L),
                        Map.of(ErrorKind.RESET, 2L, ErrorKind.IDLE, 1L)));
    }

    @Test
    void printsALineForEachOfSeveralServicesAndTheTotal() {
        ServerStats stats =
                new ServerStats(1, 0, Map.of(), 2, 3, 4, 0, 0, Map.of(), Duration.ofSeconds(7));
        String counters = ", 0 truncated, 0 dropped, up 7.00 s\n";
        String one = "2 messages from 1 datagram, 3 B received, 4 B sent" + counters;
        assertEquals("probe: " + one, printed(Map.of(Service.ECHO, stats)));
        Map<Service, ServerStats> both = new LinkedHashMap<>();
        both.put(Service.STAMP, stats);
        both.put(Service.ECHO, stats);
        assertEquals(
                "probe: stamp: "
                        + one
                        + "probe: echo: "
                        + one
                        + "probe: 4 messages from 2 datagrams, 6 B received, 8 B sent"
                        + counters,
                printed(both));
    }

    private static String printed(Map<Service, ServerStats> stats) {
        CapturedOutput out = new CapturedOutput();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        CounterLines.print(new Diagnostics("probe", print, false, false), Transport.UDP, stats);
        return out.text();
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, 1, 1, 1 message from 1 connection",
        "TCP, 0, 2, 0 messages from 2 connections",
        "UDP, 2, 1, 2 messages from 1 datagram",
        "UDP, 1, 0, 1 message from 0 datagrams"
    })
    void agreesInNumber(Transport transport, long messages, long accepted, String start) {
        ServerStats stats =
                new ServerStats(
                        accepted, 0, Map.of(), messages, 3, 4, 5, 6, Map.of(), Duration.ZERO);
        String line = CounterLines.line(transport, stats);
        assertTrue(line.startsWith(start + ", 3 B received, "), line);
    }
}
