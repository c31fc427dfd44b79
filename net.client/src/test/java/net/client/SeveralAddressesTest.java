package net.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.HappyEyeballs;
import net.client.run.Exchange;
import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Tests single exchanges with a server that has several addresses. */
@Timeout(60)
class SeveralAddressesTest {
    private static final Message MESSAGE = Message.of("hello sever!");
    private static final ClientConfig NAMED =
            ClientConfig.builder(new Endpoint("several.invalid", 8888))
                    .timeout(ScriptedServer.PATIENCE)
                    .connectTimeout(ScriptedServer.PATIENCE)
                    .build();

    private static Exchange greet(ClientConfig config, InetSocketAddress... addresses)
            throws ExchangeException {
        return new TcpClient(config, _ -> List.of(addresses)).greet(MESSAGE);
    }

    private static Exchange send(InetSocketAddress... addresses) throws ExchangeException {
        return new UdpClient(NAMED, _ -> List.of(addresses)).send(MESSAGE);
    }

    private static ScriptedServer greeting() throws Exception {
        return ScriptedServer.running(
                (peer, _) -> {
                    ScriptedServer.write(peer, ScriptedServer.GREETING);
                    ScriptedServer.expect(peer, "hello sever!");
                });
    }

    @Test
    void greetsFirstAddressThatAccepts() throws Exception {
        try (Loopback refusing = Loopback.refusingTcp();
                ScriptedServer server = greeting();
                ScriptedServer unused = ScriptedServer.running((peer, end) -> end.await())) {
            Exchange exchange =
                    greet(NAMED, refusing.address(), server.address(), unused.address());
            assertEquals(server.address(), exchange.peer());
            assertEquals(Message.of("hello client!"), exchange.answer());
        }
    }

    /** The connect timeout would never expire here. */
    @Test
    void triesNextAddressAfterConnectionAttemptDelay() throws Exception {
        try (Loopback full = Loopback.fullTcp();
                ScriptedServer server = greeting()) {
            Exchange exchange = greet(NAMED, full.address(), server.address());
            assertEquals(server.address(), exchange.peer());
            assertTrue(exchange.duration().toNanos() >= HappyEyeballs.DELAY_NANOS);
        }
    }

    @Test
    void connectTimeoutAppliesToEachAddress() throws Exception {
        try (Loopback first = Loopback.fullTcp();
                Loopback second = Loopback.fullTcp()) {
            Duration timeout = Duration.ofMillis(100);
            ClientConfig config = NAMED.toBuilder().connectTimeout(timeout).build();
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class,
                            () -> greet(config, first.address(), second.address()));
            assertEquals(
                    ("connect to 127.0.0.1:%d failed: timed out, no answer of any kind; "
                                    + "connect to 127.0.0.1:%d failed: timed out, no answer of any"
                                    + " kind")
                            .formatted(first.port(), second.port()),
                    thrown.getMessage());
            assertEquals(Kind.FILTERED, thrown.kind());
        }
    }

    /** The connection was established, so the message may have been recorded already. */
    @Test
    void failedExchangeIsNotRetriedAtNextAddress() throws Exception {
        try (ScriptedServer failing =
                        ScriptedServer.running(
                                (peer, _) -> {
                                    ScriptedServer.expect(peer, "hello sever!");
                                    ScriptedServer.reset(peer);
                                });
                ScriptedServer unused = greeting()) {
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class,
                            () -> greet(NAMED, failing.address(), unused.address()));
            assertEquals(Kind.RESET, thrown.kind());
        }
    }

    @Test
    void failureNamesEveryAddress() throws Exception {
        try (Loopback first = Loopback.refusingTcp();
                Loopback second = Loopback.refusingTcp()) {
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class,
                            () -> greet(NAMED, first.address(), second.address()));
            assertEquals(
                    ("connect to 127.0.0.1:%d failed: connection refused; "
                                    + "connect to 127.0.0.1:%d failed: connection refused")
                            .formatted(first.port(), second.port()),
                    thrown.getMessage());
            assertEquals(Kind.REFUSED, thrown.kind());
            assertEquals(0, thrown.bytesSent());
        }
    }

    @Test
    void sendsToFirstAddressThatDoesNotRefuse() throws Exception {
        try (Loopback refusing = Loopback.refusingUdp();
                DatagramSocket server = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            server.setSoTimeout(30_000);
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            Exchange exchange = send(refusing.address(), address);
            assertEquals(address, exchange.peer());
            assertEquals(12, exchange.bytesSent());
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            server.receive(packet);
            assertEquals(12, packet.getLength());
        }
    }

    @Test
    void failureCountsBytesSentToAllAddresses() throws Exception {
        try (Loopback first = Loopback.refusingUdp();
                Loopback second = Loopback.refusingUdp()) {
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class, () -> send(first.address(), second.address()));
            assertEquals(
                    ("send to 127.0.0.1:%d failed: connection refused; "
                                    + "send to 127.0.0.1:%d failed: connection refused")
                            .formatted(first.port(), second.port()),
                    thrown.getMessage());
            assertEquals(24, thrown.bytesSent());
            assertSame(ExchangeException.class, thrown.getCause().getClass());
            assertArrayEquals(new byte[0], thrown.received().bytes());
            assertEquals(1, thrown.getSuppressed().length);
        }
    }
}
