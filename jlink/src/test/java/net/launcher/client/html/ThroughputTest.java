package net.launcher.client.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.run.RunResult;
import net.launcher.client.html.Throughput.Sample;
import net.launcher.client.report.Results;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

class ThroughputTest {
    private static final long SECOND = 1_000_000_000;

    private final Throughput throughput = new Throughput();

    private static RunResult result(long nanos, long ok, long sent, long received) {
        Results results = Results.of(ok, 0);
        results.duration = Duration.ofNanos(nanos);
        results.bytesSent = sent;
        results.bytesReceived = received;
        return results.result();
    }

    @Test
    void lastSampleCoversTheTimeAfterTheLastInterval() {
        throughput.add(result(SECOND + 1, 10, 100, 1000));
        throughput.add(result(SECOND + 2, 20, 200, 2000));
        assertEquals(
                List.of(
                        new Sample(SECOND + 1, 10, 100, 1000),
                        new Sample(SECOND + 2, 20, 200, 2000),
                        new Sample(100_000_000, 5, 50, 500)),
                throughput.samples(result(2 * SECOND + 100_000_003, 35, 350, 3500)));
    }

    /** The last interval is merged into the one before it if it is too short. */
    @ParameterizedTest
    @CsvSource({"99999999, 1099999999", "0, 1000000000", "-5, 1000000000"})
    void mergesAShortRest(long rest, long expected) {
        throughput.add(result(SECOND, 10, 100, 1000));
        assertEquals(
                List.of(new Sample(expected, 11, 110, 1100)),
                throughput.samples(result(SECOND + rest, 11, 110, 1100)));
    }

    @Test
    void mergesAShortLastInterval() {
        throughput.add(result(SECOND, 10, 100, 1000));
        throughput.add(result(99_999_999, 1, 10, 100));
        assertEquals(
                List.of(new Sample(SECOND + 99_999_999, 11, 110, 1100)),
                throughput.samples(result(SECOND + 99_999_999, 11, 110, 1100)));
    }

    @Test
    void runShorterThanASecondHasOneSample() {
        assertEquals(
                List.of(new Sample(SECOND / 2, 3, 4, 5)),
                throughput.samples(result(SECOND / 2, 3, 4, 5)));
        assertEquals(List.of(), throughput.samples(result(0, 0, 0, 0)));
    }

    @Test
    void limitsTheNumberOfSamplesAndKeepsAllBytes() {
        int seconds = 3601;
        for (int i = 1; i <= seconds; i++) {
            throughput.add(result(SECOND, i, 2 * i, 3 * i));
        }
        long sum = (long) seconds * (seconds + 1) / 2;
        List<Sample> samples = throughput.samples(result(seconds * SECOND, sum, 2 * sum, 3 * sum));
        assertTrue(samples.size() > 300 && samples.size() <= 600, samples.size() + " samples");
        Sample all = samples.stream().reduce(Sample.NONE, Sample::plus);
        assertEquals(new Sample(seconds * SECOND, sum, 2 * sum, 3 * sum), all);
        // 3601 seconds, 8 per sample.
        assertEquals(new Sample(8 * SECOND, 36, 72, 108), samples.getFirst());
        assertEquals(451, samples.size());
    }
}
