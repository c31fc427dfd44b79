package net.launcher.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.client.connect.ClientConfig;
import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.SocketConfig;
import net.client.run.Exchange;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.LoadFigures;
import net.client.run.RunResult.StampFigures;
import net.client.run.RunResult.StreamFigures;
import net.launcher.Events;
import net.launcher.client.metric.Threshold;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Output;
import net.launcher.output.Versions;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** JSON report of a client; each line is validated against the schema. */
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

    /** Returns the only line written, without its timestamp. */
    private static String line(RunConfig run, Writer writer) throws IOException {
        CapturedOutput out = new CapturedOutput();
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
    void startHasTheConfiguration() throws IOException {
        RunConfig run =
                Exchanges.many(Transport.TCP, Service.RECEIVE)
                        .payload(Payload.of("ab"))
                        .duration(Duration.ofSeconds(10))
                        .rate(500)
                        .parallel(4)
                        .warmup(7)
                        .build();
        RunConfig load =
                Exchanges.many(Transport.TCP, Service.ECHO).bulk().endless().parallel(3).build();
        List<String> command = List.of("tcp-client", "-m", "\u001b");
        assertEquals(
                "{\"event\":\"start\",\"transport\":\"tcp\",\"service\":\"receive\","
                    + "\"target\":\"example.org:9000\",\"count\":1000,"
                    + "\"duration_ns\":10000000000,\"interval_ns\":null,\"rate\":500,\"bandwidth\":null,"
                    + "\"parallel\":4,\"warmup\":7,\"size\":2,\"bulk\":false,\"bytes\":null,\"loop\":\"open\","
                    + "\"load\":{\"service\":\"echo\",\"target\":\"example.org:9000\",\"connections\":3},"
                    + "\"run\":\"ID\",\"host\":\"HOST\",\"arguments\":[\"tcp-client\",\"-m\",\"\\u001b\"],"
                    + "\"version\":\""
                        + Versions.project()
                        + "\"}",
                line(run, report -> report.start(Optional.of(load), command))
                        .replaceFirst("\"run\":\"[0-9a-f]{16}\"", "\"run\":\"ID\"")
                        .replace("\"" + hostName() + "\"", "\"HOST\""));
    }

    /** Returns the name as the C library has it. */
    private static String hostName() throws IOException {
        Process process = new ProcessBuilder("uname", "-n").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void eachRunHasItsOwnIdentifier() throws IOException {
        Writer start = report -> report.start(Optional.empty(), List.of());
        assertNotEquals(line(echo(Transport.TCP), start), line(echo(Transport.TCP), start));
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
        String line =
                line(run.build(), report -> report.start(Optional.empty(), List.of("udp-client")));
        assertTrue(
                line.contains(
                        "\"count\":null,\"duration_ns\":null,\"interval_ns\":"
                                + nanos
                                + ",\"rate\":null,\"bandwidth\":null,\"parallel\":1,\"warmup\":0,"
                                + "\"size\":"
                                + size
                                + ",\"bulk\":false,\"bytes\":null,\"loop\":\""
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
    void replyOfAnOpenLoopHasRawTimeAndReceivedBytes() throws IOException {
        RunConfig run = Exchanges.many(Transport.UDP, Service.STAMP).rate(5).build();
        assertEquals(
                "{\"event\":\"reply\",\"transport\":\"udp\",\"number\":1,"
                    + "\"local\":\"127.0.0.1:40000\",\"peer\":\"127.0.0.1:9000\",\"bytes\":0,"
                    + "\"text\":\"\",\"bytes_received\":44,\"connect_ns\":null,\"first_byte_ns\":null,"
                    + "\"time_ns\":214499,\"raw_time_ns\":200000}",
                line(run, to(Exchanges.of(1, "", 44, -1, -1))));
    }

    @Test
    void binaryAnswerIsInBase64() throws IOException {
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
    void unansweredExchangeHasNoReply() throws IOException {
        CapturedOutput out = new CapturedOutput();
        Output output = new Output(out);
        RunConfig run = Exchanges.many(Transport.UDP, Service.RECEIVE).build();
        new JsonClientReport(run, output).exchange(Exchanges.of(1, "", 0, -1, -1));
        output.commit();
        assertEquals("", out.text());
    }

    @Test
    void errorHasKindHintAndReceivedBytes() throws IOException {
        assertEquals(
                "{\"event\":\"error\",\"transport\":\"udp\",\"target\":\"example.org:9000\",\"number\":null,\"kind\":\"wrong_source\",\"message\":\"from"
                    + " \\\"elsewhere\\\"\",\"hint\":\"use the address that answered, or bind the"
                    + " server to this address\"}",
                line(
                        echo(Transport.UDP),
                        report ->
                                report.failure(
                                        OptionalLong.empty(),
                                        Exchanges.failure(
                                                Kind.WRONG_SOURCE, "from \"elsewhere\"", ""))));
        assertEquals(
                "{\"event\":\"error\",\"transport\":\"tcp\",\"target\":\"example.org:9000\",\"number\":1,\"kind\":\"no_receipt\",\"message\":\"reset\",\"hint\":\"send"
                    + " the message again if a duplicate does no harm, since the server may not"
                    + " have recorded it\",\"bytes\":2,\"text\":\"ab\"}",
                line(
                        echo(Transport.TCP),
                        report ->
                                report.failure(
                                        OptionalLong.of(1),
                                        Exchanges.failure(Kind.NO_RECEIPT, "reset", "ab"))));
    }

    @Test
    void intervalHasItsOwnFigures() throws IOException {
        Results results = Results.of(5, 2);
        results.bytesSent = 7;
        results.bytesReceived = 6;
        results.duration = Duration.ofSeconds(1);
        results.time = Results.TIMES;
        results.datagrams = Optional.of(new Datagrams(5, 2, OptionalLong.of(0), 0, 0, 0, 0));
        assertEquals(
                "{\"event\":\"interval\",\"transport\":\"udp\",\"ok\":5,\"failed\":2,"
                        // 2 of 7, rounded down; 5 in 1 s.
                        + "\"loss\":28.571428,\"ok_per_second\":5,"
                        + "\"bytes_sent\":7,\"bytes_received\":6,"
                        + "\"dropped_here\":0,\"duration_ns\":1000000000,"
                        // 8 bits per byte, in 1 s.
                        + "\"up_bits_per_second\":56,\"down_bits_per_second\":48,"
                        + "\"time_ns\":{"
                        + TIMES
                        + "}}",
                line(echo(Transport.UDP), report -> report.interval(results.result())));
    }

    @Test
    void tcpSummaryOmitsAbsentTimes() throws IOException {
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
                        // 3 of 8; 5 in 8 ns.
                        + "\"loss\":37.5,\"ok_per_second\":625000000,"
                        + "\"bytes_sent\":7,\"bytes_received\":6,\"duration_ns\":8,"
                        // 8 bits per byte, in 8 ns.
                        + "\"up_bits_per_second\":7000000000,"
                        + "\"down_bits_per_second\":6000000000,\"time_ns\":{"
                        + TIMES
                        + "},\"p99_lateness_ns\":null,\"connect_ns\":{"
                        + NO_TIMES
                        + "},\"resolve_ns\":null,\"warmup\":0,\"skipped\":0,"
                        + "\"errors\":{\"reset\":1,\"timeout\":2}}",
                summary(echo(Transport.TCP), results));
    }

    @Test
    void udpSummaryHasDatagramsAndAllTimes() throws IOException {
        Results results = Results.of(5, 3);
        results.sent = 9;
        results.duration = Duration.ofNanos(8);
        results.resolve = Optional.of(Duration.ofNanos(77));
        results.warmup = 11;
        results.skipped = 12;
        results.rawTime = Optional.of(Results.TIMES);
        results.lateness = Optional.of(Results.NO_TIMES);
        results.firstByte = Optional.of(Results.TIMES);
        results.datagrams = Optional.of(new Datagrams(21, 22, OptionalLong.of(2), 23, 24, 25, 26));
        assertEquals(
                "{\"event\":\"summary\",\"transport\":\"udp\",\"ok\":5,\"failed\":3,"
                    + "\"loss\":12.5,\"ok_per_second\":625000000,"
                    + "\"bytes_sent\":0,\"bytes_received\":0,\"sent\":9,\"received\":21,"
                    + "\"lost\":22,\"dropped_here\":2,\"late\":23,\"duplicates\":24,\"reordered\":25,"
                    + "\"corrupt\":26,\"duration_ns\":8,\"up_bits_per_second\":0,"
                    + "\"down_bits_per_second\":0,\"time_ns\":{"
                        + NO_TIMES
                        + "},\"raw_time_ns\":{"
                        + TIMES
                        + "},\"lateness_ns\":{"
                        + NO_TIMES
                        + "},\"p99_lateness_ns\":null,\"first_byte_ns\":{"
                        + TIMES
                        + "},\"resolve_ns\":77,\"warmup\":11,\"skipped\":12,\"errors\":{}}",
                summary(echo(Transport.UDP), results));
    }

    @Test
    void unansweredDatagramsHaveNullCounts() throws IOException {
        RunConfig run = Exchanges.many(Transport.UDP, Service.RECEIVE).build();
        String line = summary(run, Results.of(4, 0));
        assertTrue(
                line.contains(
                        "\"sent\":4,\"received\":null,\"lost\":null,\"dropped_here\":null,\"late\":null,"
                            + "\"duplicates\":null,\"reordered\":null,\"corrupt\":null,"
                            + "\"duration_ns\":0,"),
                line);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 3, 2, 1, 5",
        "false, 3, null, null, null",
        "false, 0, 2, 1, 5",
        "true, 0, 2, 1, 5"
    })
    void lossByDirectionIsNullIfUnknown(
            boolean isKnown, long lost, String up, String down, String unanswered)
            throws IOException {
        Results results = Results.of(3, 3);
        results.datagrams = Optional.of(new Datagrams(3, lost, OptionalLong.of(0), 0, 0, 0, 0));
        results.stamp =
                Optional.of(
                        new StampFigures(
                                2,
                                1,
                                5,
                                isKnown,
                                Optional.of(Duration.ofNanos(12)),
                                Optional.empty(),
                                7));
        String line = summary(Exchanges.many(Transport.UDP, Service.STAMP).build(), results);
        assertTrue(
                line.contains(
                        "\"corrupt\":0,\"lost_up\":"
                                + up
                                + ",\"lost_down\":"
                                + down
                                + ",\"unanswered\":"
                                + unanswered
                                + ",\"jitter_up_ns\":12,\"jitter_down_ns\":null,"
                                + "\"clock_steps\":7,\"duration_ns\""),
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
                        ",\"thresholds\":[{\"expr\":\"p99>20ms\",\"actual\":1240000,\"raw\":null,\"ok\":true},"
                            + "{\"expr\":\"loss>0.1%\",\"actual\":0.3,\"raw\":null,\"ok\":false},"
                            + "{\"expr\":\"ok<1000\",\"actual\":997,\"raw\":null,\"ok\":false},"
                            + "{\"expr\":\"max<1s\",\"actual\":null,\"raw\":null,\"ok\":false}]}"),
                line);
        JsonNode none = Events.parseLine(summary(echo(Transport.TCP), results));
        assertFalse(none.has("thresholds"), none::toString);
    }

    @Test
    void summaryUnderLoadHasIdleFiguresAndDifferences() throws IOException {
        Results idle = Results.of(2, 1);
        idle.duration = Duration.ofNanos(8);
        idle.time = Results.times(1, 2, 3, -1, -1, -1, 7, 8, 9);
        Results bulk = Results.of(1, 4);
        bulk.bytesSent = 30;
        bulk.duration = Duration.ofSeconds(2);
        bulk.errors.put(Kind.RESET, 4L);
        Results loaded = Results.of(5, 0);
        loaded.time = Results.times(11, 22, 1, 44, -1, -1, 77, 88, 99);
        loaded.load = Optional.of(new LoadFigures(idle.result(), bulk.result()));
        Verdict verdict = Threshold.parse("difference>1ms").verdict(loaded.result());
        String line = summary(echo(Transport.TCP), loaded, verdict);
        assertTrue(
                line.endsWith(
                        "\"errors\":{},\"idle\":{\"ok\":2,\"failed\":1,"
                                // 1 of 3, rounded down; 2 in 8 ns.
                                + "\"loss\":33.333333,\"ok_per_second\":250000000,"
                                + "\"duration_ns\":8,\"time_ns\":{"
                                + "\"min\":1,\"mean\":2,\"p50\":3,\"p90\":null,\"p99\":null,"
                                + "\"p999\":null,\"max\":7,\"stddev\":8,\"jitter\":9}},"
                                + "\"difference_ns\":{\"min\":10,\"mean\":20,\"p50\":-2,\"p90\":null,"
                                + "\"p99\":null},\"load\":{\"failed\":4,\"bytes_sent\":30,"
                                + "\"bytes_received\":0,\"duration_ns\":2000000000,"
                                // 240 bits in 2 s.
                                + "\"up_bits_per_second\":120,\"down_bits_per_second\":null,"
                                + "\"errors\":{\"reset\":4},"
                                + "\"streams\":[]},\"thresholds\":[{\"expr\":\"difference>1ms\","
                                + "\"actual\":-2,\"raw\":null,\"ok\":true}]}"),
                line);
    }

    private static ConnectionInfo connection(Duration time, ExchangeException... failures) {
        return new ConnectionInfo(
                Exchanges.address("2001:db8::9", 40_000),
                Exchanges.address("2001:db8::1", 9000),
                Optional.ofNullable(time),
                131_072,
                16_384,
                List.of(failures));
    }

    @Test
    void connectionHasFailuresOfOtherAddresses() throws IOException {
        ExchangeException refused = Exchanges.failure(Kind.REFUSED, "a \"refused\"", "");
        ExchangeException filtered = Exchanges.failure(Kind.FILTERED, "b", "");
        assertEquals(
                "{\"event\":\"connection\",\"transport\":\"tcp\","
                        + "\"local\":\"[2001:db8::9]:40000\",\"peer\":\"[2001:db8::1]:9000\","
                        + "\"connect_ns\":250123456,\"receive_buffer_bytes\":131072,"
                        + "\"send_buffer_bytes\":16384,\"failures\":["
                        + "{\"kind\":\"refused\",\"message\":\"a \\\"refused\\\"\"},"
                        + "{\"kind\":\"filtered\",\"message\":\"b\"}]}",
                line(
                        echo(Transport.TCP),
                        report ->
                                report.connection(
                                        connection(
                                                Duration.ofNanos(250_123_456),
                                                refused,
                                                filtered))));
    }

    /** Without failures and buffer options, the replies contain the same information. */
    @Test
    void omitsAConnectionWithoutNewInformation() throws IOException {
        CapturedOutput out = new CapturedOutput();
        Output output = new Output(out);
        new JsonClientReport(echo(Transport.TCP), output)
                .connection(connection(Duration.ofMillis(1)));
        output.commit();
        assertEquals("", out.text());
    }

    @ParameterizedTest
    @CsvSource({"TCP, receive", "TCP, send", "UDP, receive", "UDP, send"})
    void connectionHasBufferSizesIfConfigured(Transport transport, String buffer)
            throws IOException {
        SocketConfig socket =
                buffer.equals("send")
                        ? SocketConfig.builder().sendBufferBytes(1).build()
                        : SocketConfig.builder().receiveBufferBytes(1).build();
        ClientConfig client = echo(transport).client().toBuilder().socket(socket).build();
        RunConfig run = RunConfig.of(transport, Service.ECHO, client);
        Duration time = transport == Transport.TCP ? Duration.ofNanos(7) : null;
        assertEquals(
                "{\"event\":\"connection\",\"transport\":\""
                        + transport.label()
                        + "\",\"local\":\"[2001:db8::9]:40000\","
                        + "\"peer\":\"[2001:db8::1]:9000\",\"connect_ns\":"
                        + (time == null ? "null" : "7")
                        + ",\"receive_buffer_bytes\":131072,\"send_buffer_bytes\":16384,"
                        + "\"failures\":[]}",
                line(run, report -> report.connection(connection(time))));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachKindOfFailureHasItsHint(Kind kind) throws IOException {
        for (Transport transport : Transport.values()) {
            ExchangeException failure = Exchanges.failure(kind, "it failed", "");
            String hint =
                    Hint.of(transport, kind).map(text -> ",\"hint\":\"" + text + "\"").orElse("");
            assertEquals(
                    "{\"event\":\"error\",\"transport\":\""
                            + transport.label()
                            + "\",\"target\":\"example.org:9000\",\"number\":7,\"kind\":\""
                            + kind.label()
                            + "\",\"message\":\"it failed\""
                            + hint
                            + "}",
                    line(echo(transport), report -> report.failure(OptionalLong.of(7), failure)));
        }
    }

    @Test
    void streamsHaveNoLossAndNoRateOfExchanges() throws IOException {
        RunConfig run = Exchanges.single(Transport.TCP, Service.DISCARD);
        Results results = Results.of(2, 1);
        results.duration = Duration.ofSeconds(2);
        String summary = summary(run, results);
        assertTrue(summary.contains(",\"loss\":null,\"ok_per_second\":null,"), summary);
    }

    @Test
    void streamsAreInOrder() throws IOException {
        RunConfig run = Exchanges.single(Transport.TCP, Service.DISCARD);
        Results results = Results.of(2, 0);
        results.bytesSent = 30;
        results.duration = Duration.ofSeconds(2);
        results.streams =
                List.of(
                        new StreamFigures(1, 10, 0, Duration.ofNanos(5)),
                        new StreamFigures(2, 20, 0, Duration.ofNanos(6)));
        String streams =
                "\"up_bits_per_second\":120,\"down_bits_per_second\":null,\"streams\":["
                        + "{\"stream\":1,\"bytes_sent\":10,\"bytes_received\":0,"
                        + "\"duration_ns\":5},{\"stream\":2,\"bytes_sent\":20,"
                        + "\"bytes_received\":0,\"duration_ns\":6}],";
        String summary = summary(run, results);
        assertTrue(summary.contains(streams), summary);
        String interval = line(run, report -> report.interval(results.result()));
        assertTrue(interval.contains(streams), interval);
    }
}
