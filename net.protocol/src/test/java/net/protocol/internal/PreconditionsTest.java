package net.protocol.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Optional;

class PreconditionsTest {
    @Test
    void violationNamesRuleAndValue() {
        Preconditions.require(true, "port must be above zero", 0);
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Preconditions.require(false, "port must be above zero", 0));
        assertEquals("port must be above zero: 0", thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void rejectsDurationThatIsNotPositive(long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Preconditions.requirePositive("timeout", Optional.of(duration)));
        assertEquals("timeout must be above zero: " + duration, thrown.getMessage());
    }

    @Test
    void acceptsPositiveOrAbsentDuration() {
        Preconditions.requirePositive("timeout", Duration.ofNanos(1));
        Preconditions.requirePositive("timeout", Optional.empty());
    }

    @Test
    void shownTextHasAtMost64Characters() {
        assertEquals("a".repeat(63), Preconditions.shown("a".repeat(63)));
        assertEquals("a".repeat(64), Preconditions.shown("a".repeat(64)));
        assertEquals("a".repeat(64) + "... (65 characters)", Preconditions.shown("a".repeat(65)));
    }
}
