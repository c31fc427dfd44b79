package net.launcher.client.html.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.measure.record.LatencyRecorder;
import net.client.run.RunResult.LoadFigures;
import net.launcher.client.report.Results;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Charts of times, with an axis from 68 to 704 and from 248 up to 48. */
class ChartTest {
    private final Html html = new Html();

    /** Returns times 1 ms apart; each is the previous one times a factor. */
    private static Results times(int count, double firstMillis, double factor) {
        Results results = Results.of(count, 0);
        LatencyRecorder times = new LatencyRecorder();
        double millis = firstMillis;
        for (int i = 0; i < count; i++) {
            times.record((long) (millis * 1e6));
            results.timeline.record(i * 1_000_000L, (long) (millis * 1e6));
            millis *= factor;
        }
        results.time = times.summary();
        results.histogram = times.histogram();
        results.duration = Duration.ofMillis(count);
        return results;
    }

    private static Results loaded(int count) {
        Results loaded = times(count, 10, 1);
        loaded.load =
                Optional.of(
                        new LoadFigures(times(count, 1, 1).result(), Results.of(1, 0).result()));
        return loaded;
    }

    private String draw(BiConsumer<List<Series>, Html> chart, Results results) {
        chart.accept(Series.of(results.result()), html);
        return html.page();
    }

    private static long count(String page, String text) {
        return Pattern.compile(Pattern.quote(text)).matcher(page).results().count();
    }

    @ParameterizedTest
    @CsvSource({"1.001, false", "1.05, true"})
    void logarithmicAxesSayThatTheyAre(double factor, boolean isLog) {
        String page =
                draw(
                        (all, out) -> {
                            new PercentileCurve(all).draw(out);
                            new HistogramChart(all).draw(out);
                            new TimesOverRun(all).draw(out);
                        },
                        times(100, 1, factor));
        assertEquals(isLog ? 2 : 0, count(page, ">ms (logarithmic)<"));
        assertEquals(isLog ? 1 : 0, count(page, ">time in ms (logarithmic)<"));
        assertEquals(isLog ? 0 : 2, count(page, ">ms<"));
        for (String label : List.of(">1<", ">2<", ">5<")) {
            assertTrue(!isLog || page.contains(label), page);
        }
    }

    /** A digit is at most 12 units wide, on narrow screens. */
    @ParameterizedTest
    @ValueSource(longs = {1000, 1005, 1010, 1015, 1020, 1100})
    void tickLabelsAtTheEdgeAreNotCut(long millis) {
        Chart chart = Chart.open(html, "chart", "", "");
        chart.xAxis(RunAxis.of(millis * 1_000_000).axis(), "ms");
        chart.close();
        Matcher label =
                Pattern.compile("x=\"([\\d.]+)\" y=\"268\" text-anchor=\"(\\w+)\">1000<")
                        .matcher(html.page());
        assertTrue(label.find());
        double x = Double.parseDouble(label.group(1));
        double end = label.group(2).equals("end") ? x : x + 4 * 12 / 2.0;
        assertTrue(end <= 720, label.group());
    }

    @Test
    void distributionMarksMedianAndTail() {
        String page = draw((all, out) -> new HistogramChart(all).draw(out), times(100, 1, 1.05));
        assertEquals(2, count(page, "class=\"mark\""));
        assertEquals(1, count(page, ">p50<"));
        assertEquals(1, count(page, ">p99<"));
    }

    /** A 99th percentile requires 100 times. */
    @Test
    void distributionMarksOnlyMeasuredPercentiles() {
        String page = draw((all, out) -> new HistogramChart(all).draw(out), times(99, 1, 1.05));
        assertEquals(1, count(page, "class=\"mark\""));
        assertFalse(page.contains(">p99<"));
    }

    @Test
    void bothRunsAreDrawnUnderLoad() {
        String page =
                draw(
                        (all, out) -> {
                            new PercentileCurve(all).draw(out);
                            new HistogramChart(all).draw(out);
                        },
                        loaded(100));
        assertEquals(1, count(page, "<path class=\"curve\" d=\"M68 "));
        // The curve and the outline of the distribution.
        assertEquals(2, count(page, "<path class=\"second\" d=\"M68 "));
        assertTrue(page.contains("idle p50 1.00 ms, p90 1.00 ms, p99 1.00 ms"), page);
        assertTrue(page.contains("loaded p50 10.0 ms"), page);
        for (String label : List.of("idle p50", "idle p99", "loaded p50", "loaded p99")) {
            assertEquals(1, count(page, ">" + label + "<"), label);
        }
    }

    @Test
    void fewTimesArePoints() {
        String page = draw((all, out) -> new TimesOverRun(all).draw(out), times(5, 1, 1));
        assertEquals(5, count(page, "<circle class=\"dot\""));
        assertTrue(page.contains("<circle class=\"dot\" cx=\"68\" "), page);
        // 2 of 5 ms.
        assertTrue(page.contains("<circle class=\"dot\" cx=\"322.4\" "), page);
        assertTrue(page.contains("time of each exchange"), page);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000, 0", "1001, 0, 2"})
    void manyTimesAreLines(int times, int points, int paths) {
        String page = draw((all, out) -> new TimesOverRun(all).draw(out), times(times, 1, 1));
        assertEquals(points, count(page, "<circle class=\"dot\""));
        for (String line : List.of("curve", "tail", "band")) {
            // One in the legend, and one in the chart.
            assertEquals(paths, count(page, "<path class=\"" + line + "\" d=\"M"), line);
        }
    }

    @Test
    void pointsOfBothRunsDiffer() {
        String page = draw((all, out) -> new TimesOverRun(all).draw(out), loaded(20));
        assertEquals(20, count(page, "<circle class=\"dot\""));
        assertEquals(20, count(page, "<circle class=\"ring\""));
    }
}
