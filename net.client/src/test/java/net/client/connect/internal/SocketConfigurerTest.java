package net.client.connect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.SocketConfig;
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

class SocketConfigurerTest {
    /** Not a system's default, and small enough to be granted. */
    private static final int RECEIVE_BYTES = 24 * 1024;

    private static final int SEND_BYTES = 20 * 1024;

    private static final InetSocketAddress V4 = address("127.0.0.1", 0);
    private static final InetSocketAddress V6 = address("::1", 0);

    private static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
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
