package net.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class RefusalReasonTest {
    /** Labels are keys in reports, so they must not change. */
    @Test
    void labelsAreStable() {
        assertEquals(
                List.of(
                        "denied",
                        "family",
                        "limit",
                        "source_limit",
                        "service_port",
                        "own_port",
                        "group_address",
                        "answer_rate",
                        "loop"),
                Stream.of(RefusalReason.values()).map(RefusalReason::label).toList());
    }
}
