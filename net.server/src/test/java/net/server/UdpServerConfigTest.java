package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class UdpServerConfigTest {
    private static final Endpoint ENDPOINT = new Endpoint("localhost", 8888);

    @Test
    void defaultsAreThoseOfTheManual() {
        assertEquals(
                new UdpServerConfig(ENDPOINT, Duration.ofSeconds(5)), UdpServerConfig.of(ENDPOINT));
    }

    @Test
    void drainIsZeroOrMore() {
        UdpServerConfig config = UdpServerConfig.of(ENDPOINT);
        assertEquals(Duration.ZERO, config.withDrain(Duration.ZERO).drain());
        Duration below = Duration.ofNanos(-1);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> config.withDrain(below));
        assertEquals("drain must not be negative: " + below, refused.getMessage());
    }
}
