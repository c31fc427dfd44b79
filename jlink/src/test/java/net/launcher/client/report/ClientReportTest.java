package net.launcher.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.client.connect.ExchangeException.Kind;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.launcher.client.metric.Threshold;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Text and raw reports of a client. */
class ClientReportTest {
    private final CapturedOutput out = new CapturedOutput();
    private final CapturedOutput err = new CapturedOutput();
    private final Output output = new Output(out);

    private ClientReport report(RunConfig run, Format format) {
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        return ClientReports.of(
                run, format, false, false, output, new Diagnostics("probe", print, false, false));
    }

    private String written() throws IOException {
        output.commit();
        return out.text();
    }

    private static List<Verdict> failed(Results results) {
        return List.of(Threshold.parse("ok<10").verdict(results.result()));
    }

    private static RunConfig echo() {
        return Exchanges.single(Transport.TCP, Service.ECHO);
    }

    @Test
    void singleExchangePrintsOnlyTheAnswer() throws IOException {
        ClientReport report = report(echo(), Format.TEXT);
        report.start(Optional.empty(), List.of());
        report.exchange(Exchanges.of(1, "a\nb", 3, 1, 1));
        report.interval(Results.of(1, 0).result());
        report.summary(Results.of(1, 0).result(), List.of());
        assertEquals("a\\x0Ab\n", written());
    }

    @Test
    void truncatedAnswerIsMarked() throws IOException {
        report(echo(), Format.TEXT).exchange(Exchanges.of(1, "abc", 4, 1, 1));
        assertEquals("abc... (4 B)\n", written());
    }

    @Test
    void emptyAnswerPrintsNothing() throws IOException {
        ClientReport report = report(Exchanges.single(Transport.UDP, Service.RECEIVE), Format.TEXT);
        report.exchange(Exchanges.of(1, "", 0, -1, -1));
        report.failure(OptionalLong.of(1), Exchanges.failure(Kind.REFUSED, "refused", ""));
        assertEquals("", written());
    }

    @Test
    void singleStampExchangePrintsItsTime() throws IOException {
        report(Exchanges.single(Transport.UDP, Service.STAMP), Format.TEXT)
                .exchange(Exchanges.of(1, "", 44, -1, 1));
        assertEquals("44 B from 127.0.0.1:9000: exchange 1 in 0.214 ms\n", written());
    }

    @Test
    void singleExchangePrintsThresholdsWithoutSummary() throws IOException {
        Results results = Results.of(1, 0);
        report(echo(), Format.TEXT).summary(results.result(), failed(results));
        assertEquals("FAIL ok<10: 1\n", written());
    }

    @Test
    void singleFailurePrintsThePartialAnswer() throws IOException {
        report(echo(), Format.TEXT)
                .failure(OptionalLong.of(1), Exchanges.failure(Kind.RESET, "reset", "ab\u0007"));
        assertEquals("ab\\x07\n", written());
    }

    @Test
    void runPrintsExchangesEmptyLineAndSummary() throws IOException {
        RunConfig run = echo().toBuilder().count(2).build();
        ClientReport report = report(run, Format.TEXT);
        report.start(Optional.empty(), List.of());
        report.exchange(Exchanges.of(1, "abc", 3, -1, -1));
        report.failure(OptionalLong.of(1), Exchanges.failure(Kind.RESET, "reset", "ab"));
        report.interval(Results.of(1, 1).result());
        Results results = Results.of(1, 1);
        report.summary(results.result(), failed(results));
        assertEquals(
                """
                3 B from 127.0.0.1:9000: exchange 1 in 0.214 ms

                exchanges   1 ok, 1 failed, loss 50 %, - in 0.00 ms
                loop        closed, back to back
                bytes       0 sent, 0 received
                FAIL ok<10: 1
                """,
                written());
    }

    @Test
    void runWithoutExchangeLinesPrintsOnlyTheSummary() throws IOException {
        RunConfig run = echo().toBuilder().count(2).build();
        report(run, Format.TEXT).summary(Results.of(0, 2).result(), List.of());
        assertEquals("exchanges   0 ok, 2 failed", written().substring(0, 26));
    }

    @Test
    void rawWritesOnlyTheBytesOfAnswers() throws IOException {
        RunConfig run = Exchanges.many(Transport.TCP, Service.GREET).build();
        ClientReport report = report(run, Format.RAW);
        report.start(Optional.empty(), List.of());
        report.exchange(Exchanges.of(1, "hello\n", 6, -1, -1));
        report.exchange(Exchanges.of(2, "client", 6, -1, -1));
        report.failure(OptionalLong.of(1), Exchanges.failure(Kind.RESET, "reset", "\u001b"));
        report.interval(Results.of(1, 1).result());
        Results results = Results.of(2, 1);
        report.summary(results.result(), failed(results));
        assertEquals("hello\nclient\u001b", written());
        assertEquals(
                """
                probe: 2 ok, 1 failed, loss 33.3 %, - in 0.00 ms
                probe: FAIL ok<10: 2
                """,
                err.text());
    }

    @Test
    void rawWritesTheWholeEcho() throws IOException {
        RunConfig run = echo().toBuilder().payload(Payload.of("abcdef")).build();
        ClientReport report = report(run, Format.RAW);
        report.exchange(Exchanges.of(1, "abc", 6, -1, -1));
        report.summary(Results.of(1, 0).result(), List.of());
        assertEquals("abcdef", written());
        assertEquals("", err.text());
    }
}
