package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Endpoint;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

class TcpServerSocketsTest {
    @AutoClose private ServerSocketChannel channel;

    @BeforeEach
    void open() throws IOException {
        channel = TcpServerSockets.open(Loopback.patient()).getFirst();
    }

    @Test
    void describesAddressAndBuffers() throws Exception {
        InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
        int receiveBytes = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        assertEquals(
                new BoundAddress(local, receiveBytes, 4711),
                TcpServerSockets.describe(channel, 4711));
    }

    @Test
    void failedOpenLeavesNothingOpen() throws Exception {
        Endpoint used = Endpoint.of((InetSocketAddress) channel.getLocalAddress());
        TcpServerConfig config = TcpServerConfig.of(used);
        long before = Loopback.openDescriptors();
        // Twice as many as all other tests together may open or close meanwhile.
        for (int i = 0; i < 1000; i++) {
            assertThrows(BindException.class, () -> TcpServerSockets.open(config));
        }
        assertTrue(Loopback.openDescriptors() < before + 500);
    }
}
