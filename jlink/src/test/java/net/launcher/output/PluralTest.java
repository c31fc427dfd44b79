package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PluralTest {
    @Test
    void onlyOneIsSingular() {
        assertEquals("0 messages", Plural.of(0, "message"));
        assertEquals("1 message", Plural.of(1, "message"));
        assertEquals("2 messages", Plural.of(2, "message"));
    }
}
