package net.launcher.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.Map;

/** The labels that a user has chosen. */
class LabelsTest {
    @Test
    void keepsTheOrder() {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("site", "x");
        chosen.put("Rack_2", "");
        assertEquals("site=\"x\",Rack_2=\"\"", Labels.of(chosen).text());
        assertEquals("", Labels.of(Map.of()).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data-center", "2nd", "_x", "__name__", "a b", "é", "a\n"})
    void rejectsNamesThatPrometheusDoesNotAllow(String name) {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> Labels.of(Map.of(name, "value")));
        assertEquals(
                "--label must begin with a letter, followed by letters, digits or _, with"
                        + " --metrics: "
                        + name,
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"target", "transport", "service", "result", "direction", "le"})
    void rejectsLabelsOfTheMetrics(String name) {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> Labels.of(Map.of(name, "value")));
        assertEquals(
                "--label must not be a label of the metrics themselves with --metrics: " + name,
                e.getMessage());
    }
}
