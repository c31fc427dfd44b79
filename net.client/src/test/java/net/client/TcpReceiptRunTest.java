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
    private final RecordingRunListener heard = new RecordingRunListener();

    private static RunConfig.Builder tcp(Service service, ClientConfig client) {
        return RunConfig.builder(Transport.TCP, service, client);
    }

    private RunResult run(RunConfig.Builder config) throws IOException {
        return new Run(config.build(), heard).run();
    }

    private static void greet(OpenServer.Peer peer) throws IOException {
        peer.give(GREETING);
        assertArrayEquals("hello sever!".getBytes(UTF_8), peer.takeAll());
    }

    @Test
    void eachGreetHasAConnectionOfItsOwn() throws Exception {
        try (OpenServer server = OpenServer.playing(TcpReceiptRunTest::greet)) {
            RunResult result = run(tcp(Service.GREET, server.config()).count(20).parallel(3));
            assertEquals(20, result.ok());
            assertEquals(20, server.accepted());
            assertEquals(20, result.sent());
            assertEquals(240, result.bytesSent());
            assertEquals(260, result.bytesReceived());
            for (Exchange exchange : heard.exchanges) {
                assertEquals(Message.of(GREETING), exchange.answer());
                Duration connect = exchange.connect().orElseThrow();
                Duration firstByte = exchange.firstByte().orElseThrow();
                assertTrue(connect.plus(firstByte).compareTo(exchange.duration()) <= 0);
            }
        }
    }

    @Test
    void linesAreSentWholeAndEndWithTheReceipt() throws Exception {
        String lines = "one\ntwo\r\n\nthree";
        try (OpenServer server =
                OpenServer.playing(
                        peer -> assertArrayEquals(lines.getBytes(UTF_8), peer.takeAll()))) {
            RunConfig.Builder config = tcp(Service.RECEIVE, server.config()).count(3);
            RunResult result = run(config.payload(Payload.of(lines)));
            assertEquals(3, result.ok());
            assertEquals(3, server.accepted());
            assertEquals(3, result.histogram().count());
            assertEquals(Optional.empty(), result.firstByte());
            assertEquals(Message.of(""), heard.exchanges.getFirst().answer());
            assertEquals(0, heard.exchanges.getFirst().bytesReceived());
            assertEquals(Optional.empty(), heard.exchanges.getFirst().firstByte());
        }
    }

    @Test
    void sixteenMebibytesOfLinesAreReceipted() throws Exception {
        String lines = ("x".repeat(1023) + "\n").repeat(16 * 1024);
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            for (int i = 0; i < lines.length() / 4096; i++) {
                                peer.take(4096);
                            }
                            assertEquals(0, peer.takeAll().length);
                        })) {
            RunConfig.Builder config = tcp(Service.RECEIVE, server.config());
            assertEquals(16_777_216, run(config.payload(Payload.of(lines))).bytesSent());
            assertEquals(1, heard.exchanges.size());
        }
    }

    @Test
    void resetAfterTheGreetingIsNoReceipt() throws Exception {
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
    void resetBeforeAGreetingIsReset() throws Exception {
        assertFails(
                Service.GREET,
                peer -> {
                    peer.takeAll();
                    peer.reset();
                },
                Kind.RESET,
                "reset before a greeting",
                0);
    }

    @Test
    void endBeforeAGreetingIsClosed() throws Exception {
        assertFails(
                Service.GREET,
                OpenServer.Peer::takeAll,
                Kind.CLOSED,
                "closed before a greeting",
                0);
    }

    @Test
    void resetInPlaceOfAReceiptIsNone() throws Exception {
        assertFails(
                Service.RECEIVE,
                peer -> {
                    peer.takeAll();
                    peer.reset();
                },
                Kind.NO_RECEIPT,
                "reset, so no receipt",
                0);
    }

    @Test
    void answerOfReceiveIsAgainstTheProtocol() throws Exception {
        assertFails(
                Service.RECEIVE,
                OpenServer.Peer::echo,
                Kind.PROTOCOL,
                "answer from a service that has none",
                12);
    }

    private void assertFails(
            Service service, OpenServer.Script script, Kind kind, String detail, int received)
            throws Exception {
        try (OpenServer server = OpenServer.playing(script)) {
            RunResult result = run(tcp(service, server.config()).count(3));
            assertEquals(0, result.ok());
            assertEquals(Map.of(kind, 3L), result.errors());
            assertEquals(3, result.sent());
            assertEquals(36, result.bytesSent());
            assertEquals(3 * received, result.bytesReceived());
            String message =
                    "exchange with " + Endpoint.of(server.address()) + " failed: " + detail;
            assertEquals(List.of(message, message, message), heard.messages());
            assertEquals(received, heard.failures.getLast().received().size());
        }
    }

    /** More than the system takes while the server reads nothing. */
    @Test
    void endBeforeAllIsSentIsNoReceipt() throws Exception {
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            peer.socket.shutdownOutput();
                            peer.keepSilent();
                        })) {
            RunConfig.Builder config = tcp(Service.RECEIVE, server.config());
            RunResult result = run(config.payload(Payload.of("x\n".repeat(8 * 1024 * 1024))));
            assertEquals(Map.of(Kind.NO_RECEIPT, 1L), result.errors());
            assertEquals(0, result.sent());
            assertEquals(
                    "exchange with "
                            + Endpoint.of(server.address())
                            + " failed: message not sent, so no receipt",
                    heard.messages().getFirst());
            assertEquals(result.bytesSent(), heard.failures.getFirst().bytesSent());
            assertTrue(result.bytesSent() > 0 && result.bytesSent() < 16_777_216);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GREET", "RECEIVE"})
    void silenceInPlaceOfAReceiptTimesOut(Service service) throws Exception {
        try (OpenServer server =
                OpenServer.playing(
                        peer -> {
                            if (service == Service.GREET) {
                                peer.give(GREETING);
                            }
                            peer.keepSilent();
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
                    heard.messages().getFirst());
        }
    }

    /** At a rate, each connection has one exchange all the same. */
    @Test
    void rateNeedsAConnectionForEachThatIsUnderWay() throws Exception {
        try (OpenServer server = OpenServer.playing(TcpReceiptRunTest::greet)) {
            RunResult result =
                    run(tcp(Service.GREET, server.config()).rate(500).count(50).parallel(5));
            assertEquals(50, result.ok());
            assertEquals(50, server.accepted());
            assertTrue(result.rawTime().isPresent());
            assertTrue(result.duration().compareTo(Duration.ofMillis(98)) >= 0);
        }
    }

    @Test
    void eachConnectionTriesTheAddressesInTurn() throws Exception {
        try (Loopback refusing = Loopback.refusingTcp();
                OpenServer server = OpenServer.playing(TcpReceiptRunTest::greet)) {
            ClientConfig client = ClientConfig.of(new Endpoint("several.invalid", 8888));
            RunConfig config = tcp(Service.GREET, client).count(4).parallel(2).build();
            List<InetSocketAddress> peers = List.of(refusing.address(), server.address());
            RunResult result = new Run(config, heard, _ -> peers).run();
            assertEquals(4, result.ok());
            assertEquals(0, result.failed());
            assertTrue(result.resolve().isPresent());
            for (Exchange exchange : heard.exchanges) {
                assertEquals(server.address(), exchange.peer());
            }
        }
    }
}
