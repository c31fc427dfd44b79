package net.launcher.client.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.measure.record.HistogramRecorder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Random;

class HistogramTextTest {
    private final HistogramRecorder times = new HistogramRecorder();

    private void record(long nanos, int count) {
        for (int i = 0; i < count; i++) {
            times.record(nanos);
        }
    }

    @Test
    void barLengthIsProportionalToTheCount() {
        record(100_000, 80);
        record(160_000, 40);
        record(900_000, 1);
        assertEquals(
                """
                histogram   from 0.10 ms           ████████████████████████████████ 80
                            from 0.11 ms           0
                            from 0.12 ms           0
                            from 0.13 ms           0
                            from 0.14 ms           0
                            from 0.15 ms           0
                            from 0.16 ms           ████████████████ 40
                            from 0.17 ms and more  ▌ 1\
                """,
                String.join("\n", HistogramText.of(times.snapshot(), BarGlyphs.UTF8)));
    }

    /** Ranges grow up to the 99th percentile, which is time 199 of 201. */
    @Test
    void wideTimesHaveGrowingRanges() {
        record(30_100, 100);
        record(110_000, 99);
        record(800_000, 2);
        assertEquals(
                """
                histogram   from 0.03 ms           ################################ 100
                            from 0.04 ms           0
                            from 0.05 ms           0
                            from 0.06 ms           0
                            from 0.08 ms           0
                            from 0.10 ms           ################################ 99
                            from 0.12 ms and more  # 2\
                """,
                String.join("\n", HistogramText.of(times.snapshot(), BarGlyphs.ASCII)));
    }

    @Test
    void requiresTenTimes() {
        record(5000, 9);
        assertEquals(List.of(), HistogramText.of(times.snapshot(), BarGlyphs.UTF8));
        record(5000, 1);
        assertEquals(
                List.of("histogram   from 0.005 ms and more  " + "#".repeat(32) + " 10"),
                HistogramText.of(times.snapshot(), BarGlyphs.ASCII));
    }

    @Test
    void closeTimesHaveEvenRanges() {
        record(31_200_000, 4);
        record(34_900_000, 4);
        record(35_100_000, 2);
        assertEquals(
                """
                histogram   from 31.0 ms           ################################ 4
                            from 31.5 ms           0
                            from 32.0 ms           0
                            from 32.5 ms           0
                            from 33.0 ms           0
                            from 33.5 ms           0
                            from 34.0 ms           0
                            from 34.5 ms           ################################ 4
                            from 35.0 ms and more  ################ 2\
                """,
                String.join("\n", HistogramText.of(times.snapshot(), BarGlyphs.ASCII)));
    }

    /** With random times. */
    @Test
    void countsAllTimesInAtMostTenLines() {
        Random random = new Random(11);
        for (int run = 0; run < 300; run++) {
            HistogramRecorder histogram = new HistogramRecorder();
            double width = random.nextDouble(4);
            double middle = random.nextDouble(1, 6);
            int count = random.nextInt(10, 2000);
            for (int i = 0; i < count; i++) {
                histogram.record((long) Math.pow(10, middle + width * random.nextDouble()));
            }
            List<String> lines = HistogramText.of(histogram.snapshot(), BarGlyphs.UTF8);
            assertTrue(!lines.isEmpty() && lines.size() <= 10, lines::toString);
            long sum = 0;
            double previous = -1;
            int unit = lines.getFirst().indexOf(" ms ");
            for (String line : lines) {
                sum += Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
                assertEquals(unit, line.indexOf(" ms "), lines::toString);
                double from = Double.parseDouble(line.substring(17, unit));
                assertTrue(from > previous, lines::toString);
                previous = from;
                assertTrue(line.length() <= 80, line);
            }
            assertEquals(count, sum, lines::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', ''",
        "0.0001, ▏, #",
        "0.125, █, #",
        "0.25, ██, ##",
        "0.26, ██▏, ###",
        "0.5, ████, ####",
        "0.984375, ███████▉, ########",
        "1, ████████, ########"
    })
    void barHasEighthsOrWholeCharacters(double share, String utf8, String ascii) {
        assertEquals(utf8, BarGlyphs.UTF8.bar(share, 8));
        assertEquals(ascii, BarGlyphs.ASCII.bar(share, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', UTF8",
        "'', C, ASCII",
        "'', de_DE.UTF-8, UTF8",
        "'', en_US.utf8, UTF8",
        "'', de_DE.ISO-8859-1, ASCII",
        "de_DE.UTF-8, C, UTF8",
        "POSIX, de_DE.UTF-8, ASCII"
    })
    void glyphsDependOnTheLocale(String type, String lang, BarGlyphs expected) {
        assertEquals(expected, BarGlyphs.of(Map.of("LC_CTYPE", type, "LANG", lang, "LC_ALL", "x")));
        assertEquals(BarGlyphs.UTF8, BarGlyphs.of(Map.of()));
    }
}
