package net.launcher.command.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of bytes, as people write and read them. */
class ByteSizeTest {
    private static void assertOutOfRange(String text, long max, String maxText) {
        assertRefused("a size from 1 to " + maxText + ", such as 64K or 1M", text, max);
    }

    private static void assertRefused(String rule, String text, long max) {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ByteSize.parse("--buffer", text, max));
        assertEquals("--buffer must be " + rule + ": " + text, refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "64, 64",
        "007, 7",
        "1K, 1024",
        "16K, 16384",
        "1023K, 1047552",
        "1M, 1048576",
        "16M, 16777216",
        "1G, 1073741824",
        "001G, 1073741824",
        "16KiB, 16384",
        "1MiB, 1048576",
        "3GiB, 3221225472",
        "1.5K, 1536",
        "0.5KiB, 512",
        ".5M, 524288",
        "64.0, 64",
        "4G, 4294967296",
        "8589934591G, 9223372035781033984",
        "9007199254740991K, 9223372036854774784",
        "9223372036854775807, 9223372036854775807"
    })
    void unitsAreBasedOn1024(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse("--buffer", text, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"1KB, 1000", "16KB, 16000", "1.5MB, 1500000", "2GB, 2000000000", "0.064KB, 64"})
    void unitsWithBytesAreBasedOn1000(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse("--buffer", text, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "64.01", "1.0001K", "1.0001KB", "1023.99999999999"})
    void sizeIsAWholeNumberOfBytes(String text) {
        assertRefused("a whole number of bytes", text, 1 << 20);
    }

    @Test
    void sizeIsAtMostTheMaximum() {
        assertEquals(1023, ByteSize.parse("--buffer", "1023", 1024));
        assertEquals(1024, ByteSize.parse("--buffer", "1024", 1024));
        assertEquals(1024, ByteSize.parse("--buffer", "1K", 1024));
        assertOutOfRange("1025", 1024, "1K");
        assertOutOfRange("2K", 1024, "1K");
        assertOutOfRange("1M", 1024, "1K");
        assertOutOfRange("1G", 1_073_741_823, "1073741823");
        assertOutOfRange("4G", 1 << 30, "1G");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0K",
                "000G",
                "0.0",
                "0.5",
                "0.0001K",
                "8589934592G",
                "9007199254740992K",
                "9223372036854775808",
                "18446744073709551617",
                "18014398509481985K",
                "99999999999999999999999999G"
            })
    void zeroAndOverflowAreRefused(String text) {
        assertOutOfRange(text, Long.MAX_VALUE, "2^63-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "K", "-1", "+1", "-1K", "+1K", "-0", "1 ", " 1", "1\n", "1 K", "1K ", "1k",
                "1m", "1g", "1kB", "1Ki", "1kib", "1B", "1b", "1T", "1P", "1KK", "K1", "1K1", "12Q",
                "1\u212A", "٣", "1٣", "１", "１K", "1Ｋ", "𝟏", "1.", "1.K", ".", "1.5.5", "1e3",
                "0x10", "1_000", "1,000", "max", "none"
            })
    void anythingButDigitsAndAUnitIsRefused(String text) {
        assertRefused(
                "in bytes, K, M or G (1024-based), or KB, MB or GB (1000-based)", text, 1 << 30);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1023, 1023",
        "1024, 1K",
        "1025, 1025",
        "1536, 1536",
        "65536, 64K",
        "1047552, 1023K",
        "1048576, 1M",
        "1049600, 1025K",
        "16777216, 16M",
        "1073741824, 1G",
        "1074790400, 1025M",
        "1099511627776, 1024G",
        "9223372036854775807, 9223372036854775807"
    })
    void sizeIsShownInTheLargestUnitThatFits(long bytes, String text) {
        assertEquals(text, ByteSize.text(bytes));
    }
}
