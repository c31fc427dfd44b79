package net.launcher.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ExchangeException.Kind;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

class HintTest {
    /** Two lines of a terminal, including the name of the launcher. */
    private static final int MAX_LENGTH = 160;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isOneShortImperativeLine(Kind kind) {
        for (Transport transport : Transport.values()) {
            String hint = Hint.of(transport, kind).orElse("use a hint");
            assertTrue(hint.length() <= MAX_LENGTH, () -> hint.length() + ": " + hint);
            assertTrue(hint.matches("(check|give|send|use) [ -~]*[^.,;:! ]"), hint);
        }
    }

    @Test
    void everyActionableKindHasAHint() {
        Set<Kind> none = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (Hint.of(Transport.TCP, kind).isEmpty()) {
                none.add(kind);
            }
        }
        assertEquals(EnumSet.of(Kind.INTERRUPTED, Kind.OTHER), none);
    }

    /** Except for two kinds that both mean that another service listens on the port. */
    @Test
    void hintsDiffer() {
        Set<Optional<String>> hints = new HashSet<>();
        for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.OTHER, Kind.PROTOCOL))) {
            assertTrue(hints.add(Hint.of(Transport.TCP, kind)), kind::label);
        }
    }

    @Test
    void hintOnALargeDatagramNamesTheOption() {
        assertTrue(Hint.of(Transport.UDP, Kind.TOO_LARGE).orElseThrow().contains("--size"));
    }

    /** Over TCP the peer is known to be up; over UDP it is not. */
    @Test
    void timeoutHintDependsOnTheTransport() {
        assertNotEquals(Hint.of(Transport.TCP, Kind.TIMEOUT), Hint.of(Transport.UDP, Kind.TIMEOUT));
        assertTrue(Hint.of(Transport.UDP, Kind.TIMEOUT).orElseThrow().contains("is running"));
    }
}
