package net.launcher.client.html.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.Run;
import net.client.RunGroup;
import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException.Kind;
import net.client.measure.record.LatencyRecorder;
import net.client.run.GroupListener;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.launcher.client.html.Dom;
import net.launcher.client.html.PageFile;
import net.launcher.client.metric.Threshold;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.Exchanges;
import net.launcher.client.report.Results;
import net.launcher.command.value.Durations;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.TcpServer;
import net.server.TcpServerConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

@Timeout(60)
class GroupPageTest {
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

    private final List<String> command = new ArrayList<>(List.of("tcp-client", "@targets"));
    private final List<RunConfig> configs = new ArrayList<>();
    private final List<RunResult> results = new ArrayList<>();
    private final List<List<Verdict>> verdicts = new ArrayList<>();
    private boolean isInterrupted;

    @TempDir private Path folder;

    private static TcpServer echo() throws IOException {
        return TcpServer.start(TcpServerConfig.of(ANY_PORT, Service.ECHO), _ -> {});
    }

    private static Endpoint closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Endpoint.of((InetSocketAddress) closed.getLocalSocketAddress());
        }
    }

    private static RunConfig.Builder run(Endpoint target) {
        return RunConfig.builder(Transport.TCP, Service.ECHO, ClientConfig.of(target))
                .window(Duration.ofMillis(20));
    }

    private GroupPage page() {
        GroupPage page =
                new GroupPage(PageFile.of(folder.resolve("p").toString()), command, configs);
        configs.forEach(config -> page.wrap(config, RunListener.NONE));
        return page;
    }

    private Dom dom(GroupPage page) {
        return Dom.of(page.page(results, verdicts, isInterrupted));
    }

    /** Adds a target that was not run. */
    private void add(Results result, String... thresholds) {
        configs.add(run(new Endpoint("host" + configs.size(), 9)).count(1000).build());
        results.add(result.result());
        verdict(results.getLast(), thresholds);
    }

    private void verdict(RunResult result, String... thresholds) {
        verdicts.add(
                Arrays.stream(thresholds)
                        .map(text -> Threshold.parse(text).verdict(result))
                        .toList());
    }

    /** Returns exchanges a second apart. */
    private static Results timed(int count, double millis) {
        Random random = new Random(count);
        Results results = Results.of(count, 0);
        LatencyRecorder times = new LatencyRecorder();
        for (int i = 0; i < count; i++) {
            long nanos = (long) (millis * 1e6 * random.nextDouble(1, 5));
            times.record(nanos);
            results.timeline.record(i * 1_000_000_000L, nanos);
        }
        results.time = times.summary();
        results.histogram = times.histogram();
        results.duration = Duration.ofSeconds(count);
        return results;
    }

    private static Results window(long ok, long failed) {
        Results window = Results.of(ok, failed);
        window.duration = Duration.ofSeconds(1);
        return window;
    }

    @Test
    void eachTargetHasARowAndAChart() throws Exception {
        try (TcpServer first = echo();
                TcpServer second = echo()) {
            Endpoint closed = closedPort();
            for (Endpoint target : List.of(first.endpoint(), closed, second.endpoint())) {
                Duration interval = Duration.ofMillis(1);
                configs.add(run(target).interval(interval).count(120).build());
            }
            GroupPage page = page();
            List<Run> runs = new ArrayList<>();
            for (RunConfig config : configs) {
                runs.add(new Run(config, page.wrap(config, RunListener.NONE)));
            }
            results.addAll(new RunGroup(runs, GroupListener.NONE).run());
            results.forEach(result -> verdict(result, "loss>1%", "p99>30s"));
            page.write(results, verdicts, false);
            Dom dom = Dom.of(Files.readString(folder.resolve("p")));

            String p99 = Durations.precise(results.getFirst().time().p99().orElseThrow());
            String millis = Durations.millis(results.getFirst().time().p99().orElseThrow());
            List<List<String>> rows = dom.rows("targets");
            assertEquals(
                    List.of(
                            "target",
                            "ok",
                            "failed",
                            "loss",
                            "rate",
                            "min (ms)",
                            "p50 (ms)",
                            "p99 (ms)",
                            "max (ms)",
                            "fail if loss>1%",
                            "fail if p99>30s"),
                    rows.getFirst());
            List<String> row = rows.get(1);
            assertEquals(
                    List.of(first.endpoint().toString(), "120", "0", "0 %"), row.subList(0, 4));
            assertEquals(millis, row.get(7));
            assertEquals(List.of("0 % ok", p99 + " ok"), row.subList(9, 11));
            assertEquals(
                    List.of(
                            closed + " worst",
                            "0",
                            "120",
                            "100 %",
                            "0/s",
                            "-",
                            "-",
                            "-",
                            "-",
                            "100 % FAIL",
                            "not enough data FAIL"),
                    rows.get(2));
            assertEquals(
                    List.of("120 refused: connect to " + closed + " failed: connection refused"),
                    rows.get(3));
            assertEquals(List.of("total", "240", "120", "33.3 %"), rows.get(5).subList(0, 4));
            assertEquals(6, rows.size());

            assertEquals(second.endpoint().toString(), dom.text("targets.2.target"));
            assertEquals("120 refused", dom.text("targets.1.errors.refused"));
            assertEquals("FAIL", dom.text("targets.1.thresholds.0.ok"));
            assertEquals("240", dom.text("ok"));
            assertEquals("3", dom.text("targets"));
            assertEquals(List.of("target-0", "target-1", "target-2"), dom.charts());
            assertEquals(1, dom.paths("target-0", "dots"));
            assertEquals(0, dom.paths("target-0", "lost"));
            assertEquals(1, dom.paths("target-1", "lost"));
            assertEquals(0, dom.paths("target-1", "dots"));
            String text = dom.all();
            assertTrue(text.contains("Worst target: " + closed + ", loss 100 %"), text);
            assertTrue(text.contains(closed + " worst0 ok, 120 failed"), text);
            assertEquals(
                    "Thresholds failed for 1 of 3 targets; 2 of 3 targets had no failure",
                    dom.verdict().getTextContent());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 30})
    void allChartsHaveTheSameAxes(int targets) {
        for (int i = 0; i < targets; i++) {
            add(timed(10 + i, i + 1));
        }
        Dom dom = dom(page());
        assertEquals(targets, dom.charts().size());
        List<String> labels = dom.labels("target-0");
        // Small charts have labels only at the ends.
        assertTrue(targets == 3 ? labels.size() > 6 : labels.size() == 4, labels::toString);
        for (String chart : dom.charts()) {
            assertEquals(labels, dom.labels(chart), chart);
        }
    }

    /** The mark of a second in which all was lost is as wide as the second, and 6 units high. */
    @Test
    void lossesAreMarkedWhereTheyOccurred() throws IOException {
        add(timed(10, 1));
        add(timed(10, 1));
        GroupPage page = page();
        RunListener listener = page.wrap(configs.get(1), RunListener.NONE);
        for (int i = 0; i < 10; i++) {
            listener.onInterval(window(i == 5 ? 0 : 1, i == 5 ? 1 : 0).result());
        }
        String text = page.page(results, verdicts, false);
        // 5 to 6 of 10 seconds, on an axis from 56 to 308.
        assertTrue(text.contains("<path class=\"lost\" d=\"M182 146V152H207.2V146Z\"/>"), text);
        assertEquals(0, Dom.of(text).paths("target-0", "lost"));
    }

    @Test
    void answersDroppedHereAreNotMarkedAsLost() throws IOException {
        add(timed(10, 1));
        GroupPage page = page();
        Results window = window(1, 1);
        window.datagrams = Optional.of(new Datagrams(1, 0, OptionalLong.of(1), 0, 0, 0, 0));
        page.wrap(configs.getFirst(), RunListener.NONE).onInterval(window.result());
        assertEquals(0, dom(page).paths("target-0", "lost"));
    }

    /** A day of windows of a second. */
    @Test
    void recordsInBoundedMemory() throws IOException {
        add(timed(10, 1));
        GroupPage page = page();
        RunListener listener = page.wrap(configs.getFirst(), RunListener.NONE);
        for (int i = 0; i < 86_400; i++) {
            listener.onInterval(window(1, 1).result());
        }
        String text = page.page(results, verdicts, false);
        int marks = text.split("class=\"lost\" d=\"")[2].split("\"")[0].split("Z").length;
        assertTrue(marks > 30 && marks <= 100, marks + " marks");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, '',         false, ok,  2 of 2 targets had no failure",
        "0, 1, '',         false, bad, 1 of 2 targets had no failure",
        "0, 1, failed>1,   false, ok,  All thresholds passed; 1 of 2 targets had no failure",
        "2, 1, failed>1,   false, bad, Thresholds failed for 1 of 2 targets; 0 of 2 targets had no"
                + " failure",
        "0, 0, '',         true,  bad, Interrupted by a signal. 2 of 2 targets had no failure"
    })
    void verdictCountsTargets(
            long first,
            long second,
            String threshold,
            boolean interrupted,
            String kind,
            String text) {
        isInterrupted = interrupted;
        String[] thresholds = threshold.isEmpty() ? new String[0] : new String[] {threshold};
        add(Results.of(5, first), thresholds);
        add(Results.of(5, second), thresholds);
        Dom dom = dom(page());
        assertEquals("verdict " + kind, dom.verdict().getAttribute("class"));
        assertEquals(text, dom.verdict().getTextContent());
    }

    @Test
    void targetWithoutAnExchangeIsNoSuccess() {
        add(Results.of(5, 0));
        add(Results.of(0, 0));
        Dom dom = dom(page());
        assertEquals("verdict bad", dom.verdict().getAttribute("class"));
        assertEquals(
                "1 of 2 targets had no failure; 1 had no exchange", dom.verdict().getTextContent());
    }

    @Test
    void equalTargetsHaveNoWorst() {
        add(Results.of(5, 0));
        add(Results.of(5, 0));
        Dom dom = dom(page());
        assertFalse(dom.all().contains("Worst target"), dom.all());
        assertEquals("host0:9", dom.rows("targets").get(1).getFirst());
        assertEquals(List.of(), dom.charts());
    }

    @Test
    void bulkRunHasRatesOfBits() {
        for (int i = 0; i < 2; i++) {
            ClientConfig client = ClientConfig.of(new Endpoint("host" + i, 9));
            RunConfig.Builder run = RunConfig.builder(Transport.UDP, Service.ECHO, client);
            configs.add(run.bulk().bandwidth(1_000_000).endless().build());
            Results result = Results.of(1, 0);
            result.duration = Duration.ofSeconds(1);
            result.bytesSent = 1000;
            result.bytesReceived = 2000;
            results.add(result.result());
            verdicts.add(List.of());
        }
        List<List<String>> rows = dom(page()).rows("targets");
        assertEquals(List.of("target", "ok", "failed", "loss", "rate", "up", "down"), rows.get(0));
        assertEquals(
                List.of("host0:9", "1", "0", "0 %", "1/s", "8.00 kbit/s", "16.0 kbit/s"),
                rows.get(1));
    }

    @Test
    void escapesTextOfUserAndPeer() throws IOException {
        command.add("<script>alert(1)</script>");
        Results failed = Results.of(1, 1);
        failed.errors.put(Kind.TIMEOUT, 1L);
        add(failed, "loss>1%");
        GroupPage page = page();
        page.wrap(configs.getFirst(), RunListener.NONE)
                .onFailure(
                        OptionalLong.of(1),
                        Exchanges.failure(Kind.TIMEOUT, "</td></style><iframe src=//evil>\n", ""));
        Dom dom = dom(page);
        assertEquals(List.of(), dom.unexpectedElements());
        assertTrue(dom.all().contains("</td></style><iframe src=//evil>\\x0A"), dom.all());
    }

    /** An exchange a second, for a minute up to hours. */
    @ParameterizedTest
    @ValueSource(ints = {60, 200, 600, 17_000})
    void pageOf500TargetsIsBelowFiveMegabytes(int seconds) throws IOException {
        for (int i = 0; i < 500; i++) {
            Results target = timed(seconds, 1 + i % 10);
            target.failed = seconds / 10;
            target.errors.put(Kind.TIMEOUT, target.failed);
            add(target, "loss>1%", "p99>1s");
        }
        GroupPage page = page();
        for (RunConfig config : configs) {
            RunListener listener = page.wrap(config, RunListener.NONE);
            String message = "exchange with server.example.com:8888 failed: no answer in time";
            listener.onFailure(OptionalLong.of(1), Exchanges.failure(Kind.TIMEOUT, message, ""));
            for (int i = 0; i < Math.min(seconds, 100); i++) {
                listener.onInterval(window(10, i % 2).result());
            }
        }
        String text = page.page(results, verdicts, false);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes > 500_000 && bytes < 5_000_000, bytes + " bytes");
        for (String reference : List.of("http:", "https:", "src=", "href", "url(", "<script")) {
            assertFalse(text.contains(reference), reference);
        }
    }
}
