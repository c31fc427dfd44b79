package net.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.Map;

class RunTest {
    @Test
    void readsTheNumberAfterTheFirstOccurrence() {
        Run run =
                new Run(
                        "SentMessages=2001; # dropped messages = 15;\n"
                                + "---> percentile 50.000 =   42.938\nSentMessages=1550\n",
                        Map.of());
        assertEquals(2001, run.number("SentMessages"));
        assertEquals(15, run.number("dropped messages"));
        assertEquals(42.938, run.number("percentile 50.000"));
        assertEquals(1.5e-4, Run.number("seconds 0.00015\n", "seconds "));
        assertThrows(IllegalArgumentException.class, () -> run.number("percentile 99.000"));
    }

    @Test
    void findsTheSummaryAmongErrorsAndEvents() {
        Run run =
                new Run(
                        "udp-client: exchange 100 failed: no answer in time\n"
                                + "{\"event\":\"window\",\"lost\":1}\n"
                                + "{\"event\":\"summary\",\"lost\":20}\n",
                        Map.of());
        assertEquals(20, run.summary().get("lost").getAsInt());
    }
}
