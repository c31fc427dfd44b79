package net.launcher.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.client.Exchange;
import net.client.ExchangeException.Kind;
import net.client.Payload;
import net.client.RunConfig;
import net.client.RunResult.Datagrams;
import net.client.RunResult.StampFigures;
import net.launcher.Events;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.report.Capture;
import net.launcher.report.Output;
import net.launcher.report.Versions;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client writes for programs; each line is held against the schema. */
class JsonClientReportTest {
    private static final String TIMES =
            "\"min\":30100,\"mean\":41250,\"p50\":39800,\"p90\":512000,\"p99\":1240000,"
                    + "\"p999\":31200000,\"max\":312345678,\"stddev\":9994,\"jitter\":500";

    private static final String NO_TIMES =
            "\"min\":null,\"mean\":null,\"p50\":null,\"p90\":null,\"p99\":null,\"p999\":null,"
                    + "\"max\":null,\"stddev\":null,\"jitter\":null";

    /** Writes some events. */
    @FunctionalInterface
    private interface Writer {
        void write(ClientReport report) throws IOException;
    }

    /** Returns the one line that is written, without its time of day. */
    private static String line(RunConfig run, Writer writer) throws IOException {
        Capture out = new Capture();
        Output output = new Output(out);
        writer.write(new JsonClientReport(run, output));
        output.commit();
        assertEquals(1, Events.parse(out.text()).size());
        return out.text().strip().replaceFirst("\"time\":\"[^\"]+\",", "");
    }

    private static RunConfig echo(Transport transport) {
        return Exchanges.many(transport, Service.ECHO).build();
    }

    private static String summary(RunConfig run, Results results, Verdict... verdicts)
            throws IOException {
        return line(run, report -> report.summary(results.result(), List.of(verdicts)));
    }

    @Test
    void startSaysWhatIsAskedFor() throws IOException {
        RunConfig run =
                Exchanges.many(Transport.TCP, Service.RECEIVE)
                        .payload(Payload.of("ab"))
                        .duration(Duration.ofSeconds(10))
                        .rate(500)
                        .parallel(4)
                        .warmup(7)
                        .build();
        assertEquals(
                "{\"event\":\"start\",\"transport\":\"tcp\",\"service\":\"receive\","
                        + "\"target\":\"example.org:9000\",\"count\":1000,"
                        + "\"duration_ns\":10000000000,\"interval_ns\":null,\"rate\":500,"
                        + "\"parallel\":4,\"warmup\":7,\"size\":2,\"loop\":\"open\",\"version\":\""
                        + Versions.project()
                        + "\"}",
                line(run, ClientReport::start));
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, PT0.01S, 10000000, closed, 12",
        "UDP, PT0.01S, 10000000, open, 28",
        "UDP,, null, closed, 28"
    })
    void startOfAnEndlessRunHasNoLimits(
            Transport transport, Duration interval, String nanos, String loop, int size)
            throws IOException {
        RunConfig.Builder run = Exchanges.many(transport, Service.ECHO).endless();
        if (interval != null) {
            run.interval(interval);
        }
        String line = line(run.build(), ClientReport::start);
        assertTrue(
                line.contains(
                        "\"count\":null,\"duration_ns\":null,\"interval_ns\":"
                                + nanos
                                + ",\"rate\":null,\"parallel\":1,\"warmup\":0,\"size\":"
                                + size
                                + ",\"loop\":\""
                                + loop),
                line);
    }

    @Test
    void replyHasTheAnswerAndItsTimes() throws IOException {
        assertEquals(
                "{\"event\":\"reply\",\"transport\":\"tcp\",\"number\":7,"
                        + "\"local\":\"127.0.0.1:40000\",\"peer\":\"127.0.0.1:9000\",\"bytes\":3,"
                        + "\"text\":\"abc\",\"connect_ns\":50000,\"first_byte_ns\":60000,"
                        + "\"time_ns\":214499}",
                line(echo(Transport.TCP), to(Exchanges.of(7, "abc", 3, 50_000, 60_000))));
    }

    private static Writer to(Exchange exchange) {
        return report -> report.exchange(exchange);
    }

    @Test
    void replyOfAnOpenLoopHasBothTimesAndHowMuchMoreCameThanIsShown() throws IOException {
        RunConfig run = Exchanges.many(Transport.UDP, Service.STAMP).rate(5).build();
        assertEquals(
                "{\"event\":\"reply\",\"transport\":\"udp\",\"number\":1,"
                    + "\"local\":\"127.0.0.1:40000\",\"peer\":\"127.0.0.1:9000\",\"bytes\":0,"
                    + "\"text\":\"\",\"received\":44,\"connect_ns\":null,\"first_byte_ns\":null,"
                    + "\"time_ns\":214499,\"raw_time_ns\":200000}",
                line(run, to(Exchanges.of(1, "", 44, -1, -1))));
    }

    @Test
    void answerThatIsNoTextStandsInBase64() throws IOException {
        Exchange exchange =
                new Exchange(
                        1,
                        Exchanges.address("::1", 1),
                        Exchanges.address("::1", 2),
                        Message.of(new byte[] {'a', (byte) 0xFF}),
                        0,
                        2,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ZERO,
                        Duration.ZERO);
        String line = line(echo(Transport.TCP), to(exchange));
        assertTrue(line.contains("\"peer\":\"[::1]:2\",\"bytes\":2,\"base64\":\"Yf8=\","), line);
    }

    @Test
    void whatHasNoAnswerHasNoReply() throws IOException {
        Capture out = new Capture();
        Output output = new Output(out);
        RunConfig run = Exchanges.many(Transport.UDP, Service.RECEIVE).build();
        new JsonClientReport(run, output).exchange(Exchanges.of(1, "", 0, -1, -1));
        output.commit();
        assertEquals("", out.text());
    }

    @Test
    void errorHasItsKindAndWhatHadCome() throws IOException {
        assertEquals(
                "{\"event\":\"error\",\"transport\":\"udp\",\"kind\":\"wrong_source\","
                        + "\"message\":\"from \\\"elsewhere\\\"\"}",
                line(
                        echo(Transport.UDP),
                        report ->
                                report.failure(
                                        Exchanges.failure(
                                                Kind.WRONG_SOURCE, "from \"elsewhere\"", ""))));
        assertEquals(
                "{\"event\":\"error\",\"transport\":\"tcp\",\"kind\":\"no_receipt\","
                        + "\"message\":\"reset\",\"bytes\":2,\"text\":\"ab\"}",
                line(
                        echo(Transport.TCP),
                        report ->
                                report.failure(Exchanges.failure(Kind.NO_RECEIPT, "reset", "ab"))));
    }

    @Test
    void intervalHasItsOwnFigures() throws IOException {
        Results results = Results.of(5, 2);
        results.bytesSent = 7;
        results.bytesReceived = 6;
        results.duration = Duration.ofSeconds(1);
        results.time = Results.TIMES;
        assertEquals(
                "{\"event\":\"interval\",\"transport\":\"udp\",\"ok\":5,\"failed\":2,"
                        + "\"bytes_sent\":7,\"bytes_received\":6,\"duration_ns\":1000000000,"
                        + "\"time_ns\":{"
                        + TIMES
                        + "}}",
                line(echo(Transport.UDP), report -> report.interval(results.result())));
    }

    @Test
    void summaryOverTcpHasTheTimesThatThereAre() throws IOException {
        Results results = Results.of(5, 3);
        results.bytesSent = 7;
        results.bytesReceived = 6;
        results.duration = Duration.ofNanos(8);
        results.time = Results.TIMES;
        results.connect = Optional.of(Results.NO_TIMES);
        results.errors.put(Kind.TIMEOUT, 2L);
        results.errors.put(Kind.RESET, 1L);
        assertEquals(
                "{\"event\":\"summary\",\"transport\":\"tcp\",\"ok\":5,\"failed\":3,"
                        + "\"bytes_sent\":7,\"bytes_received\":6,\"duration_ns\":8,\"time_ns\":{"
                        + TIMES
                        + "},\"connect_ns\":{"
                        + NO_TIMES
                        + "},\"resolve_ns\":null,\"warmup\":0,\"skipped\":0,"
                        + "\"errors\":{\"reset\":1,\"timeout\":2}}",
                summary(echo(Transport.TCP), results));
    }

    @Test
    void summaryOverUdpHasTheDatagramsAndEachTime() throws IOException {
        Results results = Results.of(5, 3);
        results.sent = 9;
        results.duration = Duration.ofNanos(8);
        results.resolve = Optional.of(Duration.ofNanos(77));
        results.warmup = 11;
        results.skipped = 12;
        results.rawTime = Optional.of(Results.TIMES);
        results.lateness = Optional.of(Results.NO_TIMES);
        results.firstByte = Optional.of(Results.TIMES);
        results.datagrams = Optional.of(new Datagrams(21, 22, 23, 24, 25, 26));
        assertEquals(
                "{\"event\":\"summary\",\"transport\":\"udp\",\"ok\":5,\"failed\":3,"
                        + "\"bytes_sent\":0,\"bytes_received\":0,\"sent\":9,\"received\":21,"
                        + "\"lost\":22,\"late\":23,\"duplicates\":24,\"reordered\":25,"
                        + "\"corrupt\":26,\"duration_ns\":8,\"time_ns\":{"
                        + NO_TIMES
                        + "},\"raw_time_ns\":{"
                        + TIMES
                        + "},\"lateness_ns\":{"
                        + NO_TIMES
                        + "},\"first_byte_ns\":{"
                        + TIMES
                        + "},\"resolve_ns\":77,\"warmup\":11,\"skipped\":12,\"errors\":{}}",
                summary(echo(Transport.UDP), results));
    }

    @Test
    void datagramsThatNothingAnswersHaveNoFate() throws IOException {
        RunConfig run = Exchanges.many(Transport.UDP, Service.RECEIVE).build();
        String line = summary(run, Results.of(4, 0));
        assertTrue(
                line.contains(
                        "\"sent\":4,\"received\":0,\"lost\":null,\"late\":null,"
                                + "\"duplicates\":null,\"reordered\":null,\"corrupt\":null,"
                                + "\"duration_ns\":0,"),
                line);
    }

    @ParameterizedTest
    @CsvSource({"true, 3, 2, 1", "false, 3, null, null", "false, 0, 2, 1", "true, 0, 2, 1"})
    void lossByDirectionIsNullWhereItIsNotKnown(
            boolean isCounting, long lost, String up, String down) throws IOException {
        Results results = Results.of(3, 3);
        results.datagrams = Optional.of(new Datagrams(3, lost, 0, 0, 0, 0));
        results.stamp =
                Optional.of(
                        new StampFigures(
                                2,
                                1,
                                isCounting,
                                Optional.of(Duration.ofNanos(12)),
                                Optional.empty()));
        String line = summary(Exchanges.many(Transport.UDP, Service.STAMP).build(), results);
        assertTrue(
                line.contains(
                        "\"corrupt\":0,\"lost_up\":"
                                + up
                                + ",\"lost_down\":"
                                + down
                                + ",\"jitter_up_ns\":12,\"jitter_down_ns\":null,\"duration_ns\""),
                line);
    }

    @Test
    void thresholdsAreListedWithTheirFigures() throws IOException {
        Results results = Results.of(997, 3);
        results.time = Results.times(-1, -1, -1, -1, 1_240_000, -1, -1, -1, -1);
        Verdict[] verdicts =
                Stream.of("p99>20ms", "loss > 0.1 %", "ok<1000", "max<1s")
                        .map(text -> Threshold.parse(text).verdict(results.result()))
                        .toArray(Verdict[]::new);
        String line = summary(echo(Transport.TCP), results, verdicts);
        assertTrue(
                line.endsWith(
                        ",\"thresholds\":[{\"expr\":\"p99>20ms\",\"actual\":1240000,\"ok\":true},"
                                + "{\"expr\":\"loss>0.1%\",\"actual\":0.3,\"ok\":false},"
                                + "{\"expr\":\"ok<1000\",\"actual\":997,\"ok\":false},"
                                + "{\"expr\":\"max<1s\",\"actual\":null,\"ok\":false}]}"),
                line);
        JsonNode none = Events.parseLine(summary(echo(Transport.TCP), results));
        assertFalse(none.has("thresholds"), none::toString);
    }
}
