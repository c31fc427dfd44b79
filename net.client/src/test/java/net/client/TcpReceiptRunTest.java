package net.client;

import static net.client.ScriptedServer.GREETING;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.Payload;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services whose exchanges end with the peer's FIN. */
@Timeout(60)
class TcpReceiptRunTest {
    private final RecordingRunListener listener = new RecordingRunListener();

    private static RunConfig.Builder tcp(Service service, ClientConfig client) {
        return RunConfig.builder(Transport.TCP, service, client);
    }

    private RunResult run(RunConfig.Builder config) throws IOException {
        return new Run(config.build(), listener).run();
    }

    private static void greet(OpenServer.Peer peer) throws IOException {
        peer.write(GREETING);
        assertArrayEquals("hello sever!".getBytes(UTF_8), peer.readAll());
    }

    @Test
    void eachGreetHasItsOwnConnection() throws Exception {
        try (OpenServer server = OpenServer.running(TcpReceiptRunTest::greet)) {
            RunResult result = run(tcp(Service.GREET, server.config()).count(20).parallel(3));
            assertEquals(20, result.ok());
            assertEquals(20, server.accepted());
            assertEquals(20, result.sent());
            assertEquals(240, result.bytesSent());
            assertEquals(260, result.bytesReceived());
            for (Exchange exchange : listener.exchanges) {
                assertEquals(Message.of(GREETING), exchange.answer());
                Duration connect = exchange.connect().orElseThrow();
                Duration firstByte = exchange.firstByte().orElseThrow();
                assertTrue(connect.plus(firstByte).compareTo(exchange.duration()) <= 0);
            }
        }
    }

    @Test
    void linesAreSentAndConfirmedByReceipt() throws Exception {
        String lines = "one\ntwo\r\n\nthree";
        try (OpenServer server =
                OpenServer.running(
                        peer -> assertArrayEquals(lines.getBytes(UTF_8), peer.readAll()))) {
            RunConfig.Builder config = tcp(Service.RECEIVE, server.config()).count(3);
            RunResult result = run(config.payload(Payload.of(lines)));
            assertEquals(3, result.ok());
            assertEquals(3, server.accepted());
            assertEquals(3, result.histogram().count());
            assertEquals(Optional.empty(), result.firstByte());
            assertEquals(Message.of(""), listener.exchanges.getFirst().answer());
            assertEquals(0, listener.exchanges.getFirst().bytesReceived());
            assertEquals(Optional.empty(), listener.exchanges.getFirst().firstByte());
        }
    }

    @Test
    void receiptConfirmsSixteenMebibytesOfLines() throws Exception {
        String lines = ("x".repeat(1023) + "\n").repeat(16 * 1024);
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            for (int i = 0; i < lines.length() / 4096; i++) {
                                peer.read(4096);
                            }
                            assertEquals(0, peer.readAll().length);
                        })) {
            RunConfig.Builder config = tcp(Service.RECEIVE, server.config());
            assertEquals(16_777_216, run(config.payload(Payload.of(lines))).bytesSent());
            assertEquals(1, listener.exchanges.size());
        }
    }

    @Test
    void resetAfterGreetingIsNoReceipt() throws Exception {
        assertFails(
                Service.GREET,
                peer -> {
                    greet(peer);
                    peer.reset();
                },
                Kind.NO_RECEIPT,
                "reset after the greeting, so no receipt",
                13);
    }

    @Test
    void resetBeforeGreetingIsReset() throws Exception {
        assertFails(
                Service.GREET,
                peer -> {
                    peer.readAll();
                    peer.reset();
                },
                Kind.RESET,
                "reset before a greeting",
                0);
    }

    @Test
    void finBeforeGreetingIsClosed() throws Exception {
        assertFails(
                Service.GREET,
                OpenServer.Peer::readAll,
                Kind.CLOSED,
                "closed before a greeting",
                0);
    }

    @Test
    void resetInsteadOfReceiptIsNoReceipt() throws Exception {
        assertFails(
                Service.RECEIVE,
                peer -> {
                    peer.readAll();
                    peer.reset();
                },
                Kind.NO_RECEIPT,
                "reset, so no receipt",
                0);
    }

    @Test
    void answerOfReceiveIsProtocolViolation() throws Exception {
        assertFails(
                Service.RECEIVE,
                OpenServer.Peer::echo,
                Kind.PROTOCOL,
                "the server answered; receive must not answer",
                12);
    }

    private void assertFails(
            Service service, OpenServer.Script script, Kind kind, String detail, int received)
            throws Exception {
        try (OpenServer server = OpenServer.running(script)) {
            RunResult result = run(tcp(service, server.config()).count(3));
            assertEquals(0, result.ok());
            assertEquals(Map.of(kind, 3L), result.errors());
            assertEquals(3, result.sent());
            assertEquals(36, result.bytesSent());
            assertEquals(3 * received, result.bytesReceived());
            String message =
                    "exchange with " + Endpoint.of(server.address()) + " failed: " + detail;
            assertEquals(List.of(message, message, message), listener.messages());
            assertEquals(received, listener.failures.getLast().received().size());
        }
    }

    /** More bytes than the system buffers while the server does not read. */
    @Test
    void finBeforeAllBytesAreSentIsNoReceipt() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.socket.shutdownOutput();
                            peer.awaitEnd();
                        })) {
            RunConfig.Builder config = tcp(Service.RECEIVE, server.config());
            RunResult result = run(config.payload(Payload.of("x\n".repeat(8 * 1024 * 1024))));
            assertEquals(Map.of(Kind.NO_RECEIPT, 1L), result.errors());
            assertEquals(0, result.sent());
            assertEquals(
                    "exchange with "
                            + Endpoint.of(server.address())
                            + " failed: message not sent, so no receipt",
                    listener.messages().getFirst());
            assertEquals(result.bytesSent(), listener.failures.getFirst().bytesSent());
            assertTrue(result.bytesSent() > 0 && result.bytesSent() < 16_777_216);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GREET", "RECEIVE"})
    void silenceInsteadOfReceiptTimesOut(Service service) throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            if (service == Service.GREET) {
                                peer.write(GREETING);
                            }
                            peer.awaitEnd();
                        })) {
            ClientConfig client =
                    server.config().toBuilder().timeout(Duration.ofMillis(500)).build();
            RunResult result = run(tcp(service, client).count(2).parallel(2));
            Kind kind = service == Service.GREET ? Kind.TIMEOUT : Kind.SILENT;
            assertEquals(Map.of(kind, 2L), result.errors());
            assertEquals(
                    "exchange with "
                            + Endpoint.of(server.address())
                            + " failed: no receipt in time",
                    listener.messages().getFirst());
        }
    }

    /** Even at a rate, each connection has only one exchange. */
    @Test
    void rateUsesOneConnectionPerExchangeInFlight() throws Exception {
        try (OpenServer server = OpenServer.running(TcpReceiptRunTest::greet)) {
            RunResult result =
                    run(tcp(Service.GREET, server.config()).rate(500).count(50).parallel(5));
            assertEquals(50, result.ok());
            assertEquals(50, server.accepted());
            assertTrue(result.rawTime().isPresent());
            assertTrue(result.duration().compareTo(Duration.ofMillis(98)) >= 0);
        }
    }

    @Test
    void eachConnectionTriesAddressesInOrder() throws Exception {
        try (Loopback refusing = Loopback.refusingTcp();
                OpenServer server = OpenServer.running(TcpReceiptRunTest::greet)) {
            ClientConfig client = ClientConfig.of(new Endpoint("several.invalid", 8888));
            RunConfig config = tcp(Service.GREET, client).count(4).parallel(2).build();
            List<InetSocketAddress> peers = List.of(refusing.address(), server.address());
            RunResult result = new Run(config, listener, _ -> peers).run();
            assertEquals(4, result.ok());
            assertEquals(0, result.failed());
            assertTrue(result.resolve().isPresent());
            for (Exchange exchange : listener.exchanges) {
                assertEquals(server.address(), exchange.peer());
            }
        }
    }
}
