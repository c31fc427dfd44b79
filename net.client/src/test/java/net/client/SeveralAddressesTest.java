package net.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mockStatic;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.HappyEyeballs;
import net.client.connect.internal.Resolver;
import net.client.run.Exchange;
import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.MockedStatic;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The look-up alone is a mock, in the test's thread: no name has these addresses everywhere. */
@Timeout(60)
class SeveralAddressesTest {
    private static final Message MESSAGE = Message.of("hello sever!");
    private static final ClientConfig NAMED =
            ClientConfig.builder(new Endpoint("several.invalid", 8888))
                    .timeout(ScriptedServer.PATIENCE)
                    .connectTimeout(ScriptedServer.PATIENCE)
                    .build();

    /** An exchange with a name that stands for several addresses. */
    interface Call<T> {
        T call() throws Exception;
    }

    private static <T> T withAddresses(List<InetSocketAddress> addresses, Call<T> call)
            throws Exception {
        try (MockedStatic<Resolver> resolver = mockStatic(Resolver.class)) {
            resolver.when(() -> Resolver.resolve(any(), any(), any())).thenReturn(addresses);
            return call.call();
        }
    }

    private static ScriptedServer greeting() throws Exception {
        return ScriptedServer.playing(
                (peer, _) -> {
                    ScriptedServer.write(peer, ScriptedServer.GREETING);
                    ScriptedServer.expect(peer, "hello sever!");
                });
    }

    @Test
    void greetsTheFirstAddressThatAccepts() throws Exception {
        try (Loopback refusing = Loopback.refusingTcp();
                ScriptedServer server = greeting();
                ScriptedServer unused = ScriptedServer.playing((peer, end) -> end.await())) {
            Exchange exchange =
                    withAddresses(
                            List.of(refusing.address(), server.address(), unused.address()),
                            () -> new TcpClient(NAMED).greet(MESSAGE));
            assertEquals(server.address(), exchange.peer());
            assertEquals(Message.of("hello client!"), exchange.answer());
        }
    }

    /** The RFC's delay, and not the time for connecting, which would never pass here. */
    @Test
    void doesNotWaitForTheEndOfAnAttemptThatIsNotAnswered() throws Exception {
        try (Loopback full = Loopback.fullTcp();
                ScriptedServer server = greeting()) {
            Exchange exchange =
                    withAddresses(
                            List.of(full.address(), server.address()),
                            () -> new TcpClient(NAMED).greet(MESSAGE));
            assertEquals(server.address(), exchange.peer());
            assertTrue(exchange.duration().toNanos() >= HappyEyeballs.DELAY_NANOS);
        }
    }

    @Test
    void connectTimeoutIsForEachAddress() throws Exception {
        try (Loopback first = Loopback.fullTcp();
                Loopback second = Loopback.fullTcp()) {
            Duration timeout = Duration.ofMillis(100);
            TcpClient client = new TcpClient(NAMED.toBuilder().connectTimeout(timeout).build());
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class,
                            () ->
                                    withAddresses(
                                            List.of(first.address(), second.address()),
                                            () -> client.greet(MESSAGE)));
            assertEquals(
                    ("connect to 127.0.0.1:%d failed: timed out, no answer of any kind; "
                                    + "connect to 127.0.0.1:%d failed: timed out, no answer of any"
                                    + " kind")
                            .formatted(first.port(), second.port()),
                    thrown.getMessage());
            assertEquals(Kind.FILTERED, thrown.kind());
        }
    }

    /** The connection stood, so the message may have arrived: it is not sent a second time. */
    @Test
    void failedExchangeIsNotRepeatedWithTheNextAddress() throws Exception {
        try (ScriptedServer failing =
                        ScriptedServer.playing(
                                (peer, _) -> {
                                    ScriptedServer.expect(peer, "hello sever!");
                                    ScriptedServer.reset(peer);
                                });
                ScriptedServer unused = greeting()) {
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class,
                            () ->
                                    withAddresses(
                                            List.of(failing.address(), unused.address()),
                                            () -> new TcpClient(NAMED).greet(MESSAGE)));
            assertEquals(Kind.RESET, thrown.kind());
        }
    }

    @Test
    void failureTellsOfEveryAddress() throws Exception {
        try (Loopback first = Loopback.refusingTcp();
                Loopback second = Loopback.refusingTcp()) {
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class,
                            () ->
                                    withAddresses(
                                            List.of(first.address(), second.address()),
                                            () -> new TcpClient(NAMED).greet(MESSAGE)));
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
    void sendsToTheFirstAddressThatDoesNotRefuse() throws Exception {
        try (Loopback refusing = Loopback.refusingUdp();
                DatagramSocket server = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            server.setSoTimeout(30_000);
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            Exchange exchange =
                    withAddresses(
                            List.of(refusing.address(), address),
                            () -> new UdpClient(NAMED).send(MESSAGE));
            assertEquals(address, exchange.peer());
            assertEquals(12, exchange.bytesSent());
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            server.receive(packet);
            assertEquals(12, packet.getLength());
        }
    }

    @Test
    void refusalByAllAddressesCountsWhatWasSentToEach() throws Exception {
        try (Loopback first = Loopback.refusingUdp();
                Loopback second = Loopback.refusingUdp()) {
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class,
                            () ->
                                    withAddresses(
                                            List.of(first.address(), second.address()),
                                            () -> new UdpClient(NAMED).send(MESSAGE)));
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
