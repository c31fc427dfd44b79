package net.client.connect.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import net.client.Loopback;
import net.client.OpenServer;
import net.client.Run;
import net.client.ScriptedServer;
import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.SocketConfig;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

@Timeout(60)
class TlsProbeTest {
    private static final InetAddress V4 = InetAddress.ofLiteral("127.0.0.1");
    private static final ExchangeException CLOSED_WITHOUT_ANSWER = failure(Kind.CLOSED, "");

    private static ExchangeException failure(Kind kind, String received) {
        return new ExchangeException(kind, "it failed", Message.of(received), 12, null);
    }

    private static ExchangeException explained(OpenServer server, ExchangeException failure) {
        return TlsProbe.explained(server.config(), server.address(), failure);
    }

    private static OpenServer answering(String hex) throws IOException {
        return OpenServer.running(
                peer -> {
                    peer.read(1);
                    peer.write(HexFormat.of().parseHex(hex));
                    peer.awaitEnd();
                });
    }

    /** Without a key the handshake fails, with a TLS alert. */
    @Test
    void detectsTlsServerOfJdk() throws Exception {
        ServerSocket tls =
                SSLContext.getDefault().getServerSocketFactory().createServerSocket(0, 16, V4);
        InetSocketAddress peer = (InetSocketAddress) tls.getLocalSocketAddress();
        Thread server = Thread.ofPlatform().daemon().start(() -> shakeHands(tls));
        try (tls) {
            ExchangeException explained = eventually(config(peer), peer);
            assertEquals(Kind.TLS, explained.kind());
            assertEquals(
                    "exchange with 127.0.0.1:%d failed: the peer expects TLS"
                            .formatted(peer.getPort()),
                    explained.getMessage());
            assertEquals(12, explained.bytesSent());
            assertEquals(Message.of(""), explained.received());
            assertSame(CLOSED_WITHOUT_ANSWER, explained.getCause());
        }
        server.join();
    }

    private static void shakeHands(ServerSocket tls) {
        while (!tls.isClosed()) {
            try (Socket peer = tls.accept()) {
                peer.getInputStream().read();
            } catch (IOException expected) {
                // No common cipher suite without a key, or closed at the end of the test.
            }
        }
    }

    /** Probes repeatedly, since a server on a loaded machine may exceed the timeout. */
    private static ExchangeException eventually(ClientConfig config, InetSocketAddress peer) {
        ExchangeException explained = CLOSED_WITHOUT_ANSWER;
        while (explained == CLOSED_WITHOUT_ANSWER) {
            explained = TlsProbe.explained(config, peer, CLOSED_WITHOUT_ANSWER);
        }
        return explained;
    }

    private static ClientConfig config(InetSocketAddress peer) {
        return ClientConfig.builder(Endpoint.of(peer))
                .timeout(ScriptedServer.PATIENCE)
                .connectTimeout(ScriptedServer.PATIENCE)
                .build();
    }

    /** RFC 8446, sections 4.1.3 and 6: ServerHello is message 2 of record 22, an alert is 21. */
    @ParameterizedTest
    @ValueSource(strings = {"160303007a02", "15030300020228", "150301000202"})
    void serverHelloAndAlertAreTls(String hex) throws IOException {
        try (OpenServer server = answering(hex)) {
            assertEquals(Kind.TLS, eventually(server.config(), server.address()).kind());
        }
    }

    /** Another version, a ClientHello, another record type, and too few bytes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "160203007a02",
                "160301004301",
                "170303007a02",
                "1603030002",
                "485454502f31"
            })
    void otherAnswersAreNotTls(String hex) throws IOException {
        try (OpenServer server = answering(hex)) {
            assertSame(CLOSED_WITHOUT_ANSWER, explained(server, CLOSED_WITHOUT_ANSWER));
        }
    }

    @Test
    void echoIsNotTls() throws IOException {
        try (OpenServer server = OpenServer.echoing()) {
            assertSame(CLOSED_WITHOUT_ANSWER, explained(server, CLOSED_WITHOUT_ANSWER));
            assertEquals(1, server.accepted());
        }
    }

    @Test
    void closingServerIsNotTls() throws IOException {
        try (OpenServer server = OpenServer.running(_ -> {})) {
            assertSame(CLOSED_WITHOUT_ANSWER, explained(server, CLOSED_WITHOUT_ANSWER));
        }
    }

    @Test
    void refusingPortIsNotTls() throws IOException {
        try (Loopback refusing = Loopback.refusingTcp()) {
            InetSocketAddress peer = refusing.address();
            assertSame(
                    CLOSED_WITHOUT_ANSWER,
                    TlsProbe.explained(config(peer), peer, CLOSED_WITHOUT_ANSWER));
        }
    }

    /** The client's timeout is 30 s. */
    @Test
    void waitForAnswerIsLimited() throws IOException {
        try (OpenServer server = OpenServer.running(OpenServer.Peer::awaitEnd);
                Loopback full = Loopback.fullTcp()) {
            assertSame(CLOSED_WITHOUT_ANSWER, explained(server, CLOSED_WITHOUT_ANSWER));
            InetSocketAddress peer = full.address();
            assertSame(
                    CLOSED_WITHOUT_ANSWER,
                    TlsProbe.explained(config(peer), peer, CLOSED_WITHOUT_ANSWER));
        }
    }

    /** The answer would be complete after 2.4 s, with less than 1 s between bytes. */
    @Test
    void timeoutCoversWholeAnswer() throws IOException {
        byte[] alert = HexFormat.of().parseHex("150303000202");
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            for (byte part : alert) {
                                LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
                                peer.write(new byte[] {part});
                            }
                        })) {
            assertSame(CLOSED_WITHOUT_ANSWER, explained(server, CLOSED_WITHOUT_ANSWER));
        }
    }

    static Stream<Arguments> otherFailuresAreNotProbed() {
        return Stream.of(
                arguments(failure(Kind.CLOSED, "h")),
                arguments(failure(Kind.RESET, "")),
                arguments(failure(Kind.SILENT, "")),
                arguments(failure(Kind.NO_RECEIPT, "")),
                arguments(failure(Kind.WRONG_SERVICE, "")));
    }

    @ParameterizedTest
    @MethodSource
    void otherFailuresAreNotProbed(ExchangeException failure) throws IOException {
        try (OpenServer server = answering("150303000202")) {
            assertSame(failure, explained(server, failure));
            assertEquals(0, server.accepted());
        }
    }

    /** The failed connection still uses the port. */
    @Test
    void probesFromSameAddressAndAnyPort() throws IOException {
        try (OpenServer server = answering("150303000202");
                ServerSocket taken = new ServerSocket(0, 1, V4)) {
            InetSocketAddress source = (InetSocketAddress) taken.getLocalSocketAddress();
            ClientConfig client =
                    server.config().toBuilder()
                            .socket(SocketConfig.builder().source(source).build())
                            .build();
            ExchangeException explained = eventually(client, server.address());
            assertEquals(Kind.TLS, explained.kind());
        }
    }

    @Test
    void onlySingleExchangesProbe() throws IOException {
        AtomicInteger hellos = new AtomicInteger();
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            if (peer.read(1)[0] == 22) {
                                hellos.incrementAndGet();
                                peer.write(HexFormat.of().parseHex("150303000202"));
                            }
                        })) {
            RunConfig.Builder run =
                    RunConfig.builder(Transport.TCP, Service.GREET, server.config());
            assertEquals(Kind.CLOSED, kind(run.build()));
            assertEquals(Kind.CLOSED, kind(run.probeTls(true).count(2).build()));
            assertEquals(0, hellos.get());
            assertEquals(Kind.TLS, kind(run.count(1).build()));
            assertEquals(1, hellos.get());
        }
    }

    private static Kind kind(RunConfig run) throws IOException {
        RecordingRunListener listener = new RecordingRunListener();
        new Run(run, listener).run();
        return listener.kinds().getFirst();
    }

    /** RFC 8446, sections 4.1.2 and 5.1. */
    @Test
    void helloIsValidClientHello() {
        byte[] hello = TlsProbe.hello();
        byte[] start = HexFormat.of().parseHex("160301003b010000370303");
        assertArrayEquals(start, Arrays.copyOf(hello, start.length));
        // Record header 5, message header 4, version 2, random 32, empty session 1,
        // cipher suites 2 + 16, compression 2.
        assertEquals(5 + 4 + 2 + 32 + 1 + 2 + 16 + 2, hello.length);
        assertArrayEquals(
                HexFormat.of().parseHex("0100"),
                Arrays.copyOfRange(hello, hello.length - 2, hello.length));
    }
}
