package net.launcher.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of {@code --metrics}. */
class MetricsOptionTest {
    @ParameterizedTest
    @CsvSource({
        "9100, 127.0.0.1:9100",
        "0, 127.0.0.1:0",
        ":9100, 127.0.0.1:9100",
        "localhost, localhost:9464",
        "10.0.0.1:9100, 10.0.0.1:9100",
        "::1, [::1]:9464",
        "[::]:0, [::]:0"
    })
    void takesPortHostOrBoth(String text, String endpoint) {
        assertEquals(endpoint, MetricsOption.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "65536, --metrics: port must be a number from 0 to 65535: 65536",
        "'', --metrics: endpoint must not be empty",
        "http://localhost:9464/, '--metrics: endpoint must be HOST or HOST:PORT, not a URL:"
                + " http://localhost:9464/'"
    })
    void rejectsOtherForms(String text, String message) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> MetricsOption.parse(text));
        assertEquals(message, e.getMessage());
    }
}
