package net.client.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.internal.SocketConfigurer;
import net.protocol.AddressFamily;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

class SocketConfigTest {
    /** Not a system's default, and small enough to be granted. */
    private static final int RECEIVE_BYTES = 24 * 1024;

    private static final int SEND_BYTES = 20 * 1024;

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
        assertEquals(63, SocketConfig.MAX_DSCP);
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

    @Test
    void reachableFamilyIsThatOfTheSource() {
        SocketConfig any = SocketConfig.DEFAULT;
        assertEquals(AddressFamily.ANY, SocketConfigurer.reachableFamily(any));
        assertEquals(
                AddressFamily.IPV6,
                SocketConfigurer.reachableFamily(
                        any.toBuilder().family(AddressFamily.IPV6).build()));
        assertEquals(
                AddressFamily.IPV4,
                SocketConfigurer.reachableFamily(any.toBuilder().source(V4).build()));
        assertEquals(
                AddressFamily.IPV6,
                SocketConfigurer.reachableFamily(any.toBuilder().source(V6).build()));
    }

    @Test
    void setsBuffersAndDscpOverTcpAndUdp() throws IOException {
        SocketConfig config =
                SocketConfig.builder()
                        .receiveBufferBytes(RECEIVE_BYTES)
                        .sendBufferBytes(SEND_BYTES)
                        .dscp(46)
                        .build();
        try (SocketChannel stream = SocketChannel.open();
                DatagramChannel datagram = DatagramChannel.open()) {
            SocketConfigurer.apply(config, stream);
            assertOptions(stream);
            SocketConfigurer.apply(config, datagram);
            assertOptions(datagram);
        }
    }

    /** Expects DSCP 46, expedited forwarding (RFC 3246), in the upper six bits: 46 * 4. */
    private static void assertOptions(NetworkChannel channel) throws IOException {
        assertEquals(RECEIVE_BYTES, channel.getOption(StandardSocketOptions.SO_RCVBUF));
        assertEquals(SEND_BYTES, channel.getOption(StandardSocketOptions.SO_SNDBUF));
        assertEquals(184, channel.getOption(StandardSocketOptions.IP_TOS));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 4", "63, 252"})
    void dscpIsTheUpperSixBitsOfTheField(int dscp, int field) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            SocketConfigurer.apply(SocketConfig.builder().dscp(dscp).build(), channel);
            assertEquals(field, channel.getOption(StandardSocketOptions.IP_TOS));
        }
    }

    /** The receive buffer over UDP is 4 MiB, or the system's maximum. */
    @Test
    void buffersHaveSystemDefaultsExceptForReceivingDatagrams() throws IOException {
        try (SocketChannel stream = SocketChannel.open();
                SocketChannel plainStream = SocketChannel.open();
                DatagramChannel datagram = DatagramChannel.open();
                DatagramChannel plain = DatagramChannel.open()) {
            SocketConfigurer.apply(SocketConfig.DEFAULT, stream);
            SocketConfigurer.apply(SocketConfig.DEFAULT, datagram);
            for (SocketOption<Integer> size :
                    List.of(StandardSocketOptions.SO_RCVBUF, StandardSocketOptions.SO_SNDBUF)) {
                assertEquals(plainStream.getOption(size), stream.getOption(size));
            }
            assertEquals(
                    plain.getOption(StandardSocketOptions.SO_SNDBUF),
                    datagram.getOption(StandardSocketOptions.SO_SNDBUF));
            plain.setOption(StandardSocketOptions.SO_RCVBUF, 4_194_304);
            assertEquals(
                    plain.getOption(StandardSocketOptions.SO_RCVBUF),
                    datagram.getOption(StandardSocketOptions.SO_RCVBUF));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void setsNoDelay(boolean noDelay) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, !noDelay);
            SocketConfigurer.apply(SocketConfig.builder().noDelay(noDelay).build(), channel);
            assertEquals(noDelay, channel.getOption(StandardSocketOptions.TCP_NODELAY));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void setsDontFragment(boolean dontFragment) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            SocketOption<?> flag =
                    channel.supportedOptions().stream()
                            .filter(option -> option.name().equals("IP_DONTFRAGMENT"))
                            .findFirst()
                            .orElseGet(() -> Assumptions.abort("no jdk.net here"));
            SocketConfigurer.apply(
                    SocketConfig.builder().dontFragment(dontFragment).build(), channel);
            assertEquals(dontFragment, channel.getOption(flag));
        }
    }

    @Test
    void sourceIsTheLocalAddress() throws IOException {
        InetSocketAddress source = address("127.0.0.9", 0);
        SocketConfig config = SocketConfig.builder().source(source).build();
        try (SocketChannel stream = SocketChannel.open();
                DatagramChannel datagram = DatagramChannel.open()) {
            SocketConfigurer.apply(config, stream);
            SocketConfigurer.apply(config, datagram);
            for (NetworkChannel channel : new NetworkChannel[] {stream, datagram}) {
                InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
                assertEquals(source.getAddress(), local.getAddress());
                assertNotEquals(0, local.getPort());
            }
        }
    }

    @Test
    void withoutSourceOnlyDatagramSocketsAreBound() throws IOException {
        try (SocketChannel stream = SocketChannel.open();
                DatagramChannel datagram = DatagramChannel.open()) {
            SocketConfigurer.apply(SocketConfig.DEFAULT, stream);
            SocketConfigurer.apply(SocketConfig.DEFAULT, datagram);
            assertEquals(null, stream.getLocalAddress());
            InetSocketAddress local = (InetSocketAddress) datagram.getLocalAddress();
            assertTrue(local.getAddress().isAnyLocalAddress(), local::toString);
        }
    }

    /** The side that closes first keeps the port in TIME-WAIT (RFC 9293). */
    @Test
    void sourcePortInTimeWaitCanBeUsedAgain() throws IOException {
        try (ServerSocketChannel first = ServerSocketChannel.open().bind(V4);
                ServerSocketChannel second = ServerSocketChannel.open().bind(V4)) {
            InetSocketAddress source;
            try (SocketChannel channel = SocketChannel.open()) {
                SocketConfigurer.apply(SocketConfig.builder().source(V4).build(), channel);
                source = (InetSocketAddress) channel.getLocalAddress();
                channel.connect(first.getLocalAddress());
            }
            first.accept().close();
            try (SocketChannel channel = SocketChannel.open()) {
                SocketConfigurer.apply(SocketConfig.builder().source(source).build(), channel);
                assertTrue(channel.connect(second.getLocalAddress()));
                assertEquals(source, channel.getLocalAddress());
            }
        }
    }
}
