package net.client.run.flow;

import static net.client.ScriptedServer.GREETING;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.ScriptedServer;
import net.client.ScriptedServer.Script;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.CandidateAddresses;
import net.client.run.Payload;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.record.RunRecorder;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The server's actions take effect before the client continues. */
@Timeout(60)
class TcpFlowTest {
    private final RecordingRunListener listener = new RecordingRunListener();
    private static final FlowListener IGNORED =
            new FlowListener() {
                @Override
                public void onFree(Flow flow) {}

                @Override
                public void onFailure(Flow flow) {}

                @Override
                public void onReady() {}

                @Override
                public void onDeadline(long nanos) {}
            };

    private final CountDownLatch connected = new CountDownLatch(1);

    /** An action on the channel before the flow finishes connecting. */
    private interface Step {
        void run(SocketChannel channel) throws IOException;
    }

    /** Begins a {@code greet} exchange, runs a step, and returns the failure. */
    private ExchangeException failure(ScriptedServer server, String message, Step step)
            throws IOException {
        RunConfig config =
                RunConfig.builder(Transport.TCP, Service.GREET, server.config())
                        .payload(Payload.of(message))
                        .build();
        CandidateAddresses addresses = new CandidateAddresses(List.of(server.address()));
        RunRecorder recorder = new RunRecorder(config, listener);
        try (Selector selector = Selector.open()) {
            FlowContext context =
                    FlowContext.of(
                            config,
                            addresses,
                            selector,
                            recorder,
                            30_000_000_000L,
                            FlowContext.newReadBuffer());
            TcpFlow flow = new TcpFlow(context, IGNORED, bytes(message));
            recorder.begin(1, System.nanoTime());
            flow.begin(1, System.nanoTime());
            SelectionKey key = selector.keys().iterator().next();
            SocketChannel channel = (SocketChannel) key.channel();
            step.run(channel);
            while (!flow.isIdle()) {
                selector.select(_ -> ready(flow, key), 30_000);
                flow.expire(System.nanoTime());
            }
            assertFalse(channel.isOpen());
        }
        assertEquals(List.of(), listener.exchanges);
        return listener.failures.getFirst();
    }

    private static ByteBuffer bytes(String message) {
        return ByteBuffer.allocateDirect(message.length()).put(Message.of(message).buffer()).flip();
    }

    private static void ready(TcpFlow flow, SelectionKey key) {
        try {
            flow.ready(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String failed(ScriptedServer server, String detail) {
        return "exchange with 127.0.0.1:" + server.address().getPort() + " failed: " + detail;
    }

    /** Finishes connecting, and waits for the end of the server's script. */
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

    /** The operating system may report the reset at the write or at the read. */
    @ParameterizedTest
    @ValueSource(strings = {"hello sever!", ""})
    void resetBeforeTheWriteIsReset(String message) throws Exception {
        Script script =
                (peer, _) -> {
                    connected.await();
                    ScriptedServer.reset(peer);
                };
        try (ScriptedServer server = ScriptedServer.running(script)) {
            ExchangeException thrown = failure(server, message, connected(server));
            assertEquals(Kind.RESET, thrown.kind());
            assertEquals(failed(server, "reset before a greeting"), thrown.getMessage());
            assertEquals(0, thrown.bytesSent());
        }
    }

    @Test
    void resetBeforeFinishConnectIsReset() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.running((peer, _) -> ScriptedServer.reset(peer))) {
            ExchangeException thrown = failure(server, "hello", _ -> server.awaitEnd());
            assertEquals(Kind.RESET, thrown.kind());
            assertEquals(0, thrown.bytesSent());
        }
    }

    @Test
    void finBeforeTheWriteIsClosed() throws Exception {
        Script script =
                (peer, _) -> {
                    peer.shutdownOutput();
                    ScriptedServer.expect(peer, "hello sever!");
                };
        try (ScriptedServer server = ScriptedServer.running(script)) {
            ExchangeException thrown = failure(server, "hello sever!", _ -> {});
            assertEquals(Kind.CLOSED, thrown.kind());
            assertEquals(12, thrown.bytesSent());
        }
    }

    @Test
    void greetingAndResetBeforeTheWriteAreNoReceipt() throws Exception {
        Script script =
                (peer, _) -> {
                    connected.await();
                    ScriptedServer.write(peer, GREETING);
                    ScriptedServer.reset(peer);
                };
        try (ScriptedServer server = ScriptedServer.running(script)) {
            ExchangeException thrown = failure(server, "hello sever!", connected(server));
            assertEquals(Kind.NO_RECEIPT, thrown.kind());
            assertEquals(Message.of("hello client!"), thrown.received());
            assertEquals(0, thrown.bytesSent());
        }
    }

    /** A half-close makes the client's write fail; the server is not affected. */
    @Test
    void failedWriteIsNoReceiptEvenWithAGreeting() throws Exception {
        Script script =
                (peer, _) -> {
                    ScriptedServer.expect(peer, "");
                    ScriptedServer.write(peer, GREETING);
                };
        try (ScriptedServer server = ScriptedServer.running(script)) {
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

    /** An empty message is only a half-close, which fails like a write. */
    @Test
    void failedHalfCloseIsNoReceipt() throws Exception {
        Script script =
                (peer, _) -> {
                    connected.await();
                    ScriptedServer.write(peer, GREETING);
                    ScriptedServer.reset(peer);
                };
        try (ScriptedServer server = ScriptedServer.running(script)) {
            ExchangeException thrown = failure(server, "", connected(server));
            assertEquals(Kind.NO_RECEIPT, thrown.kind());
            assertEquals(Message.of("hello client!"), thrown.received());
            assertTrue(thrown.getMessage().endsWith(", so no receipt"), thrown.getMessage());
        }
    }
}
