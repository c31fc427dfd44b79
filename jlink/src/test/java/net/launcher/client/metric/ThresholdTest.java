package net.launcher.client.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.measure.LatencyFigure;
import net.client.measure.LatencySummary;
import net.client.measure.record.HistogramRecorder;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.Results;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class ThresholdTest {
    private static final String METRICS =
            "ok, failed, loss, min, mean, max, stddev, jitter, up, down, difference or a percentile"
                    + " such as p50, p95 or p99.9";

    private static final String TIME_RULE =
            " with a time of at most 292 years in ns, us, ms, s, m or h, such as 20ms or 0.5ms: ";

    private static final String SHARE_RULE =
            "--fail-if must compare loss with a share from 0% to 100%, such as 1% or 0.5%: ";

    private static final String COUNT_RULE = " with a number from 0 to 2^63-1: ";

    private static Verdict verdict(String expression, RunResult result) {
        return Threshold.parse(expression).verdict(result);
    }

    private static void assertRejected(String message, String text) {
        IllegalArgumentException rejection =
                assertThrows(IllegalArgumentException.class, () -> Threshold.parse(text), text);
        assertEquals(message + text, rejection.getMessage());
    }

    private static RunResult withTime(LatencyFigure figure, long nanos) {
        long[] times = new long[9];
        for (int i = 0; i < times.length; i++) {
            times[i] = figure.ordinal() == i ? nanos : -1;
        }
        Results results = Results.of(1, 0);
        results.time = Results.times(times);
        return results.result();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p99>20ms | p99 | 20000000 | p99>20ms",
                "p999>=1us | p999 | 1000 | p999>=1us",
                "min<5ns | min | 5 | min<5ns",
                "max<=2m | max | 120000000000 | max<=2m",
                "max<24h | max | 86400000000000 | max<24h",
                "p95>1ms | p95 | 1000000 | p95>1ms",
                "p1>1ms | p1 | 1000000 | p1>1ms",
                "p99.9>1ms | p99.9 | 1000000 | p99.9>1ms",
                "mean>0.5ms | mean | 500000 | mean>0.5ms",
                "p50>1.25s | p50 | 1250000000 | p50>1.25s",
                "stddev>0.0001us | stddev | 0.1 | stddev>0.0001us",
                "jitter>007ms | jitter | 7000000 | jitter>007ms",
                "p90>0s | p90 | 0 | p90>0s",
                "loss>1% | loss | 1 | loss>1%",
                "loss>=0.001% | loss | 0.001 | loss>=0.001%",
                "loss<100% | loss | 100 | loss<100%",
                "ok<100 | ok | 100 | ok<100",
                "failed>0 | failed | 0 | failed>0",
                "up<900M | up | 900000000 | up<900M",
                "down < 1.5G | down | 1500000000 | down<1.5G",
                "up>0.5k | up | 500 | up>0.5k",
                "down>=7 | down | 7 | down>=7",
                "failed>9223372036854775807 | failed | 9223372036854775807"
                        + " | failed>9223372036854775807",
                "max>9223372036854775807ns | max | 9223372036854775807 | max>9223372036854775807ns",
                "max>9223372036.854775807s | max | 9223372036854775807 | max>9223372036.854775807s",
                "' p99 > 20ms ' | p99 | 20000000 | p99>20ms",
                "'p99 >= 20 ms' | p99 | 20000000 | p99>=20ms",
                "'loss >  1 %' | loss | 1 | loss>1%"
            })
    void parsesMetricOperatorAndLimit(
            String text, String metric, BigDecimal limit, String expression) {
        Threshold threshold = Threshold.parse(text);
        assertEquals(metric, threshold.metric().label());
        assertEquals(0, limit.compareTo(threshold.limit()), threshold::toString);
        assertEquals(expression, threshold.expression());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"foo>1", ">1", "latency>1ms", "p0.5>1ms", "p100>1ms", "p.5>1ms", "p>1ms"})
    void rejectsUnknownMetric(String text) {
        assertRejected("--fail-if must compare " + METRICS + ": ", text);
    }

    @ParameterizedTest
    @CsvSource({
        "P99>1ms, p99",
        "p 99>1ms, p99",
        "p99=>1ms, p99",
        "!p99<1s, p99",
        "p99.>1ms, p99",
        "p995>1ms, p99",
        "los>1%, loss",
        "lost>1%, loss",
        "faild>0, failed",
        "jiter>1ms, jitter",
        "diff>1ms, difference",
        "std>1ms, stddev"
    })
    void suggestsTheClosestMetric(String text, String closest) {
        String rejected = "; did you mean " + closest + "?";
        IllegalArgumentException rejection =
                assertThrows(IllegalArgumentException.class, () -> Threshold.parse(text), text);
        assertEquals(
                "--fail-if must compare " + METRICS + ": " + text + rejected,
                rejection.getMessage());
    }

    /** Of the values from 1 to 1000, percentile N is N times ten (nearest rank). */
    @ParameterizedTest
    @CsvSource({"p1, 10", "p33, 330", "p95, 950", "p99.5, 995", "p12.34, 124"})
    void comparesAnyPercentile(String name, long nanos) {
        HistogramRecorder recorder = new HistogramRecorder();
        for (int value = 1; value <= 1000; value++) {
            recorder.record(value);
        }
        Results results = Results.of(1000, 0);
        results.histogram = recorder.snapshot();
        Verdict verdict = verdict(name + ">" + nanos + "ns", results.result());
        assertEquals(Optional.of(BigDecimal.valueOf(nanos)), verdict.actual());
        assertTrue(verdict.isOk());
        assertFalse(verdict(name + ">=" + nanos + "ns", results.result()).isOk());
    }

    /** Times of 1000 ns, of which 900 ns are lateness. */
    @ParameterizedTest
    @CsvSource({
        "p50>99ns, false",
        "p50>100ns, true",
        "p95>=100ns, false",
        "p95>=101ns, true",
        "max>999ns, true",
        "max>1us, false",
        "max<1us, false",
        "ok>0, false"
    })
    void tellsWhetherOnlyLatenessHasMissedIt(String expression, boolean isLateness) {
        HistogramRecorder late = new HistogramRecorder();
        HistogramRecorder raw = new HistogramRecorder();
        for (int i = 0; i < 100; i++) {
            late.record(1000);
            raw.record(100);
        }
        Results results = Results.of(100, 0);
        results.histogram = late.snapshot();
        results.time = LatencySummary.of(results.histogram);
        assertFalse(verdict(expression, results.result()).isLateness(), "closed loop");
        results.rawHistogram = Optional.of(raw.snapshot());
        results.rawTime = results.rawHistogram.map(LatencySummary::of);
        Verdict verdict = verdict(expression, results.result());
        assertEquals(isLateness, verdict.isLateness());
        Optional<BigDecimal> expected = Optional.of(BigDecimal.valueOf(100));
        assertEquals(expression.startsWith("ok") ? Optional.empty() : expected, verdict.raw());
    }

    @Test
    void percentileNeedsEnoughValues() {
        HistogramRecorder recorder = new HistogramRecorder();
        for (int value = 1; value <= 19; value++) {
            recorder.record(value);
        }
        Results results = Results.of(20, 0);
        results.histogram = recorder.snapshot();
        assertEquals(Optional.empty(), verdict("p95>1s", results.result()).actual());
        assertFalse(verdict("p95>1s", results.result()).isOk());
        recorder.record(20);
        results.histogram = recorder.snapshot();
        assertTrue(verdict("p95>1s", results.result()).isOk());
        assertEquals(Optional.empty(), verdict("p99.999999999>1s", results.result()).actual());
    }

    private static RunConfig run(Transport transport, Service service) {
        ClientConfig client = ClientConfig.builder(new Endpoint("127.0.0.1", 9)).build();
        RunConfig.Builder run = RunConfig.builder(transport, service, client);
        return service == Service.DISCARD && transport == Transport.TCP
                ? run.bulk().build()
                : run.count(10).build();
    }

    @ParameterizedTest
    @CsvSource({
        "UDP, DISCARD, loss>1%",
        "UDP, DISCARD, up<1M",
        "UDP, DISCARD, down<1M",
        "UDP, DISCARD, p95>1ms",
        "UDP, RECEIVE, loss>1%",
        "UDP, RECEIVE, mean>1ms",
        "TCP, DISCARD, loss>1%",
        "TCP, DISCARD, p99>1ms",
        "TCP, DISCARD, p99.9>1ms",
        "TCP, DISCARD, jitter>1ms",
        "TCP, DISCARD, down<1M"
    })
    void rejectsAFigureThatTheServiceDoesNotHave(
            Transport transport, Service service, String text) {
        Threshold threshold = Threshold.parse(text);
        IllegalArgumentException rejection =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> threshold.requireMeasured(run(transport, service), false));
        assertEquals(
                "--fail-if "
                        + threshold.metric().label()
                        + " cannot be used with this service, which does not measure it: "
                        + text,
                rejection.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "UDP, DISCARD, ok<5",
        "UDP, RECEIVE, failed>0",
        "UDP, ECHO, loss>1%",
        "UDP, STAMP, p95>1ms",
        "UDP, ECHO, up<1M",
        "UDP, ECHO, down<1M",
        "TCP, DISCARD, up<1M",
        "TCP, DISCARD, failed>0",
        "TCP, ECHO, p99.9>1ms",
        "TCP, GREET, loss>1%"
    })
    void acceptsAFigureThatTheServiceHas(Transport transport, Service service, String text) {
        Threshold.parse(text).requireMeasured(run(transport, service), false);
    }

    @Test
    void differenceRequiresLoad() {
        Threshold threshold = Threshold.parse("difference>1ms");
        RunConfig run = run(Transport.UDP, Service.ECHO);
        threshold.requireMeasured(run, true);
        IllegalArgumentException rejection =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> threshold.requireMeasured(run, false));
        assertEquals(
                "--fail-if difference requires --load: difference>1ms", rejection.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "p99", "p99=20ms", "p99==20ms", "p99 20ms", "loss!1%"})
    void rejectsMissingOperator(String text) {
        assertRejected("--fail-if must have one of the operators >, >=, <, <=: ", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p99>",
                "p99>20",
                "p99>ms",
                "p99>20MS",
                "p99>20%",
                "p99>-1ms",
                "p99>+1ms",
                "p99>.5ms",
                "p99>5.ms",
                "p99>1,5ms",
                "p99>1e3ms",
                "p99>1.2.3ms",
                "p99>>1ms",
                "p99>=<1ms",
                "p99>= =1ms",
                "p99>1 0ms",
                "p99>٣ms",
                "p99>1ms1ms",
                "p99>1µs",
                "p99>9223372036854775808ns",
                "p99>9223372036.854775808s",
                "p99>153722868m"
            })
    void rejectsTimeWithoutNumberOrUnit(String text) {
        assertRejected("--fail-if must compare p99" + TIME_RULE, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss>",
                "loss>1",
                "loss>%",
                "loss>1ms",
                "loss>100.000001%",
                "loss>101%",
                "loss>-1%",
                "loss>1%%",
                "loss>1.%"
            })
    void rejectsShareWithoutPercentSign(String text) {
        assertRejected(SHARE_RULE, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok<",
                "ok<1.5",
                "ok<1.0",
                "ok<1%",
                "ok<1ms",
                "ok<-1",
                "ok<9223372036854775808"
            })
    void rejectsCountOtherThanDigits(String text) {
        assertRejected("--fail-if must compare ok" + COUNT_RULE, text);
    }

    @ParameterizedTest
    @EnumSource
    void comparesEachLatencyFigure(LatencyFigure figure) {
        RunResult result = withTime(figure, 1_000_000);
        String name = figure.jsonName();
        assertFalse(verdict(name + ">999999ns", result).isOk());
        assertTrue(verdict(name + ">1ms", result).isOk());
        assertTrue(verdict(name + ">1000001ns", result).isOk());
        assertFalse(verdict(name + ">=1ms", result).isOk());
        assertTrue(verdict(name + ">=1000.001us", result).isOk());
        assertTrue(verdict(name + "<1ms", result).isOk());
        assertFalse(verdict(name + "<1.0000001ms", result).isOk());
        assertFalse(verdict(name + "<=1ms", result).isOk());
        assertTrue(verdict(name + "<=0.999999ms", result).isOk());
        assertEquals(
                Optional.of(BigDecimal.valueOf(1_000_000)), verdict(name + ">1s", result).actual());
    }

    @Test
    void failsWithoutAFigure() {
        RunResult result = Results.of(5, 0).result();
        for (String operator : List.of(">", ">=", "<", "<=")) {
            Verdict verdict = verdict("p99" + operator + "1s", result);
            assertFalse(verdict.isOk(), operator);
            assertEquals(Optional.empty(), verdict.actual());
        }
        assertFalse(verdict("loss<=100%", Results.of(0, 0).result()).isOk());
        assertFalse(verdict("loss>100%", Results.of(0, 0).result()).isOk());
    }

    @ParameterizedTest
    @CsvSource({
        "99, 1, loss>1%, true, 1",
        "98, 1, loss>1%, false, 1.010101",
        "99, 1, loss>=1%, false, 1",
        "100, 1, loss>=1%, true, 0.990099",
        "2, 1, loss>33.3333333333333333%, false, 33.333333",
        "2, 1, loss>33.3333333333333334%, true, 33.333333",
        "0, 7, loss>=100%, false, 100",
        "7, 0, loss>0%, true, 0",
        "999999999, 1, loss>0%, false, 0",
        "9223372036854775806, 1, loss>0%, false, 0",
        "4611686018427387904, 4611686018427387904, loss>50%, true, 50"
    })
    void comparesLossWithoutRounding(
            long ok, long failed, String expression, boolean isOk, String actual) {
        Results results = Results.of(ok, failed);
        results.sent = 0;
        Verdict verdict = verdict(expression, results.result());
        assertEquals(isOk, verdict.isOk());
        assertEquals(actual, verdict.actual().orElseThrow().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "ok<100, 99, 0, false, 99",
        "ok<100, 100, 0, true, 100",
        "ok<=100, 100, 0, false, 100",
        "ok>100, 101, 0, false, 101",
        "failed>0, 9, 0, true, 0",
        "failed>0, 9, 1, false, 1",
        "failed>=9223372036854775807, 9, 9223372036854775806, true, 9223372036854775806"
    })
    void comparesCounts(String expression, long ok, long failed, boolean isOk, String actual) {
        Results results = Results.of(ok, 0);
        results.failed = failed;
        Verdict verdict = verdict(expression, results.result());
        assertEquals(isOk, verdict.isOk());
        assertEquals(actual, verdict.actual().orElseThrow().toString());
    }

    /** Parses random texts; compares with integers in a unit finer than that of either operand. */
    @Test
    void agreesWithARegularExpression() {
        Pattern grammar =
                Pattern.compile(
                        "\\s*(p99)\\s*(>=|<=|>|<)\\s*(\\d+)(?:\\.(\\d+))?\\s*(ns|us|ms|s|m)\\s*");
        Pattern otherPercentile = Pattern.compile("\\s*p(?!99\\s*[<>])[1-9][0-9.]*\\s*[<>]");
        Map<String, Long> units =
                Map.of(
                        "ns",
                        1L,
                        "us",
                        1_000L,
                        "ms",
                        1_000_000L,
                        "s",
                        1_000_000_000L,
                        "m",
                        60_000_000_000L);
        String characters = "p>=<1234678..nusms  %";
        Random random = new Random(5);
        int valid = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "" : "p99");
            text.append(List.of(">", ">=", "<", "<=", "", "=").get(random.nextInt(6)));
            // Not 9, so that the metric is never p999.
            text.append(random.nextInt(9)).append(random.nextInt(20));
            text.append(random.nextBoolean() ? "." + random.nextInt(2000) : "");
            text.append(List.of("ns", "us", "ms", "s", "m", "").get(random.nextInt(6)));
            for (int n = random.nextInt(3); n > 0; n--) {
                char c = characters.charAt(random.nextInt(characters.length()));
                text.insert(random.nextInt(text.length() + 1), c);
            }
            Matcher matcher = grammar.matcher(text);
            long nanos = random.nextLong(1L << random.nextInt(1, 40));
            if (otherPercentile.matcher(text).lookingAt()) {
                continue;
            }
            if (!matcher.matches()) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Threshold.parse(text.toString()),
                        text::toString);
                continue;
            }
            valid++;
            String decimals = matcher.group(4) == null ? "" : matcher.group(4);
            BigInteger scale = BigInteger.TEN.pow(decimals.length());
            BigInteger limit =
                    new BigInteger(matcher.group(3) + decimals)
                            .multiply(BigInteger.valueOf(units.get(matcher.group(5))));
            int comparison = BigInteger.valueOf(nanos).multiply(scale).compareTo(limit);
            boolean holds =
                    switch (matcher.group(2)) {
                        case ">" -> comparison > 0;
                        case ">=" -> comparison >= 0;
                        case "<" -> comparison < 0;
                        default -> comparison <= 0;
                    };
            Verdict verdict = verdict(text.toString(), withTime(LatencyFigure.P99, nanos));
            assertEquals(!holds, verdict.isOk(), () -> text + " with " + nanos);
            assertEquals(matcher.group().replaceAll("\\s", ""), verdict.threshold().expression());
        }
        assertTrue(valid > 5_000, "too few valid texts: " + valid);
    }

    private static RunResult transferred(long sent, long received, long nanos) {
        Results results = Results.of(1, 0);
        results.bytesSent = sent;
        results.bytesReceived = received;
        results.duration = Duration.ofNanos(nanos);
        return results.result();
    }

    /** One byte per 3 s is no decimal fraction of a bit/s. */
    @ParameterizedTest
    @CsvSource({
        "up<8, 1, 0, 1000000000, true, 8",
        "up<=8, 1, 0, 1000000000, false, 8",
        "up<8.001, 1, 0, 1000000000, false, 8",
        "down<1G, 0, 125000000, 1000000000, true, 1000000000",
        "down<1G, 0, 124999999, 1000000000, false, 999999992",
        "down>2.6, 0, 1, 3000000000, false, 2",
        "down>2.67, 0, 1, 3000000000, true, 2",
        "up>1k, 9223372036854775807, 0, 1, false, 73786976294838206456000000000"
    })
    void comparesRatesWithoutRounding(
            String expression,
            long sent,
            long received,
            long nanos,
            boolean isOk,
            BigDecimal actual) {
        Verdict verdict = verdict(expression, transferred(sent, received, nanos));
        assertEquals(isOk, verdict.isOk());
        assertEquals(Optional.of(actual), verdict.actual());
    }

    @ParameterizedTest
    @CsvSource({
        "up<1, 0, 5, 1000000000",
        "up>1G, 0, 5, 1000000000",
        "down>1G, 5, 0, 1000000000",
        "up>1G, 5, 0, 0"
    })
    void failsWithoutBytesOrDuration(String expression, long sent, long received, long nanos) {
        Verdict verdict = verdict(expression, transferred(sent, received, nanos));
        assertFalse(verdict.isOk());
        assertEquals(Optional.empty(), verdict.actual());
    }

    @ParameterizedTest
    @ValueSource(strings = {"up<1K", "up<1T", "up<1ms", "down<1%", "down<", "up<-1", "up<1Mbit"})
    void rejectsRateInOtherUnits(String text) {
        String name = text.substring(0, text.indexOf('<'));
        assertRejected(
                "--fail-if must compare "
                        + name
                        + " with a rate in bit/s, such as 500k, 900M or 1.5G: ",
                text);
    }
}
