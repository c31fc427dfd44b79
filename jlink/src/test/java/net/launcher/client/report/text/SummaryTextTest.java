package net.launcher.client.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.LatencySummary;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.LoadFigures;
import net.client.run.RunResult.StampFigures;
import net.client.run.RunResult.StreamFigures;
import net.launcher.client.report.Exchanges;
import net.launcher.client.report.Results;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class SummaryTextTest {
    private static String text(RunConfig run, Results results) {
        return String.join("\n", new SummaryText(run, false, results.result()).lines());
    }

    private static RunConfig.Builder echo(Transport transport) {
        return Exchanges.many(transport, Service.ECHO);
    }

    @Test
    void closedLoopHasCountsAndTimes() {
        Results results = Results.of(997, 3);
        results.bytesSent = 64_000;
        results.bytesReceived = 63_808;
        results.duration = Duration.ofMillis(9970);
        results.time = Results.TIMES;
        results.connect =
                Optional.of(Results.times(500_000, 500_000, 500_000, -1, -1, -1, 500_000, -1, -1));
        results.errors.put(Kind.TIMEOUT, 2L);
        results.errors.put(Kind.RESET, 1L);
        assertEquals(
                """
                exchanges   997 ok, 3 failed, loss 0.3 %, 100/s in 9.97 s
                loop        closed, back to back
                bytes       64000 sent, 63808 received
                failures    1 reset, 2 timeout
                times in ms    min   mean    p50    p90    p99  p99.9    max stddev jitter
                time        0.0301 0.0413 0.0398  0.512   1.24   31.2    312 0.0100 0.0005\
                """,
                text(echo(Transport.TCP).build(), results));
    }

    /** Times of one connection are equal, as are those to the first byte and to the only packet. */
    @Test
    void timesThatFollowFromOthersAreVerbose() {
        RunConfig onePacket = echo(Transport.TCP).payload(Payload.pattern(1220)).build();
        RunConfig severalPackets = echo(Transport.TCP).payload(Payload.pattern(1221)).build();
        Results results = Results.of(2, 0);
        results.connect =
                Optional.of(Results.times(500_000, 500_000, 500_000, -1, -1, -1, 500_000, -1, -1));
        results.firstByte = Optional.of(Results.TIMES);
        assertEquals(List.of(), times(onePacket, false, results));
        assertEquals(List.of("first byte"), times(severalPackets, false, results));
        assertEquals(List.of("connect", "first byte"), times(onePacket, true, results));
        results.connect = Optional.of(Results.TIMES);
        assertEquals(List.of("connect"), times(onePacket, false, results));
    }

    private static List<String> times(RunConfig run, boolean isVerbose, Results results) {
        return new SummaryText(run, isVerbose, results.result())
                .lines().stream()
                        .map(line -> line.substring(0, 11).strip())
                        .filter(label -> label.equals("connect") || label.equals("first byte"))
                        .toList();
    }

    @Test
    void openLoopExplainsItsTimes() {
        Results results = Results.of(20, 0);
        results.bytesSent = 560;
        results.bytesReceived = 532;
        results.duration = Duration.ofSeconds(2);
        results.warmup = 5;
        results.skipped = 4;
        results.resolve = Optional.of(Duration.ofNanos(1_200_000));
        results.time = Results.TIMES;
        results.rawTime = Optional.of(Results.NO_TIMES);
        results.lateness = Optional.of(Results.TIMES);
        results.datagrams = Optional.of(new Datagrams(19, 1, OptionalLong.of(0), 2, 3, 4, 5));
        results.errors.put(Kind.WRONG_SOURCE, 6L);
        assertEquals(
                """
                exchanges   20 ok, 0 failed, loss 0 %, 10/s in 2.00 s
                loop        open, interval 10.0 ms on each of 4 sockets
                bytes       560 sent, 532 received
                datagrams   20 sent, 19 received, 1 lost, 0 dropped here, 2 late, 3 duplicates, 4 reordered, 5 corrupt
                failures    6 wrong_source
                resolve     1.20 ms
                warm-up     5 exchanges, not measured
                skipped     4 exchanges, due but not started: this machine or the server was too slow
                times in ms    min   mean    p50    p90    p99  p99.9    max stddev jitter
                time        0.0301 0.0413 0.0398  0.512   1.24   31.2    312 0.0100 0.0005
                raw time         -      -      -      -      -      -      -      -      -
                lateness    0.0301 0.0413 0.0398  0.512   1.24   31.2    312 0.0100 0.0005
                time: from the scheduled start to the end, so that queueing counts
                raw time: from sending to the end; lateness: from schedule to sending\
                """,
                text(
                        echo(Transport.UDP).parallel(4).interval(Duration.ofMillis(10)).build(),
                        results));
    }

    @Test
    void droppedAnswersAreNotLost() {
        Results results = Results.of(16, 4);
        results.datagrams = Optional.of(new Datagrams(16, 1, OptionalLong.of(3), 0, 0, 0, 0));
        String text = text(echo(Transport.UDP).build(), results);
        assertTrue(text.contains("exchanges   16 ok, 4 failed, loss 5 %, "), text);
        assertTrue(text.contains(" 16 received, 1 lost, 3 dropped here, 0 late, "), text);
        String reason =
                "dropped     3 answers by this machine, not lost: its receive buffer was full;"
                        + " raise net.core.rmem_max and --receive-buffer, or lower the rate";
        assertTrue(text.contains(reason), text);
        results.datagrams = Optional.of(new Datagrams(16, 4, OptionalLong.empty(), 0, 0, 0, 0));
        text = text(echo(Transport.UDP).build(), results);
        assertTrue(text.contains("loss 20 %") && text.contains("4 lost, - dropped here,"), text);
    }

    @ParameterizedTest
    @CsvSource({"UDP, ''", "TCP, ', including the wait for a free connection'"})
    void openLoopStatesTheLatenessOfItsTail(Transport transport, String connections) {
        Results results = Results.of(20, 0);
        results.time = Results.TIMES;
        results.rawTime = Optional.of(Results.times(1, 2, 3, 4, 340_000, -1, 7, 8, 9));
        String text = text(echo(transport).rate(10).build(), results);
        String expected = "of p99 1.24 ms, 0.900 ms is lateness of this client" + connections;
        assertTrue(text.endsWith("\n" + expected), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TCP | 1 | | | closed, back to back",
                "UDP | 1 | | | closed, back to back",
                "TCP | 8 | | | closed, back to back on each of 8 connections",
                "UDP | 8 | | | closed, back to back on each of 8 sockets",
                "TCP | 1 | PT0.2S | | closed, at least 200.0 ms apart",
                "TCP | 2 | PT2S | | closed, at least 2.00 s apart on each of 2 connections",
                "UDP | 1 | PT0.0005S | | open, interval 0.50 ms",
                "TCP | 1 | | 500 | open, 500/s",
                "TCP | 2 | | 500 | open, 500/s over 2 connections",
                "UDP | 2 | | 500 | open, 500/s over 2 sockets"
            })
    void hasTheScheduleAsText(
            Transport transport, int parallel, Duration interval, Integer rate, String expected) {
        RunConfig.Builder run = echo(transport).parallel(parallel);
        if (interval != null) {
            run.interval(interval);
        }
        if (rate != null) {
            run.rate(rate);
        }
        List<String> lines = new SummaryText(run.build(), false, Results.of(1, 0).result()).lines();
        assertEquals("loop        " + expected, lines.get(1));
    }

    @Test
    void hasTheBandwidthOfDatagramsAndOfStreams() {
        Results results = Results.of(2, 0);
        results.duration = Duration.ofSeconds(1);
        RunConfig datagrams =
                Exchanges.many(Transport.UDP, Service.DISCARD)
                        .bandwidth(2_500_000)
                        .parallel(2)
                        .build();
        assertEquals(
                "loop        open, 2.5 Mbit/s over 2 sockets",
                new SummaryText(datagrams, false, results.result()).lines().get(1));
        RunConfig streams =
                Exchanges.many(Transport.TCP, Service.DISCARD)
                        .bandwidth(100_000_000)
                        .endless()
                        .build();
        assertEquals(
                "streams     2 ok, 0 failed in 1.00 s, paced at 100 Mbit/s",
                new SummaryText(streams, false, results.result()).lines().getFirst());
    }

    @Test
    void unansweredDatagramsHaveOnlyASentCount() {
        Results results = Results.of(3, 0);
        results.duration = Duration.ofSeconds(1);
        results.bytesSent = 36;
        assertEquals(
                """
                exchanges   3 ok, 0 failed, loss 0 %, 3/s in 1.00 s
                loop        closed, back to back
                bytes       36 sent, 0 received
                datagrams   3 sent, no answer expected\
                """,
                text(Exchanges.many(Transport.UDP, Service.RECEIVE).build(), results));
    }

    @ParameterizedTest
    @CsvSource({
        "true, 3, '2 lost', '1 lost'",
        "false, 3, '- lost', '- lost'",
        "false, 0, '2 lost', '1 lost'",
        "true, 0, '2 lost', '1 lost'"
    })
    void hasLossByDirectionIfKnown(boolean isKnown, long lost, String up, String down) {
        Results results = Results.of(3, 3);
        results.datagrams = Optional.of(new Datagrams(3, lost, OptionalLong.of(0), 0, 0, 0, 0));
        results.stamp =
                Optional.of(
                        new StampFigures(
                                2,
                                1,
                                0,
                                isKnown,
                                Optional.of(Duration.ofNanos(12_000)),
                                Optional.empty(),
                                0));
        String text = text(Exchanges.many(Transport.UDP, Service.STAMP).build(), results);
        assertTrue(text.contains("\nstamp up    " + up + ", jitter 0.0120 ms\n"), text);
        assertTrue(text.endsWith("\nstamp down  " + down + ", jitter -"), text);
    }

    @Test
    void namesUnansweredDatagramsAndClockSteps() {
        Results results = Results.of(3, 3);
        results.datagrams = Optional.of(new Datagrams(3, 9, OptionalLong.of(0), 0, 0, 0, 0));
        results.stamp =
                Optional.of(new StampFigures(2, 0, 7, true, Optional.empty(), Optional.empty(), 1));
        String text = text(Exchanges.many(Transport.UDP, Service.STAMP).build(), results);
        assertTrue(
                text.endsWith(
                        """

                        stamp up    2 lost, jitter -
                        stamp down  0 lost, jitter -
                        unanswered  7 received by the server: limited by its --answer-rate, or \
                        lost on the way back
                        clock       1 step of the server's clock, not counted as jitter\
                        """),
                text);
    }

    @Test
    void runWithoutAnExchangeHasNoTimes() {
        assertEquals(
                """
                exchanges   0 ok, 0 failed, loss -, - in 0.00 ms
                loop        closed, back to back
                bytes       0 sent, 0 received\
                """,
                text(echo(Transport.TCP).build(), Results.of(0, 0)));
    }

    @Test
    void loadHasIdleAndLoadedTimesAndTheirDifference() {
        Results idle = Results.of(1, 0);
        idle.duration = Duration.ofSeconds(1);
        idle.time = Results.times(2_000_000, -1, 3_000_000, -1, -1, -1, -1, -1, -1);
        Results bulk = Results.of(0, 1);
        bulk.streams = List.of(new StreamFigures(1, 0, 0, Duration.ZERO));
        bulk.bytesSent = 125;
        bulk.duration = Duration.ofSeconds(1);
        Results loaded = Results.of(1, 0);
        loaded.time = Results.times(1_500_000, -1, 7_000_000, -1, -1, -1, -1, -1, -1);
        loaded.load = Optional.of(new LoadFigures(idle.result(), bulk.result()));
        loaded.warmup = 1;
        loaded.skipped = 1;
        assertEquals(
                """
                idle        1 ok, 0 failed, loss 0 %, 1/s in 1.00 s, before the load
                load        1 stream, up 1.00 kbit/s, 1 failed
                exchanges   1 ok, 0 failed, loss 0 %, - in 0.00 ms
                loop        closed, back to back
                bytes       0 sent, 0 received
                warm-up     1 exchange, not measured
                skipped     1 exchange, due but not started: this machine or the server was too slow
                times in ms    min   mean    p50    p90    p99  p99.9    max stddev jitter
                idle          2.00      -   3.00      -      -      -      -      -      -
                loaded        1.50      -   7.00      -      -      -      -      -      -
                difference  -0.500      -   4.00      -      -\
                """,
                text(echo(Transport.TCP).build(), loaded));
    }

    @Test
    void wideTimesWidenAllColumns() {
        TimeTable table = new TimeTable();
        LatencySummary times = Results.times(1, 2, 3, 4, 5, 6, 12_345_678_900_000L, -1, -1);
        table.add("time", Optional.of(times));
        table.add("raw time", Optional.empty());
        List<String> lines = table.lines();
        assertEquals(2, lines.size());
        assertEquals(
                "times in ms      min     mean      p50      p90      p99    p99.9      max  "
                        + " stddev   jitter",
                lines.get(0));
        assertEquals(
                "time          0.0000   0.0000   0.0000   0.0000   0.0000   0.0000 12345679       "
                        + " -        -",
                lines.get(1));
        assertEquals(List.of(), new TimeTable().lines());
    }
}
