package net.client.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.AddressFamily;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;

class SocketConfigTest {
    private static final InetSocketAddress V4 = address("127.0.0.1", 0);
    private static final InetSocketAddress V6 = address("::1", 0);

    private static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    private static void assertRejects(String message, Runnable config) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, config::run).getMessage());
    }

    @Test
    void defaultSetsOnlyNoDelay() {
        SocketConfig config = SocketConfig.DEFAULT;
        assertEquals(AddressFamily.ANY, config.family());
        assertEquals(Optional.empty(), config.source());
        assertEquals(OptionalInt.empty(), config.receiveBufferBytes());
        assertEquals(OptionalInt.empty(), config.sendBufferBytes());
        assertEquals(0, config.dscp());
        assertTrue(config.noDelay());
        assertFalse(config.dontFragment());
    }

    @Test
    void settersSetOnePropertyAndCommute() {
        InetSocketAddress source = address("127.0.0.1", 4000);
        SocketConfig config =
                SocketConfig.builder()
                        .family(AddressFamily.IPV4)
                        .source(source)
                        .receiveBufferBytes(5)
                        .sendBufferBytes(6)
                        .dscp(7)
                        .noDelay(false)
                        .dontFragment(true)
                        .build();
        assertEquals(AddressFamily.IPV4, config.family());
        assertEquals(Optional.of(source), config.source());
        assertEquals(OptionalInt.of(5), config.receiveBufferBytes());
        assertEquals(OptionalInt.of(6), config.sendBufferBytes());
        assertEquals(7, config.dscp());
        assertFalse(config.noDelay());
        assertTrue(config.dontFragment());
        SocketConfig reversed =
                SocketConfig.builder()
                        .dontFragment(true)
                        .noDelay(false)
                        .dscp(7)
                        .sendBufferBytes(6)
                        .receiveBufferBytes(5)
                        .source(source)
                        .family(AddressFamily.IPV4)
                        .build();
        assertEquals(config, reversed);
        assertEquals(config, config.toBuilder().build());
        assertEquals(config.hashCode(), reversed.hashCode());
        assertNotEquals(config, SocketConfig.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void buffersAreAtLeast1(int bytes) {
        assertRejects(
                "receiveBufferBytes must be at least 1: " + bytes,
                () -> SocketConfig.builder().receiveBufferBytes(bytes).build());
        assertRejects(
                "sendBufferBytes must be at least 1: " + bytes,
                () -> SocketConfig.builder().sendBufferBytes(bytes).build());
        assertEquals(
                OptionalInt.of(1),
                SocketConfig.builder().sendBufferBytes(1).build().sendBufferBytes());
        assertEquals(
                OptionalInt.of(Integer.MAX_VALUE),
                SocketConfig.builder()
                        .receiveBufferBytes(Integer.MAX_VALUE)
                        .build()
                        .receiveBufferBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void rejectsDscpOutsideSixBits(int dscp) {
        assertRejects(
                "dscp must be from 0 to 63: " + dscp,
                () -> SocketConfig.builder().dscp(dscp).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 62, 63})
    void acceptsDscpOfSixBits(int dscp) {
        assertEquals(dscp, SocketConfig.builder().dscp(dscp).build().dscp());
    }

    @Test
    void sourceMustBeOfTheFamily() {
        SocketConfig v4 = SocketConfig.builder().family(AddressFamily.IPV4).build();
        SocketConfig v6 = SocketConfig.builder().family(AddressFamily.IPV6).build();
        assertEquals(Optional.of(V4), v4.toBuilder().source(V4).build().source());
        assertEquals(Optional.of(V6), v6.toBuilder().source(V6).build().source());
        assertRejects(
                "source must be an IPv4 address: 0:0:0:0:0:0:0:1",
                () -> v4.toBuilder().source(V6).build());
        assertRejects(
                "source must be an IPv6 address: 127.0.0.1",
                () -> v6.toBuilder().source(V4).build());
        assertRejects(
                "source must be an IPv6 address: 127.0.0.1",
                () -> SocketConfig.builder().source(V4).family(AddressFamily.IPV6).build());
    }
}
