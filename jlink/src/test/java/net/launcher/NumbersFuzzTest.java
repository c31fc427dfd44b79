package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.command.value.ByteSize;
import net.launcher.command.value.CountParser;
import net.launcher.command.value.Durations;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Random texts as counts, sizes and times, compared with a second implementation. */
class NumbersFuzzTest {
    private static final int COUNTS = 300_000;
    private static final int SIZES = 300_000;
    private static final int TIMES = 200_000;
    private static final String DIGITS = "0123456789";
    private static final String OTHERS =
            "00011299999msmsmsmMSh+-., _eExnon\u0663\uFF11\u0000\n\uD835\uDFCF";
    private static final Pattern TIME = Pattern.compile("([0-9]*(?:[.][0-9]+)?)(us|ms|s|m|h|)");

    private static final Pattern SIZE = Pattern.compile("([0-9]*(?:[.][0-9]+)?)([KMG]i?B|[KMG]|)");

    private static final List<String> SUFFIXES =
            List.of("K", "M", "G", "k", "m", "T", "KiB", "GB", "kB", "B", "Mi");

    private static final Map<String, Long> UNIT_BYTES =
            Map.of(
                    "",
                    1L,
                    "K",
                    1_024L,
                    "M",
                    1_048_576L,
                    "G",
                    1_073_741_824L,
                    "KB",
                    1_000L,
                    "MB",
                    1_000_000L,
                    "GB",
                    1_000_000_000L);

    private static final List<String> UNITS = List.of("us", "ms", "s", "m", "h");

    private static final Map<String, Long> UNIT_NANOS =
            Map.of(
                    "us",
                    1_000L,
                    "ms",
                    1_000_000L,
                    "s",
                    1_000_000_000L,
                    "m",
                    60_000_000_000L,
                    "h",
                    3_600_000_000_000L,
                    "",
                    1_000_000_000L);

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(22); i > 0; i--) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> text.append(UNITS.get(random.nextInt(UNITS.size())));
            default -> {
                for (int i = random.nextInt(4); i > 0; i--) {
                    char other = OTHERS.charAt(random.nextInt(OTHERS.length()));
                    text.insert(random.nextInt(text.length() + 1), other);
                }
            }
        }
        return random.nextInt(100) == 0 ? "none" : text.toString();
    }

    private static <T> Optional<T> orRefused(Supplier<T> parse) {
        try {
            return Optional.of(parse.get());
        } catch (IllegalArgumentException expected) {
            return Optional.empty();
        }
    }

    /** Returns empty unless the number is whole and in range. */
    private static Optional<Long> inRange(BigDecimal number, long min, long max) {
        try {
            return inRange(number.toBigIntegerExact(), min, max);
        } catch (ArithmeticException expected) {
            return Optional.empty();
        }
    }

    private static Optional<Long> inRange(BigInteger number, long min, long max) {
        boolean isIn =
                number.compareTo(BigInteger.valueOf(min)) >= 0
                        && number.compareTo(BigInteger.valueOf(max)) <= 0;
        return isIn ? Optional.of(number.longValueExact()) : Optional.empty();
    }

    @Test
    void acceptsOnlyDigitsInRangeAsCount() {
        Random random = new Random(1);
        for (int i = 0; i < COUNTS; i++) {
            String text = text(random);
            long max = random.nextLong() >>> random.nextInt(1, 63);
            Optional<Long> expected =
                    text.matches("[0-9]+")
                            ? inRange(new BigInteger(text), 1, max)
                            : Optional.empty();
            assertEquals(expected, orRefused(() -> CountParser.parse("--count", text, max)), text);
        }
    }

    @Test
    void acceptsOnlyDigitsWithUnitAsSize() {
        Random random = new Random(3);
        int understood = 0;
        for (int i = 0; i < SIZES; i++) {
            String text = text(random);
            if (random.nextBoolean()) {
                text =
                        text.substring(text.length() / 2)
                                + SUFFIXES.get(random.nextInt(SUFFIXES.size()));
            }
            long max = random.nextLong() >>> random.nextInt(1, 63);
            Matcher matcher = SIZE.matcher(text);
            Optional<Long> expected = Optional.empty();
            if (matcher.matches() && !matcher.group(1).isEmpty()) {
                long unit = UNIT_BYTES.get(matcher.group(2).replace("iB", ""));
                expected =
                        inRange(
                                new BigDecimal(matcher.group(1)).multiply(new BigDecimal(unit)),
                                1,
                                max);
            }
            String size = text;
            assertEquals(expected, orRefused(() -> ByteSize.parse("--buffer", size, max)), text);
            understood += expected.isPresent() ? 1 : 0;
        }
        assertTrue(understood > SIZES / 20, "hardly any was understood: " + understood);
    }

    @Test
    void parsesTheTextOfASize() {
        Random random = new Random(4);
        for (int i = 0; i < SIZES; i++) {
            long bytes = (random.nextLong() >>> random.nextInt(1, 63)) << random.nextInt(31);
            if (bytes > 0) {
                assertEquals(
                        bytes, ByteSize.parse("--buffer", ByteSize.text(bytes), Long.MAX_VALUE));
            }
        }
    }

    @Test
    void acceptsOnlyDigitsWithUnitAsTime() {
        Random random = new Random(2);
        for (int i = 0; i < TIMES; i++) {
            String text = text(random);
            Optional<Duration> orZero = expected(text, 0);
            Optional<Duration> aboveZero = expected(text, 1);
            Optional<Duration> orNone =
                    text.equals("none") ? Optional.of(Duration.ZERO) : aboveZero;
            assertEquals(orZero, orRefused(() -> Durations.parseOrZero("--drain", text)), text);
            assertEquals(aboveZero, orRefused(() -> Durations.parse("--timeout", text)), text);
            assertEquals(orNone, orRefused(() -> Durations.parseOrNone("--idle", text)), text);
        }
    }

    private static Optional<Duration> expected(String text, long minNanos) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches() || matcher.group(1).isEmpty()) {
            return Optional.empty();
        }
        BigDecimal unit = new BigDecimal(UNIT_NANOS.get(matcher.group(2)));
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(unit);
        return inRange(nanos.setScale(0, RoundingMode.CEILING), minNanos, Long.MAX_VALUE)
                .map(Duration::ofNanos);
    }
}
