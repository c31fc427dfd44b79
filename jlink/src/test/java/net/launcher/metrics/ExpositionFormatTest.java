package net.launcher.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Content negotiation. */
class ExpositionFormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text; version=1.0.0",
                "Application/OpenMetrics-Text;Version=1.0.0;charset=utf-8",
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,"
                        + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
                "text/plain;q=0.5, application/openmetrics-text;version=\"1.0.0\";q=0.5"
            })
    void choosesOpenMetrics(String accept) {
        assertEquals(ExpositionFormat.OPENMETRICS, ExpositionFormat.of(List.of(accept)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",;,;;q",
                "*/*",
                "text/html",
                "text/plain",
                "text/plain, application/openmetrics-text;q=0.9",
                "application/openmetrics-text;version=0.0.1",
                "application/openmetrics-text;version=2.0.0",
                "application/openmetrics-text;q=0",
                "application/openmetrics-text;q=x",
                "application/openmetrics-textual"
            })
    void choosesPrometheusOtherwise(String accept) {
        assertEquals(ExpositionFormat.PROMETHEUS, ExpositionFormat.of(List.of(accept)));
    }

    @Test
    void joinsSeveralHeaders() {
        assertEquals(
                ExpositionFormat.OPENMETRICS,
                ExpositionFormat.of(List.of("text/plain;q=0.1", "application/openmetrics-text")));
        assertEquals(ExpositionFormat.PROMETHEUS, ExpositionFormat.of(List.of()));
    }
}
