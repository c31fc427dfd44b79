package net.launcher.client.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.record.LatencyRecorder;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.LoadFigures;
import net.client.run.RunResult.StampFigures;
import net.client.run.RunResult.StreamFigures;
import net.launcher.Events;
import net.launcher.client.metric.Threshold;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.ClientReport;
import net.launcher.client.report.ClientReports;
import net.launcher.client.report.Exchanges;
import net.launcher.client.report.Results;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

class PageTest {
    private static final long SECOND = 1_000_000_000;

    private final ReportRecorder recorder = new ReportRecorder(RunListener.NONE);
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<String> command = new ArrayList<>(List.of("udp-client", "host"));
    private boolean isInterrupted;

    private static RunConfig.Builder echo() {
        return Exchanges.many(Transport.UDP, Service.ECHO);
    }

    private String text(RunConfig run, RunResult result) {
        return Page.of(
                new RunReportModel(
                        command,
                        run,
                        Instant.parse("2026-01-31T12:00:00Z"),
                        recorder,
                        result,
                        verdicts,
                        isInterrupted));
    }

    private Dom page(RunConfig run, RunResult result) {
        return Dom.of(text(run, result));
    }

    /** Returns a run of exchanges 0.1 s apart, with failures and late answers. */
    private static Results timed(int count) {
        Random random = new Random(count);
        Results results = Results.of(count, 2);
        LatencyRecorder times = new LatencyRecorder();
        for (int i = 0; i < count; i++) {
            long nanos = 40_000 + (long) Math.exp(random.nextDouble(5, 17));
            times.record(nanos);
            results.timeline.record(i * SECOND / 10, nanos);
        }
        results.time = times.summary();
        results.histogram = times.histogram();
        results.duration = Duration.ofMillis(100L * count);
        results.bytesSent = 64L * count;
        results.bytesReceived = 32L * count;
        results.errors.put(Kind.TIMEOUT, 2L);
        return results;
    }

    private void recordSeconds(int seconds) throws IOException {
        for (int i = 0; i < seconds; i++) {
            Results second = Results.of(10, 0);
            second.duration = Duration.ofSeconds(1);
            second.bytesSent = 640;
            second.bytesReceived = 320;
            recorder.onInterval(second.result());
        }
    }

    private static JsonNode json(RunConfig run, RunResult result, List<Verdict> verdicts)
            throws IOException {
        CapturedOutput out = new CapturedOutput();
        Output output = new Output(out);
        Diagnostics err =
                new Diagnostics("probe", new PrintStream(new CapturedOutput()), false, false);
        ClientReport report = ClientReports.of(run, Format.JSON, false, false, output, err);
        report.start(Optional.empty(), List.of());
        report.summary(result, verdicts);
        output.commit();
        List<JsonNode> events = Events.parse(out.text());
        return JsonNodeFactory.instance
                .objectNode()
                .<ObjectNode>set("start", events.getFirst())
                .set("summary", events.getLast());
    }

    /** Each field of the start and summary events is in the page, with its exact value. */
    @ParameterizedTest
    @CsvSource({"TCP, ECHO", "UDP, ECHO", "UDP, STAMP", "UDP, RECEIVE"})
    void containsAllFiguresOfTheJsonEvents(Transport transport, Service service)
            throws IOException {
        RunConfig run =
                Exchanges.many(transport, service).rate(50).duration(Duration.ofSeconds(7)).build();
        Results results = timed(30);
        results.warmup = 4;
        results.skipped = 5;
        results.resolve = Optional.of(Duration.ofNanos(1_234_567));
        results.rawTime = Optional.of(Results.TIMES);
        results.lateness = Optional.of(Results.times(1, 2, 3, 4, -1, -1, 7, 8, 9));
        if (transport == Transport.TCP) {
            results.connect = Optional.of(Results.times(11, 12, 13, 14, 15, 16, 17, 18, 19));
        }
        results.errors.put(Kind.RESET, 3L);
        if (transport == Transport.UDP && service != Service.RECEIVE) {
            results.datagrams =
                    Optional.of(new Datagrams(21, 22, OptionalLong.of(0), 23, 24, 25, 26));
        }
        if (service == Service.STAMP) {
            results.stamp =
                    Optional.of(
                            new StampFigures(
                                    31,
                                    32,
                                    34,
                                    true,
                                    Optional.of(Duration.ofNanos(33)),
                                    Optional.empty(),
                                    35));
        }
        RunResult result = results.result();
        for (String expression : List.of("ok<1", "p99>=1ms", "loss>0.1%", "p999>1s")) {
            verdicts.add(Threshold.parse(expression).verdict(result));
        }
        JsonNode json = json(run, result, verdicts);
        Dom page = page(run, result);
        assertEquals(transport.label(), page.text("start.transport"));
        assertEquals(List.of(), page.differences(json.get("start"), "start."));
        assertEquals(List.of(), page.differences(json.get("summary"), ""));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void containsTheConfigurationOfAPacedRun(Transport transport) throws IOException {
        RunConfig run =
                Exchanges.many(transport, Service.DISCARD).bandwidth(2_500_000).endless().build();
        RunResult result = timed(30).result();
        Dom page = page(run, result);
        assertEquals(
                List.of(), page.differences(json(run, result, List.of()).get("start"), "start."));
        assertEquals("2.5 Mbit/s", page.text("start.bandwidth"));
    }

    @Test
    void formatsFiguresAsInText() {
        Results results = timed(30);
        results.time = Results.TIMES;
        Dom page = page(echo().build(), results.result());
        assertEquals("0.0398", page.text("time_ns.p50"));
        assertEquals("31.2", page.text("time_ns.p999"));
        assertEquals("3.00 s", page.text("duration_ns"));
        assertEquals("timeout", page.rowOf("errors.timeout"));
    }

    @Test
    void escapesTextOfUserAndPeer() throws IOException {
        command.add("<script>alert('1')</script>");
        command.add("-m=\"><img src=x onerror=alert(2)>\u001B[2J\u202E");
        String hostile = "</td></style><iframe src=//evil>&lt;\u0000\n";
        recorder.onFailure(OptionalLong.of(1), Exchanges.failure(Kind.TIMEOUT, hostile, ""));
        recorder.onFailure(
                OptionalLong.of(1), Exchanges.failure(Kind.TIMEOUT, "second message", ""));
        String text = text(echo().build(), timed(30).result());
        Dom page = Dom.of(text);
        assertEquals(List.of(), page.unexpectedElements());
        assertTrue(page.all().contains("</td></style><iframe src=//evil>&lt;\\x00\\x0A"));
        assertTrue(page.all().contains("'<script>alert('\\x5C''1'\\x5C'')</script>'"));
        assertTrue(page.all().contains("onerror=alert(2)>\\x1B[2J\\u{202E}"));
        assertFalse(page.all().contains("second message"));
        assertFalse(text.contains("\u001B") || text.contains("\u202E") || text.contains("\0"));
    }

    @Test
    void hasNoExternalReference() throws IOException {
        recordSeconds(30);
        String text = text(echo().build(), timed(300).result());
        for (String reference :
                List.of("http:", "https:", "src=", "href", "url(", "@import", "<script", "//")) {
            assertFalse(text.contains(reference), reference);
        }
        assertTrue(
                text.contains(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src"
                                + " &#39;none&#39;; style-src &#39;unsafe-inline&#39;\"/>"));
        assertTrue(text.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
    }

    /** Adds a second with 10 exchanges, of which one is lost and one fails. */
    private void recordLossySecond() throws IOException {
        Results second = Results.of(8, 2);
        second.duration = Duration.ofSeconds(1);
        second.datagrams = Optional.of(new Datagrams(9, 1, OptionalLong.of(0), 0, 0, 0, 1));
        recorder.onInterval(second.result());
    }

    @Test
    void runWithLossesHasBarsForThem() throws IOException {
        recordSeconds(29);
        recordLossySecond();
        Dom page = page(echo().build(), timed(300).result());
        assertEquals(
                List.of("percentiles", "distribution", "times", "losses", "exchanges"),
                page.charts());
        assertEquals(1, page.paths("losses", "lost"));
        assertEquals(0, page.paths("losses", "late"));
        assertEquals(1, page.paths("losses", "failed"));
        assertTrue(page.all().contains("1 lost"));
        assertTrue(page.all().contains("1 failed"));
        assertTrue(page.all().contains("Losses per second"));
    }

    /** As in text: of 10 exchanges two failed, of which one was dropped here. */
    @Test
    void answersDroppedHereAreNotFailedOrLost() throws IOException {
        Results second = Results.of(8, 2);
        second.duration = Duration.ofSeconds(1);
        second.datagrams = Optional.of(new Datagrams(8, 1, OptionalLong.of(1), 0, 0, 0, 0));
        recorder.onInterval(second.result());
        recordSeconds(1);
        Dom page = page(echo().build(), second.result());
        assertEquals(1, page.paths("losses", "lost"));
        assertEquals(1, page.paths("losses", "dropped"));
        assertEquals(0, page.paths("losses", "failed"));
        assertTrue(page.all().contains("1 lost1 dropped here, not lost"), page.all());
        assertEquals("10 %", page.text("loss"));
        assertEquals("1", page.text("dropped_here"));
    }

    @ParameterizedTest
    @CsvSource({"PT1S, second", "PT10S, 10 s", "PT0.25S, 250.0 ms"})
    void lossesAreCountedPerWindow(Duration window, String text) throws IOException {
        recordSeconds(29);
        recordLossySecond();
        Dom page = page(echo().window(window).build(), timed(300).result());
        assertTrue(page.all().contains("Losses per " + text), page.all());
    }

    /** A schedule determines the rate of exchanges, and throughput was not asked for. */
    @Test
    void scheduledRunHasNoChartsOfRates() throws IOException {
        recordSeconds(29);
        Dom page = page(echo().rate(10).build(), timed(300).result());
        assertEquals(List.of("percentiles", "distribution", "times"), page.charts());
    }

    @Test
    void runWithABandwidthHasOnlyTheChartOfBits() throws IOException {
        recordSeconds(29);
        Results results = Results.of(290, 0);
        results.duration = Duration.ofSeconds(29);
        RunConfig discard =
                Exchanges.single(Transport.UDP, Service.DISCARD).toBuilder()
                        .endless()
                        .bulk()
                        .bandwidth(1_000_000)
                        .build();
        assertEquals(List.of("throughput"), page(discard, results.result()).charts());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0, 0", "2, 1, 0", "9, 1, 0", "10, 1, 2"})
    void fewTimesHaveOnlyPoints(int count, int points, int distributions) {
        Dom page = page(echo().build(), timed(count).result());
        assertEquals(points + distributions, page.charts().size());
        assertEquals(points == 1, page.charts().contains("times"));
        String text =
                "Charts of the distribution require at least 10 times; this run measured "
                        + count
                        + ".";
        assertEquals(count > 0 && count < 10, page.all().contains(text));
    }

    @Test
    void loadedRunShowsBothTimesAndTheLoad() {
        Results loaded = timed(30);
        loaded.failed = 0;
        loaded.errors.clear();
        loaded.time = Results.times(20, 30, 5_000_000, 50, 60, -1, 80, 90, 100);
        Results idle = timed(20);
        idle.failed = 0;
        idle.time = Results.times(1, 2, 3_000_000, 4, 5, -1, 7, 8, 9);
        Results bulk = Results.of(1, 1);
        bulk.duration = Duration.ofSeconds(4);
        bulk.bytesSent = 4_000_000;
        bulk.bytesReceived = 2_000_000;
        bulk.errors.put(Kind.RESET, 1L);
        bulk.streams =
                List.of(
                        new StreamFigures(1, 3_000_000, 1_000_000, Duration.ofSeconds(4)),
                        new StreamFigures(2, 1_000_000, 1_000_000, Duration.ofSeconds(2)));
        loaded.load = Optional.of(new LoadFigures(idle.result(), bulk.result()));
        RunResult result = loaded.result();
        Dom page = page(echo().build(), result);
        assertEquals(List.of(), differences(echo().build(), result, page));
        assertTrue(
                page.all().contains("+2.00 ms under load: median 3.00 ms idle, 5.00 ms loaded"),
                page.all());
        // 4 MB in 4 s are 8 Mbit/s.
        assertTrue(page.all().contains("Load up8.00 Mbit/s"), page.all());
        assertTrue(page.all().contains("Load down4.00 Mbit/s"), page.all());
        assertEquals(1, page.paths("percentiles", "second"));
        assertEquals(1, page.paths("distribution", "second"));
        assertEquals("verdict bad", page.verdict().getAttribute("class"));
        assertEquals(
                "30 of 30 exchanges succeeded; 1 stream of the load failed",
                page.verdict().getTextContent());
        assertEquals("reset", page.rowOf("load.errors.reset"));
    }

    private List<String> differences(RunConfig run, RunResult result, Dom page) {
        try {
            return page.differences(json(run, result, verdicts).get("summary"), "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void bulkRunIsDescribedInStreams() throws IOException {
        recordSeconds(4);
        // A stream that fails is not a loss.
        Results failing = Results.of(0, 1);
        failing.duration = Duration.ofSeconds(1);
        recorder.onInterval(failing.result());
        Results results = Results.of(2, 1);
        results.duration = Duration.ofSeconds(5);
        results.bytesSent = 3000;
        results.bytesReceived = 1000;
        results.streams =
                List.of(
                        new StreamFigures(1, 2000, 500, Duration.ofSeconds(5)),
                        new StreamFigures(2, 1000, 500, Duration.ofSeconds(5)));
        RunConfig bulk = Exchanges.single(Transport.TCP, Service.ECHO).toBuilder().bulk().build();
        RunResult result = results.result();
        Dom page = page(bulk, result);
        assertEquals("2 of 3 streams succeeded", page.verdict().getTextContent());
        assertEquals("streams ok", page.rowOf("ok"));
        assertEquals(List.of(), differences(bulk, result, page));
        assertFalse(page.all().contains("exchanges"), page.all());
        // 4000 bytes in both directions of the sum; 3000 B in 5 s are 4.8 kbit/s.
        assertTrue(page.all().contains("sum3.00 kB4.80 kbit/s1.00 kB1.60 kbit/s5.00 s"));
    }

    /** One datagram per second is sent, and the last answer is awaited for 2 s. */
    @Test
    void rateDoesNotFallAtTheEnd() throws IOException {
        recordSeconds(4);
        for (int i = 0; i < 2; i++) {
            Results wait = Results.of(0, 0);
            wait.duration = Duration.ofSeconds(1);
            recorder.onInterval(wait.result());
        }
        Results results = Results.of(40, 0);
        results.duration = Duration.ofMillis(4300);
        results.bytesSent = 2560;
        RunConfig bulk = Exchanges.many(Transport.UDP, Service.DISCARD).rate(10).build();
        Dom page = page(bulk, results.result());
        assertEquals(List.of("throughput"), page.charts());
        assertTrue(
                page.all().contains("The last 300.0 ms are not drawn: too short for a rate."),
                page.all());
        // 5.12 kbit/s on an axis to 6, from 248 up to 48: level until the end.
        assertEquals("M68 77.3V77.3H227V77.3H386V77.3H545V77.3H704", page.path("throughput"));
    }

    @Test
    void shortBulkRunHasItsAverage() {
        Results results = Results.of(1, 0);
        results.duration = Duration.ofSeconds(1);
        results.bytesSent = 1000;
        RunConfig discard = RunConfig.of(Transport.TCP, Service.DISCARD, echo().build().client());
        Dom page = page(discard, results.result());
        assertTrue(
                page.all().contains("The run is too short for a chart: up 8.00 kbit/s on average."),
                page.all());
    }

    @Test
    void equalTimesHaveCharts() {
        Results results = Results.of(10, 0);
        LatencyRecorder times = new LatencyRecorder();
        for (int i = 0; i < 10; i++) {
            times.record(0);
            results.timeline.record(0, 0);
        }
        results.histogram = times.histogram();
        results.time = times.summary();
        assertEquals(3, page(echo().build(), results.result()).charts().size());
    }

    @Test
    void streamHasOnlyAChartOfBytes() throws IOException {
        recordSeconds(5);
        Results results = Results.of(2, 0);
        results.duration = Duration.ofSeconds(5);
        results.bytesSent = 3200;
        RunConfig discard = RunConfig.of(Transport.TCP, Service.DISCARD, echo().build().client());
        Dom page = page(discard, results.result());
        assertEquals(List.of("throughput"), page.charts());
        assertFalse(page.all().contains("xchanges per second"), page.all());
    }

    @Test
    void runWithoutAnExchangeHasAPage() {
        Dom page = page(echo().build(), Results.of(0, 0).result());
        assertTrue(page.all().contains("No exchanges"));
        assertEquals(List.of(), page.charts());
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, '',             false, ok,  5 of 5 exchanges succeeded",
        "5, 1, '',             false, bad, 5 of 6 exchanges succeeded",
        "5, 1, failed>1,       false, ok,  All thresholds passed; 5 of 6 exchanges succeeded",
        "1, 0, '',             false, ok,  1 of 1 exchange succeeded",
        "5, 1, failed>0,       false, bad, 1 of 1 threshold failed",
        "5, 1, failed>0 ok<1,  false, bad, 1 of 2 thresholds failed",
        "5, 0, '',             true,  bad, Interrupted by a signal. 5 of 5 exchanges succeeded",
        "5, 0, failed>0,       true,  bad, Interrupted by a signal. All thresholds passed; 5 of 5"
                + " exchanges succeeded"
    })
    void verdictHasTextAndIcon(
            long ok,
            long failed,
            String thresholds,
            boolean interrupted,
            String kind,
            String text) {
        isInterrupted = interrupted;
        RunResult result = Results.of(ok, failed).result();
        for (String expression : thresholds.isEmpty() ? new String[0] : thresholds.split(" ")) {
            verdicts.add(Threshold.parse(expression).verdict(result));
        }
        Dom page = page(echo().build(), result);
        assertEquals("verdict " + kind, page.verdict().getAttribute("class"));
        assertEquals(text, page.verdict().getTextContent());
        assertEquals(1, page.verdict().getElementsByTagName("path").getLength());
    }

    /** 3600 seconds of 100 exchanges each, one in a thousand lost. */
    @Test
    void pageOfAnHourIsSmall() throws IOException {
        Random random = new Random(1);
        Results results = Results.of(359_640, 360);
        LatencyRecorder times = new LatencyRecorder();
        for (int i = 0; i < 360_000; i++) {
            long at = i * SECOND / 100;
            if (i % 1000 > 0) {
                long nanos = (long) Math.exp(random.nextDouble(9, 20));
                times.record(nanos);
                results.timeline.record(at, nanos);
            }
        }
        for (int i = 0; i < 3600; i++) {
            Results second = Results.of(random.nextInt(100), random.nextInt(2));
            second.datagrams =
                    Optional.of(
                            new Datagrams(
                                    second.ok, second.failed, OptionalLong.of(0), 0, 0, 0, 0));
            second.duration = Duration.ofSeconds(1);
            second.bytesSent = random.nextInt(100_000);
            second.bytesReceived = random.nextInt(100_000);
            recorder.onInterval(second.result());
        }
        results.duration = Duration.ofHours(1);
        results.time = times.summary();
        results.histogram = times.histogram();
        String page = text(echo().build(), results.result());
        int bytes = page.getBytes(StandardCharsets.UTF_8).length;
        assertEquals(5, Dom.of(page).charts().size());
        // 3600 seconds in at most 600 bars.
        assertTrue(page.contains("Losses per 8 s"));
        assertTrue(bytes < 200_000, bytes + " bytes");
        // A page without its charts would be smaller.
        assertTrue(bytes > 30_000, bytes + " bytes");
    }
}
