package net.client.connect.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.Loopback;
import net.client.OpenServer;
import net.client.ScriptedServer;
import net.client.TestThreads;
import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.SocketConfig;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Tests blocking connections. */
@Timeout(60)
class BlockingConnectorTest {
    private static final InetAddress V4 = InetAddress.ofLiteral("127.0.0.1");

    private static ClientConfig config(InetSocketAddress peer, Duration timeout) {
        return ClientConfig.builder(Endpoint.of(peer))
                .timeout(timeout)
                .connectTimeout(ScriptedServer.PATIENCE)
                .build();
    }

    /** Connects to a name with these addresses. */
    private static SocketChannel connect(InetSocketAddress... peers) throws Exception {
        ClientConfig config =
                config(new InetSocketAddress(V4, 80), ScriptedServer.PATIENCE).toBuilder()
                        .socket(SocketConfig.DEFAULT)
                        .build();
        return BlockingConnector.connect(config, _ -> List.of(peers));
    }

    @Test
    void connectionIsInBlockingModeAndCarriesBytes() throws Exception {
        try (OpenServer server = OpenServer.echoing();
                SocketChannel channel = BlockingConnector.connect(server.config())) {
            assertTrue(channel.isBlocking());
            assertEquals(server.address(), channel.getRemoteAddress());
            ByteBuffer hello = ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII));
            channel.write(hello);
            byte[] echo = channel.socket().getInputStream().readNBytes(5);
            assertArrayEquals(hello.array(), echo);
        }
    }

    @Test
    void usesFirstAddressThatAccepts() throws Exception {
        try (Loopback refusing = Loopback.refusingTcp();
                Loopback full = Loopback.fullTcp();
                OpenServer server = OpenServer.echoing();
                SocketChannel channel =
                        connect(refusing.address(), full.address(), server.address())) {
            assertEquals(server.address(), channel.getRemoteAddress());
        }
    }

    @Test
    void failureNamesEveryAddress() throws Exception {
        try (Loopback first = Loopback.refusingTcp();
                Loopback second = Loopback.refusingTcp()) {
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class,
                            () -> connect(first.address(), second.address()));
            assertEquals(Kind.REFUSED, thrown.kind());
            assertEquals(
                    ("connect to 127.0.0.1:%d failed: connection refused; "
                                    + "connect to 127.0.0.1:%d failed: connection refused")
                            .formatted(first.port(), second.port()),
                    thrown.getMessage());
        }
    }

    /** The overall timeout is shorter than the connect timeout. */
    @Test
    void silenceEndsWithOverallTimeout() throws Exception {
        try (Loopback full = Loopback.fullTcp()) {
            ClientConfig config = config(full.address(), Duration.ofMillis(50));
            ExchangeException thrown =
                    assertThrows(ExchangeException.class, () -> BlockingConnector.connect(config));
            assertEquals(Kind.FILTERED, thrown.kind());
            assertEquals(
                    "connect to 127.0.0.1:%d failed: timed out, no answer of any kind"
                            .formatted(full.port()),
                    thrown.getMessage());
        }
    }

    @ParameterizedTest(name = "virtual: {0}")
    @ValueSource(booleans = {false, true})
    void interruptEndsTheWait(boolean virtual) throws Exception {
        try (Loopback full = Loopback.fullTcp()) {
            ClientConfig config = config(full.address(), ScriptedServer.PATIENCE);
            TestThreads run = TestThreads.start(virtual, () -> BlockingConnector.connect(config));
            run.interrupt();
            TestThreads.Outcome outcome = run.outcome();
            assertEquals(Kind.INTERRUPTED, outcome.failure().kind());
            assertTrue(outcome.failure().getMessage().endsWith("failed: interrupted"));
            assertTrue(outcome.interrupted());
        }
    }

    @Test
    void bindsToConfiguredSource() throws Exception {
        InetSocketAddress source = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 0);
        try (OpenServer server = OpenServer.echoing();
                SocketChannel channel =
                        BlockingConnector.connect(
                                server.config().toBuilder()
                                        .socket(SocketConfig.builder().source(source).build())
                                        .build())) {
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            assertEquals(source.getAddress(), local.getAddress());
        }
    }

    @Test
    void addressOfAnotherFamilyIsNotFound() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            ClientConfig config =
                    server.config().toBuilder()
                            .socket(SocketConfig.builder().family(AddressFamily.IPV6).build())
                            .build();
            ExchangeException thrown =
                    assertThrows(ExchangeException.class, () -> BlockingConnector.connect(config));
            assertEquals(Kind.DNS, thrown.kind());
            assertEquals(
                    "lookup of %s failed: no IPv6 address".formatted(config.endpoint()),
                    thrown.getMessage());
            assertEquals(0, server.accepted());
        }
    }
}
