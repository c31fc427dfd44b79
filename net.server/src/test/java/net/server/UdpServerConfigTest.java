package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class UdpServerConfigTest {
    private static final Endpoint ENDPOINT = new Endpoint("localhost", 8888);

    @Test
    void defaultsAreThoseOfTheManual() {
        UdpServerConfig config = UdpServerConfig.of(ENDPOINT);
        UdpService receive = config.service();
        assertEquals(new UdpServerConfig(ENDPOINT, receive, Duration.ofSeconds(5)), config);
        assertEquals(config, UdpServerConfig.of(ENDPOINT, receive));
    }

    @Test
    void defaultServiceTakesAndDoesNotAnswer() throws Exception {
        Datagram datagram = mock();
        UdpServerConfig.of(ENDPOINT).service().serve(datagram);
        verify(datagram).take();
        verifyNoMoreInteractions(datagram);
    }

    @Test
    void rejectsNull() {
        UdpServerConfig config = UdpServerConfig.of(ENDPOINT);
        assertThrows(NullPointerException.class, () -> UdpServerConfig.of(null));
        assertThrows(NullPointerException.class, () -> UdpServerConfig.of(ENDPOINT, null));
        assertThrows(NullPointerException.class, () -> config.withDrain(null));
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
