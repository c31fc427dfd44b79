package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class TcpServerConfigTest {
    private static final Endpoint ENDPOINT = new Endpoint("localhost", 8888);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final Duration GAP = Duration.ofMillis(300);
    private static final Duration SESSION = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final TcpServerConfig config = TcpServerConfig.of(ENDPOINT);

    @Test
    void defaultsAreThoseOfTheManual() {
        assertEquals(new TcpServerConfig(ENDPOINT, GAP, SESSION, DRAIN, 4096), config);
        assertEquals(GAP, TcpServerConfig.DEFAULT_MESSAGE_GAP);
        assertEquals(SESSION, TcpServerConfig.DEFAULT_SESSION_TIMEOUT);
        assertEquals(DRAIN, Server.DEFAULT_DRAIN);
        assertEquals(4096, TcpServerConfig.DEFAULT_BACKLOG);
    }

    @Test
    void eachWithChangesOneProperty() {
        assertEquals(
                new TcpServerConfig(ENDPOINT, NANO, SESSION, DRAIN, 4096),
                config.withMessageGap(NANO));
        assertEquals(
                new TcpServerConfig(ENDPOINT, GAP, NANO, DRAIN, 4096),
                config.withSessionTimeout(NANO));
        assertEquals(
                new TcpServerConfig(ENDPOINT, GAP, SESSION, NANO, 4096), config.withDrain(NANO));
        assertEquals(new TcpServerConfig(ENDPOINT, GAP, SESSION, DRAIN, 1), config.withBacklog(1));
        assertEquals(TcpServerConfig.of(ENDPOINT), config);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.000000001S", "PT0S"})
    void rejectsMessageGapThatIsNotAboveZero(String gap) {
        assertRejected(
                "messageGap must be above zero: " + gap,
                () -> config.withMessageGap(Duration.parse(gap)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.000000001S", "PT0S"})
    void rejectsSessionTimeoutThatIsNotAboveZero(String timeout) {
        assertRejected(
                "sessionTimeout must be above zero: " + timeout,
                () -> config.withSessionTimeout(Duration.parse(timeout)));
    }

    @Test
    void rejectsNegativeDrain() {
        assertRejected(
                "drain must not be negative: PT-0.000000001S",
                () -> config.withDrain(NANO.negated()));
    }

    @Test
    void acceptsDrainFromZero() {
        assertEquals(Duration.ZERO, config.withDrain(Duration.ZERO).drain());
        assertEquals(NANO, config.withDrain(NANO).drain());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0})
    void rejectsBacklogBelowOne(int backlog) {
        assertRejected("backlog must be at least 1: " + backlog, () -> config.withBacklog(backlog));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, Integer.MAX_VALUE})
    void acceptsBacklogFromOne(int backlog) {
        assertEquals(backlog, config.withBacklog(backlog).backlog());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> TcpServerConfig.of(null));
        assertThrows(NullPointerException.class, () -> config.withMessageGap(null));
        assertThrows(NullPointerException.class, () -> config.withSessionTimeout(null));
        assertThrows(NullPointerException.class, () -> config.withDrain(null));
    }

    private static void assertRejected(String message, Runnable change) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, change::run);
        assertEquals(message, thrown.getMessage());
    }
}
