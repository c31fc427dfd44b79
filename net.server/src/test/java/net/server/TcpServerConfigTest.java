package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.protocol.Endpoint;
import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class TcpServerConfigTest {
    private static final Endpoint ENDPOINT = new Endpoint("localhost", 8888);
    private static final TcpService GREET = TcpService.greet(Duration.ofMillis(300));
    private static final Duration NANO = Duration.ofNanos(1);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration SESSION = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final int PEERS = 10_000;

    private final TcpServerConfig config = TcpServerConfig.of(ENDPOINT);

    @Test
    void defaultsAreThoseOfTheManual() {
        assertEquals(
                new TcpServerConfig(ENDPOINT, GREET, PEERS, PEERS, IDLE, SESSION, DRAIN, 4096),
                config);
        assertEquals(PEERS, TcpServerConfig.DEFAULT_MAX_CONNECTIONS);
        assertEquals(IDLE, TcpServerConfig.DEFAULT_IDLE_TIMEOUT);
        assertEquals(SESSION, TcpServerConfig.DEFAULT_GREET_TIMEOUT);
        assertEquals(DRAIN, Server.DEFAULT_DRAIN);
        assertEquals(4096, TcpServerConfig.DEFAULT_BACKLOG);
    }

    @Test
    void servicesHaveNoSessionTimeoutUnlessAsked() {
        TcpService echo = TcpService.of(Service.ECHO);
        assertEquals(
                new TcpServerConfig(ENDPOINT, echo, PEERS, PEERS, IDLE, Duration.ZERO, DRAIN, 4096),
                TcpServerConfig.of(ENDPOINT, echo));
    }

    @Test
    void eachWithChangesOneProperty() {
        assertEquals(
                new TcpServerConfig(ENDPOINT, GREET, 1, PEERS, IDLE, SESSION, DRAIN, 4096),
                config.withMaxConnections(1));
        assertEquals(
                new TcpServerConfig(ENDPOINT, GREET, PEERS, 1, IDLE, SESSION, DRAIN, 4096),
                config.withMaxPerSource(1));
        assertEquals(
                new TcpServerConfig(ENDPOINT, GREET, PEERS, PEERS, NANO, SESSION, DRAIN, 4096),
                config.withIdleTimeout(NANO));
        assertEquals(
                new TcpServerConfig(ENDPOINT, GREET, PEERS, PEERS, IDLE, NANO, DRAIN, 4096),
                config.withSessionTimeout(NANO));
        assertEquals(
                new TcpServerConfig(ENDPOINT, GREET, PEERS, PEERS, IDLE, SESSION, NANO, 4096),
                config.withDrain(NANO));
        assertEquals(
                new TcpServerConfig(ENDPOINT, GREET, PEERS, PEERS, IDLE, SESSION, DRAIN, 1),
                config.withBacklog(1));
        assertEquals(TcpServerConfig.of(ENDPOINT), config);
    }

    @Test
    void rejectsNegativeDurations() {
        Duration below = NANO.negated();
        assertRejected(
                "idleTimeout must not be negative: PT-0.000000001S",
                () -> config.withIdleTimeout(below));
        assertRejected(
                "sessionTimeout must not be negative: PT-0.000000001S",
                () -> config.withSessionTimeout(below));
        assertRejected(
                "drain must not be negative: PT-0.000000001S", () -> config.withDrain(below));
    }

    @Test
    void acceptsDurationsFromZero() {
        for (Duration duration : new Duration[] {Duration.ZERO, NANO}) {
            assertEquals(duration, config.withIdleTimeout(duration).idleTimeout());
            assertEquals(duration, config.withSessionTimeout(duration).sessionTimeout());
            assertEquals(duration, config.withDrain(duration).drain());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0})
    void rejectsCountsBelowOne(int count) {
        assertRejected(
                "maxConnections must be at least 1: " + count,
                () -> config.withMaxConnections(count));
        assertRejected(
                "maxPerSource must be at least 1: " + count, () -> config.withMaxPerSource(count));
        assertRejected("backlog must be at least 1: " + count, () -> config.withBacklog(count));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, Integer.MAX_VALUE})
    void acceptsCountsFromOne(int count) {
        assertEquals(count, config.withMaxConnections(count).maxConnections());
        assertEquals(count, config.withMaxPerSource(count).maxPerSource());
        assertEquals(count, config.withBacklog(count).backlog());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> TcpServerConfig.of(null));
        assertThrows(NullPointerException.class, () -> TcpServerConfig.of(ENDPOINT, null));
        assertThrows(NullPointerException.class, () -> config.withIdleTimeout(null));
        assertThrows(NullPointerException.class, () -> config.withSessionTimeout(null));
        assertThrows(NullPointerException.class, () -> config.withDrain(null));
    }

    private static void assertRejected(String message, Runnable change) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, change::run);
        assertEquals(message, thrown.getMessage());
    }
}
