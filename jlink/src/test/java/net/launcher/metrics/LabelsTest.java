package net.launcher.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

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
}
