package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import net.server.ErrorKind;
import net.server.ServerStats;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class TotalStatsTest {
    private static final ServerStats ONE =
            new ServerStats(
                    1,
                    2,
                    Map.of(RefusalReason.LIMIT, 3L, RefusalReason.DENIED, 4L),
                    5,
                    6,
                    7,
                    8,
                    9,
                    Map.of(ErrorKind.RESET, 10L),
                    Duration.ofSeconds(11));

    private static final ServerStats TWO =
            new ServerStats(
                    100,
                    200,
                    Map.of(RefusalReason.LIMIT, 300L),
                    500,
                    600,
                    700,
                    800,
                    900,
                    Map.of(ErrorKind.RESET, 1000L, ErrorKind.IDLE, 1100L),
                    Duration.ofSeconds(10));

    @Test
    void totalOfOneIsItself() {
        assertSame(ONE, TotalStats.of(List.of(ONE)));
    }

    @Test
    void sumsAllCountersAndTakesTheLongestTime() {
        assertEquals(
                new ServerStats(
                        101,
                        202,
                        Map.of(RefusalReason.LIMIT, 303L, RefusalReason.DENIED, 4L),
                        505,
                        606,
                        707,
                        808,
                        909,
                        Map.of(ErrorKind.RESET, 1010L, ErrorKind.IDLE, 1100L),
                        Duration.ofSeconds(11)),
                TotalStats.of(List.of(ONE, TWO)));
    }
}
