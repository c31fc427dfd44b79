package net.launcher.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException.Kind;
import net.client.run.RunConfig;
import net.launcher.Events;
import net.launcher.client.report.ClientReport;
import net.launcher.client.report.ClientReports;
import net.launcher.client.report.Exchanges;
import net.launcher.client.report.Hint;
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
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class SeriesListenerTest {
    private final CapturedOutput out = new CapturedOutput();
    private final CapturedOutput err = new CapturedOutput();
    private final Output output = new Output(out);

    private RunConfig run;
    private ClientReport report;

    private SeriesOutput series(long count, Format format, boolean isQuiet) {
        return series(count, format, isQuiet, false);
    }

    /** JSON shows no progress, so that tests do not depend on whether stderr is a terminal. */
    private SeriesOutput series(long count, Format format, boolean isQuiet, boolean isVerbose) {
        run = Exchanges.many(Transport.TCP, Service.ECHO).count(count).build();
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        Diagnostics diagnostics = new Diagnostics("probe", print, isVerbose, false);
        report = ClientReports.of(run, format, false, false, output, diagnostics);
        SeriesOutput.Content content =
                new SeriesOutput.Content(format, isQuiet, false, false, false);
        return new SeriesOutput(run, 1, content, output, diagnostics);
    }

    private SeriesListener listener(SeriesOutput series) {
        return new SeriesListener(run, report, series, false);
    }

    @ParameterizedTest
    @CsvSource({
        "100, TEXT, false, true",
        "101, TEXT, false, false",
        "100, TEXT, true, false",
        "100, JSON, false, true",
        "101, JSON, false, false",
        "100, JSON, true, false",
        "101, RAW, false, true",
        "101, RAW, true, false"
    })
    void reportsExchangesIfFewOrRaw(long count, Format format, boolean isQuiet, boolean isReported)
            throws IOException {
        try (SeriesOutput series = series(count, format, isQuiet)) {
            SeriesListener listener = listener(series);
            assertEquals(isReported, listener.needsExchanges());
            listener.onExchange(Exchanges.of(1, "abc", 3, -1, -1));
        }
        assertEquals(isReported, !out.text().isEmpty(), out::text);
        assertEquals("", err.text());
    }

    @Test
    void reportsEachFailureWhereExchangesAreReported() throws IOException {
        try (SeriesOutput series = series(100, Format.JSON, false)) {
            SeriesListener listener = listener(series);
            for (int i = 0; i < 3; i++) {
                listener.onFailure(
                        OptionalLong.of(i + 1), Exchanges.failure(Kind.RESET, "reset " + i, ""));
            }
        }
        assertEquals(
                """
                probe: exchange 1: reset 0
                probe: exchange 2: reset 1
                probe: exchange 3: reset 2
                """,
                err.text());
        assertEquals(
                List.of(1L, 2L, 3L),
                Events.parse(out.text()).stream()
                        .map(event -> event.get("number").asLong())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"101, false", "100, true"})
    void reportsTheFirstOfManyFailuresPerKind(long count, boolean isQuiet) throws IOException {
        try (SeriesOutput series = series(count, Format.JSON, isQuiet)) {
            SeriesListener listener = listener(series);
            for (int i = 0; i < 50; i++) {
                listener.onFailure(
                        OptionalLong.of(i + 1), Exchanges.failure(Kind.RESET, "reset " + i, ""));
                listener.onFailure(
                        OptionalLong.of(1), Exchanges.failure(Kind.TIMEOUT, "timeout " + i, ""));
            }
        }
        List<JsonNode> events = Events.parse(out.text());
        assertEquals(
                List.of("reset 0", "timeout 0"),
                events.stream().map(event -> event.get("message").asText()).toList());
        // At most one per second; the number depends on the duration of the test.
        assertTrue(err.text().startsWith("probe: exchange 1: reset 0\n"), err::text);
        assertTrue(err.text().lines().count() < 50, err::text);
    }

    @Test
    void reportsOnlyTheFirstDatagramFromAnotherSource() throws IOException {
        try (SeriesOutput series = series(5, Format.JSON, false)) {
            SeriesListener listener = listener(series);
            for (int i = 0; i < 50; i++) {
                listener.onFailure(
                        OptionalLong.empty(),
                        Exchanges.failure(Kind.WRONG_SOURCE, "from " + i, ""));
            }
        }
        assertEquals(1, Events.parse(out.text()).size());
        assertTrue(err.text().lines().count() < 50, err::text);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 1000})
    void reportsIntervalsUnlessQuiet(long count) throws IOException {
        try (SeriesOutput series = series(count, Format.JSON, false)) {
            SeriesListener listener = listener(series);
            listener.onInterval(Results.of(1, 0).result());
        }
        assertEquals(List.of("interval"), Events.names(Events.parse(out.text())));
        try (SeriesOutput series = series(count, Format.JSON, true)) {
            SeriesListener listener = listener(series);
            listener.onInterval(Results.of(1, 0).result());
        }
        assertEquals(1, out.text().lines().count());
    }

    @Test
    void printsIntermediateFiguresToStandardError() throws IOException {
        Results results = Results.of(997, 3);
        results.duration = Duration.ofSeconds(10);
        results.time = Results.TIMES;
        try (SeriesOutput series = series(1000, Format.JSON, true)) {
            SeriesListener listener = listener(series);
            listener.onReport(results.result());
        }
        assertEquals(
                "probe: 997 ok, 3 failed, loss 0.3 %, 99.7/s in 10.00 s, min 0.0301 ms, mean 0.0413"
                    + " ms, p50 0.0398 ms, p90 0.512 ms, p99 1.24 ms, p99.9 31.2 ms, max 312 ms\n",
                err.text());
        assertEquals("", out.text());
    }

    private static ConnectionInfo connection(int port) {
        return new ConnectionInfo(
                Exchanges.address("127.0.0.1", 40_000),
                Exchanges.address("127.0.0.1", port),
                Optional.of(Duration.ofNanos(50_000)),
                1000,
                2000,
                List.of(Exchanges.failure(Kind.REFUSED, "connect to [::1]:1 failed: no", "")));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 1000})
    void reportsConnectionsAndPrintsThemIfVerbose(long count) throws IOException {
        try (SeriesOutput series = series(count, Format.JSON, false, true)) {
            SeriesListener listener = listener(series);
            listener.onConnection(connection(9000));
            listener.onConnection(connection(9001));
        }
        assertEquals(List.of("connection", "connection"), Events.names(Events.parse(out.text())));
        String line =
                "probe: connect to [::1]:1 failed: no\n"
                        + "probe: connected to 127.0.0.1:%d from 127.0.0.1:40000 in 0.0500 ms;"
                        + " receive buffer 1000 B, send buffer 2000 B\n";
        assertEquals(line.formatted(9000) + line.formatted(9001), err.text());
    }

    @Test
    void quietRunReportsNoConnections() throws IOException {
        try (SeriesOutput series = series(5, Format.JSON, true)) {
            SeriesListener listener = listener(series);
            listener.onConnection(connection(9000));
        }
        assertEquals("", out.text());
        assertEquals("", err.text());
    }

    @Test
    void printsOneHintPerKindIfVerbose() throws IOException {
        try (SeriesOutput series = series(100, Format.TEXT, false, true)) {
            SeriesListener listener = listener(series);
            for (int i = 0; i < 3; i++) {
                listener.onFailure(
                        OptionalLong.of(i + 1), Exchanges.failure(Kind.RESET, "reset " + i, ""));
                listener.onFailure(
                        OptionalLong.of(1), Exchanges.failure(Kind.SILENT, "silent " + i, ""));
            }
        }
        assertEquals(
                List.of(
                        "probe: exchange 1: reset 0",
                        hint(Kind.RESET),
                        "probe: exchange 1: silent 0",
                        hint(Kind.SILENT),
                        "probe: exchange 2: reset 1",
                        "probe: exchange 1: silent 1",
                        "probe: exchange 3: reset 2",
                        "probe: exchange 1: silent 2"),
                err.text().lines().filter(line -> line.startsWith("probe: ")).toList());
    }

    private static String hint(Kind kind) {
        return "probe: hint: " + Hint.of(Transport.TCP, kind).orElseThrow();
    }
}
