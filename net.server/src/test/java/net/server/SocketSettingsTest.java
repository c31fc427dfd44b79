package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.server.bind.BindAddress;
import net.server.bind.SocketBinder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

class SocketSettingsTest {
    /** Differs from the defaults of systems, and is granted by all of them. */
    private static final int RECEIVE_BYTES = 24 * 1024;

    private static final int SEND_BYTES = 20 * 1024;

    /** Expedited forwarding (RFC 3246), and its value in the field: 46 * 4. */
    private static final int DSCP = 46;

    private static final int TOS = 184;

    private static final SocketSettings ALL =
            SocketSettings.builder()
                    .receiveBufferBytes(RECEIVE_BYTES)
                    .sendBufferBytes(SEND_BYTES)
                    .dscp(DSCP)
                    .build();

    @Test
    void defaultSetsNoOptions() {
        assertEquals(SocketSettings.builder().build(), SocketSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 1, 1", "2147483647, 2147483647, 62", "0, 0, 63"})
    void acceptsBuffersFrom0AndCodePointsFrom0To63(int receive, int send, int dscp) {
        SocketSettings settings =
                SocketSettings.builder()
                        .receiveBufferBytes(receive)
                        .sendBufferBytes(send)
                        .dscp(dscp)
                        .build();
        assertEquals(receive, settings.receiveBufferBytes());
        assertEquals(send, settings.sendBufferBytes());
        assertEquals(dscp, settings.dscp());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void rejectsNegativeBuffers(int bytes) {
        assertRejected("receiveBufferBytes must be at least 0: " + bytes, bytes, 0, 0);
        assertRejected("sendBufferBytes must be at least 0: " + bytes, 0, bytes, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void rejectsOtherCodePoints(int dscp) {
        assertRejected("dscp must be from 0 to 63: " + dscp, 0, 0, dscp);
    }

    @Test
    void setsOptionsOfAChannel() throws Exception {
        try (SocketChannel stream = SocketChannel.open();
                DatagramChannel datagram = DatagramChannel.open()) {
            for (NetworkChannel channel : List.of(stream, datagram)) {
                ALL.applyBeforeBind(channel);
                ALL.applyToSender(channel);
                assertOptions(RECEIVE_BYTES, SEND_BYTES, TOS, channel);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "32, 128", "63, 252"})
    void codePointIsTheUpperSixBitsOfTheField(int dscp, int field) throws Exception {
        try (DatagramChannel channel = DatagramChannel.open()) {
            SocketSettings.builder().dscp(dscp).build().applyToSender(channel);
            assertEquals(field, channel.getOption(StandardSocketOptions.IP_TOS));
        }
    }

    @Test
    void zeroKeepsTheDefaults() throws Exception {
        try (DatagramChannel channel = DatagramChannel.open()) {
            ALL.applyBeforeBind(channel);
            ALL.applyToSender(channel);
            SocketSettings.DEFAULT.applyBeforeBind(channel);
            SocketSettings.DEFAULT.applyToSender(channel);
            assertOptions(RECEIVE_BYTES, SEND_BYTES, TOS, channel);
        }
    }

    @Test
    void acceptedConnectionHasTheSettingsAndSendsAtOnce() throws Exception {
        TcpServerConfig config = Loopback.patient().toBuilder().sockets(ALL).build();
        try (ServerSocketChannel server = TcpServerSockets.open(config).getFirst();
                SocketChannel _ = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            new RecordedConnection(accepted, ALL, new ListenerLog(), new Counters());
            assertOptions(RECEIVE_BYTES, SEND_BYTES, TOS, accepted);
            assertEquals(true, accepted.getOption(StandardSocketOptions.TCP_NODELAY));
        }
    }

    @Test
    void udpSocketHasTheSettings() throws Exception {
        UdpServerConfig config =
                UdpServerConfig.of(Loopback.ENDPOINT).toBuilder().sockets(ALL).build();
        try (DatagramChannel channel = UdpServerSocket.open(bindAddress(), config)) {
            assertOptions(RECEIVE_BYTES, SEND_BYTES, TOS, channel);
        }
    }

    @Test
    void tcpServerReportsGrantedBuffers() throws Exception {
        ListenerLog listener = new ListenerLog();
        TcpServerConfig config = Loopback.patient().toBuilder().sockets(ALL).build();
        try (TcpServer server = TcpServer.start(config, listener)) {
            BoundAddress reported = new BoundAddress(server.local(), RECEIVE_BYTES, SEND_BYTES);
            assertEquals(List.of(reported), listener.listenings());
        }
    }

    @Test
    void udpServerReportsGrantedBuffers() throws Exception {
        ListenerLog listener = new ListenerLog();
        UdpServerConfig config =
                UdpServerConfig.of(Loopback.ENDPOINT).toBuilder().sockets(ALL).build();
        try (UdpServer server = UdpServer.start(config, listener)) {
            BoundAddress reported = new BoundAddress(server.local(), RECEIVE_BYTES, SEND_BYTES);
            assertEquals(List.of(reported), listener.listenings());
        }
    }

    /** A system grants less than the largest request. */
    @Test
    void reportsGrantedInsteadOfRequestedBuffers() throws Exception {
        ListenerLog listener = new ListenerLog();
        SocketSettings all =
                SocketSettings.builder()
                        .receiveBufferBytes(Integer.MAX_VALUE)
                        .sendBufferBytes(Integer.MAX_VALUE)
                        .build();
        UdpServerConfig config =
                UdpServerConfig.of(Loopback.ENDPOINT).toBuilder().sockets(all).build();
        try (UdpServer server = UdpServer.start(config, listener);
                DatagramChannel channel = UdpServerSocket.open(bindAddress(), config)) {
            int received = channel.getOption(StandardSocketOptions.SO_RCVBUF);
            int sent = channel.getOption(StandardSocketOptions.SO_SNDBUF);
            assertTrue(received < Integer.MAX_VALUE && sent < Integer.MAX_VALUE, "has it all");
            assertEquals(
                    List.of(new BoundAddress(server.local(), received, sent)),
                    listener.listenings());
        }
    }

    @Test
    void boundAddressRejectsNull() {
        assertThrows(NullPointerException.class, () -> new BoundAddress(null, 1, 1));
    }

    private static BindAddress bindAddress() throws IOException {
        TcpServerConfig config = Loopback.patient();
        return SocketBinder.resolve(config.endpoints(), config.family()).getFirst().getFirst();
    }

    private static void assertOptions(int receive, int send, int tos, NetworkChannel channel)
            throws IOException {
        assertEquals(receive, channel.getOption(StandardSocketOptions.SO_RCVBUF));
        assertEquals(send, channel.getOption(StandardSocketOptions.SO_SNDBUF));
        assertEquals(tos, channel.getOption(StandardSocketOptions.IP_TOS));
    }

    private static void assertRejected(String message, int receive, int send, int dscp) {
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                SocketSettings.builder()
                                        .receiveBufferBytes(receive)
                                        .sendBufferBytes(send)
                                        .dscp(dscp)
                                        .build());
        assertEquals(message, thrown.getMessage());
    }
}
