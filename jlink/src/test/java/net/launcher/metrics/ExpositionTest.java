package net.launcher.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.metrics.Exposition.Type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.StringWriter;

/** The text of both formats, as their specifications define it. */
class ExpositionTest {
    private final StringWriter text = new StringWriter();

    private Exposition exposition(ExpositionFormat format) {
        return new Exposition(text, format);
    }

    @Test
    void prometheusNamesTheCounterWithItsSuffix() throws IOException {
        Exposition out = exposition(ExpositionFormat.PROMETHEUS);
        out.family("netpair_sent_bytes", Type.COUNTER, "Bytes sent.").sample(Labels.NONE, 5);
        out.end();
        assertEquals(
                """
                # HELP netpair_sent_bytes_total Bytes sent.
                # TYPE netpair_sent_bytes_total counter
                netpair_sent_bytes_total 5
                """,
                text.toString());
    }

    @Test
    void openMetricsNamesTheFamilyWithoutSuffixAndItsUnit() throws IOException {
        Exposition out = exposition(ExpositionFormat.OPENMETRICS);
        out.family("netpair_sent_bytes", Type.COUNTER, "Bytes sent.").sample(Labels.NONE, 5);
        out.family("netpair_open", Type.GAUGE, "Open.").sample(Labels.NONE.with("a", "b"), -1);
        out.end();
        assertEquals(
                """
                # TYPE netpair_sent_bytes counter
                # UNIT netpair_sent_bytes bytes
                # HELP netpair_sent_bytes Bytes sent.
                netpair_sent_bytes_total 5
                # TYPE netpair_open gauge
                # HELP netpair_open Open.
                netpair_open{a="b"} -1
                # EOF
                """,
                text.toString());
    }

    @Test
    void infoIsAGaugeForPrometheus() throws IOException {
        exposition(ExpositionFormat.PROMETHEUS)
                .family("build", Type.INFO, "Build.")
                .sample(Labels.NONE.with("version", "1"), 1);
        exposition(ExpositionFormat.OPENMETRICS)
                .family("build", Type.INFO, "Build.")
                .sample(Labels.NONE.with("version", "1"), 1);
        assertEquals(
                """
                # HELP build_info Build.
                # TYPE build_info gauge
                build_info{version="1"} 1
                # TYPE build info
                # HELP build Build.
                build_info{version="1"} 1
                """,
                text.toString());
    }

    @ParameterizedTest
    @EnumSource
    void familyWithoutSamplesIsOmitted(ExpositionFormat format) throws IOException {
        Exposition out = exposition(format);
        out.family("first", Type.COUNTER, "Unused.");
        out.family("second", Type.COUNTER, "Used.").sample(Labels.NONE, 1);
        assertEquals(-1, text.toString().indexOf("first"));
    }

    @ParameterizedTest
    @EnumSource
    void labelValuesAreEscaped(ExpositionFormat format) throws IOException {
        exposition(format)
                .family("x", Type.GAUGE, "X.")
                .sample(Labels.NONE.with("site", "a\"b\\c\nd\\n").with("é", "ü{}"), 1);
        String sample = text.toString().lines().reduce("", (before, line) -> line);
        assertEquals("x{site=\"a\\\"b\\\\c\\nd\\\\n\",é=\"ü{}\"} 1", sample);
    }

    @Test
    void helpIsEscapedByFormat() throws IOException {
        String help = "a \"b\" \\ c\nd";
        exposition(ExpositionFormat.PROMETHEUS)
                .family("x", Type.GAUGE, help)
                .sample(Labels.NONE, 1);
        exposition(ExpositionFormat.OPENMETRICS)
                .family("x", Type.GAUGE, help)
                .sample(Labels.NONE, 1);
        assertEquals(
                """
                # HELP x a "b" \\\\ c\\nd
                # TYPE x gauge
                x 1
                # TYPE x gauge
                # HELP x a \\"b\\" \\\\ c\\nd
                x 1
                """,
                text.toString());
    }

    @Test
    void histogramIsCumulativeAndItsCountIsThatOfTheLastBucket() throws IOException {
        LatencyBuckets times = new LatencyBuckets();
        for (long nanos : new long[] {50_000, 50_001, 999_999_999, 60_000_000_000L}) {
            times.record(nanos);
        }
        exposition(ExpositionFormat.PROMETHEUS)
                .family("t_seconds", Type.HISTOGRAM, "T.")
                .histogram(Labels.NONE.with("a", "b"), times.snapshot());
        assertEquals(
                """
                # HELP t_seconds T.
                # TYPE t_seconds histogram
                t_seconds_bucket{a="b",le="5e-05"} 1
                t_seconds_bucket{a="b",le="0.0001"} 2
                t_seconds_bucket{a="b",le="0.00025"} 2
                t_seconds_bucket{a="b",le="0.0005"} 2
                t_seconds_bucket{a="b",le="0.001"} 2
                t_seconds_bucket{a="b",le="0.0025"} 2
                t_seconds_bucket{a="b",le="0.005"} 2
                t_seconds_bucket{a="b",le="0.01"} 2
                t_seconds_bucket{a="b",le="0.025"} 2
                t_seconds_bucket{a="b",le="0.05"} 2
                t_seconds_bucket{a="b",le="0.1"} 2
                t_seconds_bucket{a="b",le="0.25"} 2
                t_seconds_bucket{a="b",le="0.5"} 2
                t_seconds_bucket{a="b",le="1.0"} 3
                t_seconds_bucket{a="b",le="2.5"} 3
                t_seconds_bucket{a="b",le="5.0"} 3
                t_seconds_bucket{a="b",le="10.0"} 3
                t_seconds_bucket{a="b",le="+Inf"} 4
                t_seconds_count{a="b"} 4
                t_seconds_sum{a="b"} 61.000100000
                """,
                text.toString());
    }
}
