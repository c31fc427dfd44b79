package net.launcher.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.RunConfig;
import net.launcher.Events;
import net.launcher.client.report.ClientReport;
import net.launcher.client.report.ClientReports;
import net.launcher.client.report.Exchanges;
import net.launcher.client.report.Hint;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.launcher.output.Terminal;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class SingleListenerTest {
    private static final ExchangeException REFUSED =
            Exchanges.failure(Kind.REFUSED, "connect to [::1]:9000 failed: connection refused", "");
    private static final String HINT =
            "probe: hint: " + Hint.of(Transport.TCP, Kind.REFUSED).orElseThrow() + "\n";

    private static final Pattern STRAY =
            Pattern.compile("probe: from \\d+(?: \\(after (\\d+) more\\))?");

    private final CapturedOutput out = new CapturedOutput();
    private final CapturedOutput err = new CapturedOutput();
    private final Output output = new Output(out);

    private SingleListener listener(Format format, boolean isQuiet, boolean isVerbose) {
        RunConfig run = Exchanges.single(Transport.TCP, Service.ECHO);
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        Diagnostics diagnostics = new Diagnostics("probe", print, isVerbose, false);
        ClientReport report = ClientReports.of(run, format, false, false, output, diagnostics);
        return new SingleListener(run, report, isQuiet, output, diagnostics);
    }

    private static ConnectionInfo connection() {
        return new ConnectionInfo(
                Exchanges.address("127.0.0.1", 40_000),
                Exchanges.address("127.0.0.1", 9000),
                Optional.of(Duration.ofNanos(50_000)),
                1000,
                2000,
                List.of(REFUSED));
    }

    @Test
    void verbosePrintsConnectionAndFigures() throws IOException {
        SingleListener listener = listener(Format.TEXT, false, true);
        listener.onConnection(connection());
        listener.onExchange(Exchanges.of(1, "abc", 3, 50_000, 60_000));
        assertEquals(
                "probe: connect to [::1]:9000 failed: connection refused\n"
                        + "probe: connected to 127.0.0.1:9000 from 127.0.0.1:40000 in 0.0500 ms;"
                        + " receive buffer 1000 B, send buffer 2000 B\n"
                        + "probe: 127.0.0.1:40000 to 127.0.0.1:9000: 3 B sent, 3 B received in"
                        + " 0.21 ms\n",
                err.text());
        assertEquals("abc\n", out.text());
    }

    @Test
    void printsOnlyTheAnswerByDefault() throws IOException {
        SingleListener listener = listener(Format.TEXT, false, false);
        listener.onConnection(connection());
        listener.onExchange(Exchanges.of(1, "abc", 3, 50_000, 60_000));
        assertEquals("", err.text());
        assertEquals("abc\n", out.text());
    }

    @Test
    void quietExchangeReportsNoEvents() throws IOException {
        SingleListener listener = listener(Format.JSON, true, false);
        listener.onConnection(connection());
        listener.onExchange(Exchanges.of(1, "abc", 3, 50_000, 60_000));
        output.commit();
        assertEquals("", out.text());
        assertEquals("", err.text());
    }

    @Test
    void reportsTheConnectionBeforeTheAnswer() throws IOException {
        SingleListener listener = listener(Format.JSON, false, false);
        listener.onConnection(connection());
        listener.onExchange(Exchanges.of(1, "abc", 3, 50_000, 60_000));
        assertEquals(List.of("connection", "reply"), Events.names(Events.parse(out.text())));
    }

    @Test
    void verbosePrintsTheHintAfterTheFailure() throws IOException {
        listener(Format.TEXT, false, true).onFailure(OptionalLong.of(1), REFUSED);
        assertTrue(
                err.text().startsWith("probe: connect to [::1]:9000 failed: connection refused\n"),
                err::text);
        assertTrue(err.text().endsWith(HINT), err::text);
    }

    /** Scripts expect one line. */
    @Test
    void failureIsOneLineWithoutATerminal() throws IOException {
        assumeFalse(Terminal.isStandardError(), "standard error of the tests is a terminal");
        listener(Format.TEXT, false, false).onFailure(OptionalLong.of(1), REFUSED);
        assertEquals("probe: connect to [::1]:9000 failed: connection refused\n", err.text());
    }

    @Test
    void failureInJsonHasAHint() throws IOException {
        listener(Format.JSON, true, false).onFailure(OptionalLong.of(1), REFUSED);
        JsonNode error = Events.parse(out.text()).getFirst();
        assertEquals("refused", error.get("kind").asText());
        assertEquals(
                Hint.of(Transport.TCP, Kind.REFUSED).orElseThrow(), error.get("hint").asText());
    }

    private static ExchangeException stray(int number) {
        return Exchanges.failure(Kind.WRONG_SOURCE, "from " + number, "");
    }

    /** Passes 1,000 datagrams of other addresses to a listener, within a few seconds. */
    private static void flood(SingleListener listener) throws IOException {
        for (int i = 0; i < 1000; i++) {
            listener.onFailure(OptionalLong.empty(), stray(i));
        }
    }

    private void assertLimited(String last) {
        List<String> lines = err.text().lines().toList();
        assertEquals("probe: from 0", lines.getFirst());
        assertTrue(lines.size() < 10, err::text);
        assertTrue(lines.getLast().startsWith(last), err::text);
        long counted = 0;
        for (String line : lines) {
            Matcher matcher = STRAY.matcher(line);
            if (matcher.matches()) {
                counted += matcher.group(1) == null ? 1 : 1 + Long.parseLong(matcher.group(1));
            }
        }
        assertEquals(1000, counted, err::text);
    }

    @Test
    void datagramsOfOtherAddressesAreLimitedAndCounted() throws IOException {
        SingleListener listener = listener(Format.TEXT, false, false);
        flood(listener);
        listener.onFailure(
                OptionalLong.of(1), Exchanges.failure(Kind.TIMEOUT, "no answer in time", ""));
        assertLimited("probe: no answer in time");
        listener.close();
        assertLimited("probe: no answer in time");
    }

    @Test
    void answerEndsTheCountOfDatagramsOfOtherAddresses() throws IOException {
        SingleListener listener = listener(Format.TEXT, false, false);
        flood(listener);
        listener.onExchange(Exchanges.of(1, "abc", 3, 50_000, 60_000));
        assertLimited("probe: from 999");
    }

    @Test
    void closingReportsTheLastOmittedDatagram() throws IOException {
        SingleListener listener = listener(Format.TEXT, false, false);
        flood(listener);
        listener.close();
        assertLimited("probe: from 999");
    }

    @Test
    void eventsOfDatagramsOfOtherAddressesAreLimitedAndCounted() throws IOException {
        SingleListener listener = listener(Format.JSON, false, false);
        flood(listener);
        listener.onFailure(
                OptionalLong.of(1), Exchanges.failure(Kind.TIMEOUT, "no answer in time", ""));
        List<JsonNode> events = Events.parse(out.text());
        assertEquals("timeout", events.getLast().get("kind").asText());
        assertTrue(!events.getFirst().has("omitted"), out::text);
        assertTrue(events.size() < 10, out::text);
        long counted = 0;
        for (JsonNode event : events.subList(0, events.size() - 1)) {
            assertEquals("wrong_source", event.get("kind").asText());
            counted += 1 + event.path("omitted").asLong(0);
        }
        assertEquals(1000, counted);
    }

    @Test
    void failureOfAnUnknownKindHasNoHint() throws IOException {
        listener(Format.JSON, false, true)
                .onFailure(OptionalLong.of(1), Exchanges.failure(Kind.OTHER, "it failed", ""));
        assertTrue(err.text().startsWith("probe: it failed\n"), err::text);
        assertTrue(!err.text().contains("hint"), err::text);
        assertTrue(!Events.parse(out.text()).getFirst().has("hint"), out::text);
    }
}
