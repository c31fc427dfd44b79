package net.client.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.client.connect.ClientConfig;
import net.protocol.Endpoint;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.time.Duration;
import java.util.Optional;

class PipeConfigTest {
    private static final ClientConfig CLIENT = ClientConfig.of(new Endpoint("127.0.0.1", 1));
    private static final PipeConfig TCP = PipeConfig.of(Transport.TCP, CLIENT);
    private static final PipeConfig UDP = PipeConfig.of(Transport.UDP, CLIENT);

    private static void assertRejected(String message, Executable change) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, change).getMessage());
    }

    @Test
    void defaultDatagramFitsMinimumMtuOfIpv6() {
        assertEquals(1280 - 40 - 8, UDP.datagramBytes());
        assertEquals(false, UDP.lines());
        assertEquals(Optional.empty(), UDP.idleTimeout());
        assertEquals(UDP, UDP.toBuilder().build());
    }

    @Test
    void acceptsAllDatagramSizesOfUdp() {
        assertEquals(1, UDP.toBuilder().datagramBytes(1).build().datagramBytes());
        assertEquals(65_507, UDP.toBuilder().datagramBytes(65_507).build().datagramBytes());
        assertRejected(
                "datagramBytes must be from 1 to 65507: 0",
                () -> UDP.toBuilder().datagramBytes(0).build());
        assertRejected(
                "datagramBytes must be from 1 to 65507: 65508",
                () -> UDP.toBuilder().datagramBytes(65_508).build());
    }

    @Test
    void linesRequireUdp() {
        assertEquals(true, UDP.toBuilder().lines(true).build().lines());
        assertEquals(TCP, TCP.toBuilder().lines(false).build());
        assertRejected(
                "lines must be false over tcp: true", () -> TCP.toBuilder().lines(true).build());
    }

    @Test
    void isInteractiveOnRequest() {
        assertEquals(false, TCP.interactive());
        PipeConfig interactive = TCP.toBuilder().interactive(true).build();
        assertEquals(true, interactive.interactive());
        assertEquals(interactive, interactive.toBuilder().build());
        assertNotEquals(TCP, interactive);
    }

    @Test
    void rejectsIdleTimeoutOfZero() {
        Duration shortest = Duration.ofNanos(1);
        assertEquals(
                Optional.of(shortest), TCP.toBuilder().idleTimeout(shortest).build().idleTimeout());
        assertRejected(
                "idleTimeout must be above zero: PT0S",
                () -> TCP.toBuilder().idleTimeout(Duration.ZERO).build());
    }
}
