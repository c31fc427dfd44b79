package net.client.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

    private static void assertRefused(String message, Executable change) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, change).getMessage());
    }

    @Test
    void datagramsFitTheSmallestPacketOfIpv6UnlessToldOtherwise() {
        assertEquals(1280 - 40 - 8, UDP.datagramBytes());
        assertEquals(new PipeConfig(Transport.UDP, CLIENT, 1232, false, Optional.empty()), UDP);
    }

    @Test
    void takesDatagramsOfAnySizeThatUdpHas() {
        assertEquals(1, UDP.withDatagramBytes(1).datagramBytes());
        assertEquals(65_507, UDP.withDatagramBytes(65_507).datagramBytes());
        assertRefused("datagramBytes must be from 1 to 65507: 0", () -> UDP.withDatagramBytes(0));
        assertRefused(
                "datagramBytes must be from 1 to 65507: 65508",
                () -> UDP.withDatagramBytes(65_508));
    }

    @Test
    void linesAreForUdp() {
        assertEquals(true, UDP.withLines(true).lines());
        assertEquals(TCP, TCP.withLines(false));
        assertRefused("lines must be false over tcp: true", () -> TCP.withLines(true));
    }

    @Test
    void rejectsIdleTimeoutOfZero() {
        Duration shortest = Duration.ofNanos(1);
        assertEquals(Optional.of(shortest), TCP.withIdleTimeout(shortest).idleTimeout());
        assertRefused(
                "idleTimeout must be above zero: PT0S", () -> TCP.withIdleTimeout(Duration.ZERO));
    }
}
