package net.client.run.internal;

import static net.client.ScriptedServer.GREETING;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.ScriptedServer;
import net.client.ScriptedServer.Script;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Payload;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What the server did is known to have arrived before the client goes on. */
@Timeout(60)
class TcpFlowTest {
    private final RecordingRunListener heard = new RecordingRunListener();
    private final CountDownLatch connected = new CountDownLatch(1);

    /** What is done to the connection before the flow hears that it stands. */
    private interface Step {
        void take(SocketChannel channel) throws IOException;
    }

    /** Begins a greeting, takes a step, and lets it go on to its end. */
    private ExchangeException failure(ScriptedServer server, String message, Step step)
            throws IOException {
        RunConfig config =
                RunConfig.of(Transport.TCP, Service.GREET, server.config()).toBuilder()
                        .payload(Payload.of(message))
                        .build();
        List<InetSocketAddress> peers = List.of(server.address());
        RunRecorder meter = new RunRecorder(config, heard);
        try (RunLoop loop = new RunLoop(config, peers, Duration.ofSeconds(30), meter)) {
            TcpFlow flow = new TcpFlow(config, loop, bytes(message));
            meter.begun(1, System.nanoTime());
            flow.begin(1, System.nanoTime());
            SelectionKey key = loop.selector().keys().iterator().next();
            SocketChannel channel = (SocketChannel) key.channel();
            step.take(channel);
            while (!flow.isIdle()) {
                loop.selector().select(_ -> goOn(flow, key), 30_000);
                flow.expire(System.nanoTime());
            }
            assertFalse(channel.isOpen());
        }
        assertEquals(List.of(), heard.exchanges);
        return heard.failures.getFirst();
    }

    private static ByteBuffer bytes(String message) {
        return ByteBuffer.allocateDirect(message.length()).put(Message.of(message).buffer()).flip();
    }

    private static void goOn(TcpFlow flow, SelectionKey key) {
        try {
            flow.ready(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String failed(ScriptedServer server, String detail) {
        return "exchange with 127.0.0.1:" + server.address().getPort() + " failed: " + detail;
    }

    /** Finishes the connection, and lets the server play to its end. */
    private Step connected(ScriptedServer server) {
        return channel -> {
            finish(channel);
            connected.countDown();
            server.awaitEnd();
        };
    }

    private static void finish(SocketChannel channel) throws IOException {
        while (!channel.finishConnect()) {
            Thread.onSpinWait();
        }
    }

    /** The system may tell of the reset at the write or at the read; it is a reset all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"hello sever!", ""})
    void resetThatCameFirstIsReset(String message) throws Exception {
        Script script =
                (peer, _) -> {
                    connected.await();
                    ScriptedServer.reset(peer);
                };
        try (ScriptedServer server = ScriptedServer.playing(script)) {
            ExchangeException thrown = failure(server, message, connected(server));
            assertEquals(Kind.RESET, thrown.kind());
            assertEquals(failed(server, "reset before a greeting"), thrown.getMessage());
            assertEquals(0, thrown.bytesSent());
        }
    }

    @Test
    void resetBeforeTheConnectionIsSeenIsReset() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.playing((peer, _) -> ScriptedServer.reset(peer))) {
            ExchangeException thrown = failure(server, "hello", _ -> server.awaitEnd());
            assertEquals(Kind.RESET, thrown.kind());
            assertEquals(0, thrown.bytesSent());
        }
    }

    @Test
    void finThatCameFirstIsClosed() throws Exception {
        Script script =
                (peer, _) -> {
                    peer.shutdownOutput();
                    ScriptedServer.expect(peer, "hello sever!");
                };
        try (ScriptedServer server = ScriptedServer.playing(script)) {
            ExchangeException thrown = failure(server, "hello sever!", _ -> {});
            assertEquals(Kind.CLOSED, thrown.kind());
            assertEquals(12, thrown.bytesSent());
        }
    }

    @Test
    void greetingAndResetThatCameFirstAreNoReceipt() throws Exception {
        Script script =
                (peer, _) -> {
                    connected.await();
                    ScriptedServer.write(peer, GREETING);
                    ScriptedServer.reset(peer);
                };
        try (ScriptedServer server = ScriptedServer.playing(script)) {
            ExchangeException thrown = failure(server, "hello sever!", connected(server));
            assertEquals(Kind.NO_RECEIPT, thrown.kind());
            assertEquals(Message.of("hello client!"), thrown.received());
            assertEquals(0, thrown.bytesSent());
        }
    }

    /** A half-close before the write makes the write fail, with the server still in order. */
    @Test
    void failedWriteIsNoReceiptWhateverIsRead() throws Exception {
        Script script =
                (peer, _) -> {
                    ScriptedServer.expect(peer, "");
                    ScriptedServer.write(peer, GREETING);
                };
        try (ScriptedServer server = ScriptedServer.playing(script)) {
            Step halfClose =
                    channel -> {
                        finish(channel);
                        channel.shutdownOutput();
                        server.awaitEnd();
                    };
            ExchangeException thrown = failure(server, "hello sever!", halfClose);
            assertEquals(Kind.NO_RECEIPT, thrown.kind());
            assertEquals(failed(server, "message not sent, so no receipt"), thrown.getMessage());
            assertEquals(Message.of("hello client!"), thrown.received());
            assertEquals(0, thrown.bytesSent());
            assertNotEquals(null, thrown.getCause());
        }
    }

    /** An empty message is a half-close alone, and that fails like a write. */
    @Test
    void failedHalfCloseIsNoReceiptEither() throws Exception {
        Script script =
                (peer, _) -> {
                    connected.await();
                    ScriptedServer.write(peer, GREETING);
                    ScriptedServer.reset(peer);
                };
        try (ScriptedServer server = ScriptedServer.playing(script)) {
            ExchangeException thrown = failure(server, "", connected(server));
            assertEquals(Kind.NO_RECEIPT, thrown.kind());
            assertEquals(Message.of("hello client!"), thrown.received());
            assertTrue(thrown.getMessage().endsWith(", so no receipt"), thrown.getMessage());
        }
    }
}
