package net.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

@Timeout(60)
class UdpClientTest {
    private static final Message MESSAGE = Message.of("hello sever!");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 1023, 1024})
    void datagramArrivesUnchanged(int size) throws Exception {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + 128);
        }
        try (DatagramSocket server = receiver("127.0.0.1")) {
            Exchange exchange = client(server).send(Message.of(bytes));
            DatagramPacket packet = receive(server);
            assertArrayEquals(bytes, Arrays.copyOf(packet.getData(), packet.getLength()));
            assertEquals(packet.getSocketAddress(), exchange.local());
            assertEquals(size, exchange.bytesSent());
        }
    }

    @Test
    void successWithoutAnswerHasPeerAndDuration() throws Exception {
        try (DatagramSocket server = receiver("127.0.0.1")) {
            long start = System.nanoTime();
            Exchange exchange = client(server).send(MESSAGE);
            long elapsed = System.nanoTime() - start;
            assertEquals(server.getLocalSocketAddress(), exchange.peer());
            assertEquals(Message.of(""), exchange.answer());
            assertTrue(exchange.duration().isPositive());
            assertTrue(exchange.duration().toNanos() <= elapsed);
        }
    }

    @Test
    void eachExchangeSendsOneDatagram() throws Exception {
        try (DatagramSocket server = receiver("127.0.0.1")) {
            UdpClient client = client(server);
            client.send(Message.of("first"));
            client.send(Message.of("second"));
            assertEquals(5, receive(server).getLength());
            assertEquals(6, receive(server).getLength());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello sever!"})
    void echoReturnsTheMessage(String text) throws Exception {
        try (AnsweringServer server = AnsweringServer.running(List::of)) {
            UdpClient client = new UdpClient(server.config(ScriptedServer.PATIENCE));
            Exchange exchange = client.echo(Message.of(text));
            assertEquals(Message.of(text), exchange.answer());
            assertEquals(server.address(), exchange.peer());
        }
    }

    @Test
    void echoOfOtherBytesFails() throws Exception {
        try (AnsweringServer server = AnsweringServer.running(_ -> List.of(new byte[12]))) {
            UdpClient client = new UdpClient(server.config(ScriptedServer.PATIENCE));
            ExchangeException thrown =
                    assertThrows(ExchangeException.class, () -> client.echo(MESSAGE));
            assertEquals(Kind.CORRUPT, thrown.kind());
        }
    }

    @Test
    void connectAcceptsAnyAnswer() throws Exception {
        try (AnsweringServer server = AnsweringServer.running(_ -> List.of(new byte[2000]))) {
            UdpClient client = new UdpClient(server.config(ScriptedServer.PATIENCE));
            Exchange exchange = client.connect(MESSAGE);
            assertEquals(Message.of(new byte[1024]), exchange.answer());
            assertEquals(2000, exchange.bytesReceived());
            assertEquals(server.address(), exchange.peer());
        }
    }

    @Test
    void connectToAPortWithoutReceiverIsRefused() throws Exception {
        try (Loopback refusing = Loopback.refusingUdp()) {
            UdpClient client = new UdpClient(ClientConfig.of(Endpoint.of(refusing.address())));
            ExchangeException thrown =
                    assertThrows(ExchangeException.class, () -> client.connect(MESSAGE));
            assertEquals(Kind.REFUSED, thrown.kind());
        }
    }

    @Test
    void echoWithoutAnswerTimesOut() throws Exception {
        try (DatagramSocket server = receiver("127.0.0.1")) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            ClientConfig config =
                    ClientConfig.builder(Endpoint.of(address))
                            .timeout(Duration.ofMillis(50))
                            .build();
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class, () -> new UdpClient(config).echo(MESSAGE));
            assertEquals(Kind.TIMEOUT, thrown.kind());
            assertEquals(12, thrown.bytesSent());
        }
    }

    @Test
    void portWithoutReceiverIsRefused() throws Exception {
        try (Loopback refusing = Loopback.refusingUdp()) {
            assertRefused(refusing, "127.0.0.1");
        }
    }

    /** Outside the loopback interface, the client waits longer for a refusal. */
    @Test
    void portOfNonLoopbackAddressIsRefused() throws Exception {
        InetAddress address = Loopback.assumeOtherAddress();
        try (Loopback refusing = Loopback.refusingUdp(address)) {
            assertRefused(refusing, address.getHostAddress());
        }
    }

    private static void assertRefused(Loopback refusing, String host) {
        UdpClient client = new UdpClient(ClientConfig.of(Endpoint.of(refusing.address())));
        ExchangeException thrown =
                assertThrows(ExchangeException.class, () -> client.send(MESSAGE));
        assertEquals(
                "send to " + host + ":" + refusing.port() + " failed: connection refused",
                thrown.getMessage());
        assertEquals(Kind.REFUSED, thrown.kind());
        assertEquals(12, thrown.bytesSent());
        assertEquals(Message.of(""), thrown.received());
        assertEquals(PortUnreachableException.class, thrown.getCause().getClass());
    }

    @Test
    void durationExcludesWaitForRefusal() throws Exception {
        String address = Loopback.assumeOtherAddress().getHostAddress();
        try (DatagramSocket server = receiver(address)) {
            long start = System.nanoTime();
            Exchange exchange = client(server).send(MESSAGE);
            long waited = System.nanoTime() - start - exchange.duration().toNanos();
            assertTrue(waited >= ClientConfig.UDP_REFUSAL_WAIT.toNanos(), () -> waited + " ns");
            assertEquals(12, receive(server).getLength());
        }
    }

    @Test
    void unknownNameIsNotFound() {
        ClientConfig config =
                ClientConfig.builder(new Endpoint("nosuch.invalid", 8888))
                        .timeout(ScriptedServer.PATIENCE)
                        .build();
        ExchangeException thrown =
                assertThrows(ExchangeException.class, () -> new UdpClient(config).send(MESSAGE));
        assertEquals("lookup of nosuch.invalid:8888 failed: name not found", thrown.getMessage());
        assertEquals(Kind.DNS, thrown.kind());
        assertEquals(0, thrown.bytesSent());
    }

    @ParameterizedTest(name = "virtual: {0}")
    @ValueSource(booleans = {false, true})
    void interruptedThreadDoesNotSend(boolean virtual) throws Exception {
        try (DatagramSocket server = receiver("127.0.0.1")) {
            TestThreads.Outcome outcome =
                    TestThreads.interruptedBefore(virtual, () -> client(server).send(MESSAGE));
            assertEquals(
                    "send to 127.0.0.1:" + server.getLocalPort() + " failed: interrupted",
                    outcome.failure().getMessage());
            assertEquals(Kind.INTERRUPTED, outcome.failure().kind());
            assertEquals(0, outcome.failure().bytesSent());
            assertTrue(outcome.interrupted());
        }
    }

    @Test
    void sendsOverIpv6() throws Exception {
        Loopback.assumeIpv6();
        try (DatagramSocket server = receiver("::1")) {
            Exchange exchange = client(server).send(MESSAGE);
            assertEquals(12, receive(server).getLength());
            assertEquals("::1", Endpoint.of(exchange.peer()).host());
            assertEquals("::1", Endpoint.of(exchange.local()).host());
        }
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> new UdpClient(null));
    }

    private static DatagramSocket receiver(String address) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral(address));
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static UdpClient client(DatagramSocket server) {
        InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
        return new UdpClient(ClientConfig.of(Endpoint.of(address)));
    }

    private static DatagramPacket receive(DatagramSocket server) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        server.receive(packet);
        return packet;
    }
}
