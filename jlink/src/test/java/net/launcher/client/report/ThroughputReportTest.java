package net.launcher.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.client.connect.ExchangeException.Kind;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.client.run.RunResult.StreamFigures;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ThroughputReportTest {
    private final CapturedOutput out = new CapturedOutput();
    private final Output output = new Output(out);

    private ClientReport report(RunConfig run) {
        Diagnostics none =
                new Diagnostics("probe", new PrintStream(new CapturedOutput()), false, false);
        return ClientReports.of(run, Format.TEXT, false, false, output, none);
    }

    private String written() throws IOException {
        output.commit();
        return out.text();
    }

    private static RunConfig stream(Service service) {
        return Exchanges.single(Transport.TCP, service).toBuilder().bulk().build();
    }

    private static Results transferred(long sent, long received, Duration duration) {
        Results results = Results.of(1, 0);
        results.bytesSent = sent;
        results.bytesReceived = received;
        results.duration = duration;
        return results;
    }

    private static RunResult second(long sent, long received) {
        return transferred(sent, received, Duration.ofSeconds(1)).result();
    }

    private static StreamFigures figures(int number, long sent) {
        return new StreamFigures(number, sent, 0, Duration.ofSeconds(2));
    }

    @Test
    void printsALinePerSecond() throws IOException {
        ClientReport report = report(stream(Service.DISCARD));
        report.start(Optional.empty(), List.of());
        report.exchange(Exchanges.of(1, "", 0, -1, -1));
        report.interval(second(4_612_345_678L, 0));
        report.interval(second(1_000, 0));
        assertEquals(
                """
                 seconds                      up
                     1.0   4.61 GB   36.9 Gbit/s
                     2.0   1.00 kB   8.00 kbit/s
                """,
                written());
    }

    @Test
    void printsOnlyTheDirectionsOfTheService() throws IOException {
        report(stream(Service.CHARGEN)).interval(second(0, 1_000));
        report(stream(Service.ECHO)).interval(second(2_000, 1_000));
        assertEquals(
                """
                 seconds                    down
                     1.0   1.00 kB   8.00 kbit/s
                 seconds                      up                    down
                     1.0   2.00 kB   16.0 kbit/s   1.00 kB   8.00 kbit/s
                """,
                written());
    }

    /** A stream may have begun later than the second. */
    @Test
    void printsALinePerSecondForEachOfSeveralStreams() throws IOException {
        Results results = transferred(3_000_000, 0, Duration.ofSeconds(1));
        results.streams =
                List.of(
                        new StreamFigures(1, 2_000_000, 0, Duration.ofSeconds(1)),
                        new StreamFigures(2, 1_000_000, 0, Duration.ofMillis(500)),
                        new StreamFigures(3, 0, 0, Duration.ZERO));
        RunConfig run = stream(Service.DISCARD).toBuilder().parallel(3).build();
        report(run).interval(results.result());
        assertEquals(
                """
                 seconds  stream                      up
                     1.0       1   2.00 MB   16.0 Mbit/s
                     1.0       2   1.00 MB   16.0 Mbit/s
                     1.0       3       0 B             -
                     1.0     sum   3.00 MB   24.0 Mbit/s
                """,
                written());
    }

    @Test
    void summaryHasEachStreamAndTheSum() throws IOException {
        Results results = transferred(3_000_000, 0, Duration.ofSeconds(2));
        results.ok = 1;
        results.failed = 1;
        results.errors.put(Kind.RESET, 1L);
        results.streams = List.of(figures(1, 2_000_000), figures(2, 1_000_000));
        report(stream(Service.DISCARD)).summary(results.result(), List.of());
        assertEquals(
                """
                  stream                      up
                       1   2.00 MB   8.00 Mbit/s in 2.00 s
                       2   1.00 MB   4.00 Mbit/s in 2.00 s
                     sum   3.00 MB   12.0 Mbit/s in 2.00 s

                streams     1 ok, 1 failed in 2.00 s
                bytes       3000000 sent, 0 received
                throughput  up 12.0 Mbit/s
                failures    1 reset
                """,
                written());
    }

    @Test
    void singleStreamHasNoSum() throws IOException {
        Results results = transferred(2_000_000, 0, Duration.ofSeconds(2));
        results.streams = List.of(figures(1, 2_000_000));
        report(stream(Service.DISCARD)).summary(results.result(), List.of());
        assertEquals(
                """
                  stream                      up
                       1   2.00 MB   8.00 Mbit/s in 2.00 s

                streams     1 ok, 0 failed in 2.00 s
                bytes       2000000 sent, 0 received
                throughput  up 8.00 Mbit/s
                """,
                written());
    }
}
