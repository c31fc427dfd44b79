package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.server.ErrorKind;
import net.server.ServerStats;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/** What a server did, in a line. */
class TextServerReportTest {
    private static String line(
            int active, Map<RefusalReason, Long> refused, Map<ErrorKind, Long> errors) {
        Duration uptime = Duration.ofSeconds(7);
        return TextServerReport.summaryLine(
                new ServerStats(1, active, refused, 2, 3, 4, 5, 6, errors, uptime));
    }

    @Test
    void whatDidNotHappenIsLeftOut() {
        assertEquals(
                "2 messages, 1 accepted, 3 B received, 4 B sent, 5 truncated, 6 dropped,"
                        + " up 7.00 s",
                line(0, Map.of(), Map.of()));
    }

    @Test
    void peersThatAreThereAreActive() {
        assertEquals(
                "2 messages, 1 accepted, 9 active, 3 B received, 4 B sent, 5 truncated, 6 dropped,"
                        + " up 7.00 s",
                line(9, Map.of(), Map.of()));
    }

    @Test
    void refusalsAndErrorsAreInTheOrderOfTheirNames() {
        assertEquals(
                "2 messages, 1 accepted, 3 B received, 4 B sent, 5 truncated, 6 dropped, 7 refused"
                        + " (limit), 8 refused (source_limit), 1 idle, 2 reset, up 7.00 s",
                line(
                        0,
                        Map.of(RefusalReason.SOURCE_LIMIT, 8L, RefusalReason.LIMIT, 7L),
                        Map.of(ErrorKind.RESET, 2L, ErrorKind.IDLE, 1L)));
    }
}
