package net.client.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    /** None of a system's defaults, and as much as each grants. */
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
    void defaultAsksForNothingButNoDelay() {
        SocketConfig expected =
                new SocketConfig(
                        AddressFamily.ANY,
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        0,
                        true,
                        false);
        assertEquals(expected, SocketConfig.DEFAULT);
        assertEquals(63, SocketConfig.MAX_DSCP);
    }

    @Test
    void eachMethodChangesOneThingAndKeepsTheOthers() {
        SocketConfig all =
                SocketConfig.DEFAULT
                        .withFamily(AddressFamily.IPV4)
                        .withSource(address("127.0.0.1", 4000))
                        .withReceiveBufferBytes(5)
                        .withSendBufferBytes(6)
                        .withDscp(7)
                        .withNoDelay(false)
                        .withDontFragment(true);
        SocketConfig expected =
                new SocketConfig(
                        AddressFamily.IPV4,
                        Optional.of(address("127.0.0.1", 4000)),
                        OptionalInt.of(5),
                        OptionalInt.of(6),
                        7,
                        false,
                        true);
        assertEquals(expected, all);
        // In the other order.
        assertEquals(
                expected,
                SocketConfig.DEFAULT
                        .withDontFragment(true)
                        .withNoDelay(false)
                        .withDscp(7)
                        .withSendBufferBytes(6)
                        .withReceiveBufferBytes(5)
                        .withSource(address("127.0.0.1", 4000))
                        .withFamily(AddressFamily.IPV4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void buffersAreFrom1(int bytes) {
        assertRejects(
                "receiveBufferBytes must be at least 1: " + bytes,
                () -> SocketConfig.DEFAULT.withReceiveBufferBytes(bytes));
        assertRejects(
                "sendBufferBytes must be at least 1: " + bytes,
                () -> SocketConfig.DEFAULT.withSendBufferBytes(bytes));
        assertEquals(
                OptionalInt.of(1), SocketConfig.DEFAULT.withSendBufferBytes(1).sendBufferBytes());
        assertEquals(
                OptionalInt.of(Integer.MAX_VALUE),
                SocketConfig.DEFAULT
                        .withReceiveBufferBytes(Integer.MAX_VALUE)
                        .receiveBufferBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void rejectsOtherCodePoints(int dscp) {
        assertRejects(
                "dscp must be from 0 to 63: " + dscp, () -> SocketConfig.DEFAULT.withDscp(dscp));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 62, 63})
    void takesCodePointsOfSixBits(int dscp) {
        assertEquals(dscp, SocketConfig.DEFAULT.withDscp(dscp).dscp());
    }

    @Test
    void sourceIsOfTheFamily() {
        SocketConfig v4 = SocketConfig.DEFAULT.withFamily(AddressFamily.IPV4);
        SocketConfig v6 = SocketConfig.DEFAULT.withFamily(AddressFamily.IPV6);
        assertEquals(Optional.of(V4), v4.withSource(V4).source());
        assertEquals(Optional.of(V6), v6.withSource(V6).source());
        assertRejects("source must be an IPv4 address: 0:0:0:0:0:0:0:1", () -> v4.withSource(V6));
        assertRejects("source must be an IPv6 address: 127.0.0.1", () -> v6.withSource(V4));
        assertRejects(
                "source must be an IPv6 address: 127.0.0.1",
                () -> SocketConfig.DEFAULT.withSource(V4).withFamily(AddressFamily.IPV6));
    }

    @Test
    void sourceHasAWayToItsFamilyAlone() {
        SocketConfig any = SocketConfig.DEFAULT;
        assertEquals(AddressFamily.ANY, SocketConfigurer.reachableFamily(any));
        assertEquals(
                AddressFamily.IPV6,
                SocketConfigurer.reachableFamily(any.withFamily(AddressFamily.IPV6)));
        assertEquals(AddressFamily.IPV4, SocketConfigurer.reachableFamily(any.withSource(V4)));
        assertEquals(AddressFamily.IPV6, SocketConfigurer.reachableFamily(any.withSource(V6)));
    }

    @Test
    void buffersAndMarkAreSetOverTcpAndUdp() throws IOException {
        SocketConfig config =
                SocketConfig.DEFAULT
                        .withReceiveBufferBytes(RECEIVE_BYTES)
                        .withSendBufferBytes(SEND_BYTES)
                        .withDscp(46);
        try (SocketChannel stream = SocketChannel.open();
                DatagramChannel datagram = DatagramChannel.open()) {
            SocketConfigurer.apply(config, stream);
            assertOptions(stream);
            SocketConfigurer.apply(config, datagram);
            assertOptions(datagram);
        }
    }

    /** Expedited forwarding (RFC 3246), and where it stands in the field: 46 * 4. */
    private static void assertOptions(NetworkChannel channel) throws IOException {
        assertEquals(RECEIVE_BYTES, channel.getOption(StandardSocketOptions.SO_RCVBUF));
        assertEquals(SEND_BYTES, channel.getOption(StandardSocketOptions.SO_SNDBUF));
        assertEquals(184, channel.getOption(StandardSocketOptions.IP_TOS));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 4", "63, 252"})
    void codePointIsTheUpperSixBitsOfTheField(int dscp, int field) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            SocketConfigurer.apply(SocketConfig.DEFAULT.withDscp(dscp), channel);
            assertEquals(field, channel.getOption(StandardSocketOptions.IP_TOS));
        }
    }

    /** None is what the system chooses, but for what comes over UDP: as much of 4 MiB as it has. */
    @Test
    void withoutASizeTheSystemChoosesExceptForDatagramsThatCome() throws IOException {
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
    void smallPacketsLeaveAtOnceOrNot(boolean noDelay) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, !noDelay);
            SocketConfigurer.apply(SocketConfig.DEFAULT.withNoDelay(noDelay), channel);
            assertEquals(noDelay, channel.getOption(StandardSocketOptions.TCP_NODELAY));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void datagramsAreNotCutToPiecesIfAskedFor(boolean dontFragment) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            SocketOption<?> flag =
                    channel.supportedOptions().stream()
                            .filter(option -> option.name().equals("IP_DONTFRAGMENT"))
                            .findFirst()
                            .orElseGet(() -> Assumptions.abort("no jdk.net here"));
            SocketConfigurer.apply(SocketConfig.DEFAULT.withDontFragment(dontFragment), channel);
            assertEquals(dontFragment, channel.getOption(flag));
        }
    }

    @Test
    void sourceIsTheLocalAddress() throws IOException {
        InetSocketAddress source = address("127.0.0.9", 0);
        SocketConfig config = SocketConfig.DEFAULT.withSource(source);
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
    void withoutASourceAStreamIsNotBoundAndADatagramIs() throws IOException {
        try (SocketChannel stream = SocketChannel.open();
                DatagramChannel datagram = DatagramChannel.open()) {
            SocketConfigurer.apply(SocketConfig.DEFAULT, stream);
            SocketConfigurer.apply(SocketConfig.DEFAULT, datagram);
            assertEquals(null, stream.getLocalAddress());
            InetSocketAddress local = (InetSocketAddress) datagram.getLocalAddress();
            assertTrue(local.getAddress().isAnyLocalAddress(), local::toString);
        }
    }

    /** The connection that closed first waits there for a minute or so (RFC 9293, TIME-WAIT). */
    @Test
    void portOfAnEndedConnectionCanBeTheSourceOfAnother() throws IOException {
        try (ServerSocketChannel first = ServerSocketChannel.open().bind(V4);
                ServerSocketChannel second = ServerSocketChannel.open().bind(V4)) {
            InetSocketAddress source;
            try (SocketChannel channel = SocketChannel.open()) {
                SocketConfigurer.apply(SocketConfig.DEFAULT.withSource(V4), channel);
                source = (InetSocketAddress) channel.getLocalAddress();
                channel.connect(first.getLocalAddress());
            }
            first.accept().close();
            try (SocketChannel channel = SocketChannel.open()) {
                SocketConfigurer.apply(SocketConfig.DEFAULT.withSource(source), channel);
                assertTrue(channel.connect(second.getLocalAddress()));
                assertEquals(source, channel.getLocalAddress());
            }
        }
    }
}
