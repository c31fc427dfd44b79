package net.client.pipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.Loopback;
import net.client.OpenServer;
import net.client.TestThreads;
import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.pipe.PipeException.End;
import net.protocol.Endpoint;
import net.protocol.Transport;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe.SinkChannel;
import java.nio.channels.Pipe.SourceChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Tests pipes over TCP with scripted servers. */
@Timeout(60)
class PipeTest {
    /** More than all buffers on the path hold. */
    private static final int MANY = 32 * 1024 * 1024;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private static byte[] noise(int count) {
        byte[] bytes = new byte[count];
        new Random(6).nextBytes(bytes);
        return bytes;
    }

    private static ReadableByteChannel in(byte[] bytes) {
        return Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    private static ReadableByteChannel in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    private WritableByteChannel out() {
        return Channels.newChannel(received);
    }

    private static Pipe pipe(OpenServer server) {
        return new Pipe(PipeConfig.of(Transport.TCP, server.config()));
    }

    private static Pipe pipe(OpenServer server, Duration idleTimeout) {
        return new Pipe(
                PipeConfig.builder(Transport.TCP, server.config())
                        .idleTimeout(idleTimeout)
                        .build());
    }

    private ExchangeException failure(Pipe pipe, ReadableByteChannel in) {
        return assertThrows(ExchangeException.class, () -> pipe.run(in, out()));
    }

    /** An input that blocks until it is closed. */
    private static java.nio.channels.Pipe silence() throws IOException {
        return java.nio.channels.Pipe.open();
    }

    @Test
    void copiesBothWaysAndCounts() throws IOException {
        byte[] bytes = noise(MANY);
        try (OpenServer server = OpenServer.echoing()) {
            Pipe pipe = pipe(server);
            assertTrue(pipe.soFar().isEmpty());
            PipeResult result = pipe.run(in(bytes), out());
            assertArrayEquals(bytes, received.toByteArray());
            assertEquals(MANY, result.bytesSent());
            assertEquals(MANY, result.bytesReceived());
            assertEquals(server.address(), result.peer());
            assertEquals(MANY, pipe.soFar().orElseThrow().bytesSent());
        }
    }

    @Test
    void endOfInputHalfClosesAndAnswerArrives() throws IOException {
        try (OpenServer server =
                OpenServer.running(peer -> peer.write(peer.readAll().length + " bytes"))) {
            pipe(server).run(in("request"), out());
            assertEquals("7 bytes", received.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void emptyInputReceivesAll() throws IOException {
        byte[] bytes = noise(MANY);
        try (OpenServer server = OpenServer.running(peer -> peer.write(bytes))) {
            PipeResult result = pipe(server).run(in(""), out());
            assertArrayEquals(bytes, received.toByteArray());
            assertEquals(0, result.bytesSent());
        }
    }

    @Test
    void inputIsSentAfterPeerHalfCloses() throws IOException {
        byte[] bytes = noise(MANY);
        AtomicReference<byte[]> taken = new AtomicReference<>();
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.socket.shutdownOutput();
                            taken.set(peer.readAll());
                        })) {
            pipe(server).run(in(bytes), out());
            assertEquals(0, received.size());
            server.awaitScripts();
        }
        assertArrayEquals(bytes, taken.get());
    }

    @Test
    void slowInputIsSentAfterPeerHalfCloses() throws IOException {
        AtomicReference<byte[]> taken = new AtomicReference<>();
        InputStream slow =
                new InputStream() {
                    private int reads;

                    @Override
                    public int read() {
                        // Silent for twice as long as an interactive pipe allows.
                        LockSupport.parkNanos(Duration.ofMillis(Pipe.SILENCE_MILLIS).toNanos() * 2);
                        reads++;
                        return reads == 1 ? 'x' : -1;
                    }
                };
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.socket.shutdownOutput();
                            taken.set(peer.readAll());
                        })) {
            PipeResult result = pipe(server).run(Channels.newChannel(slow), out());
            assertEquals(1, result.bytesSent());
            server.awaitScripts();
        }
        assertArrayEquals(new byte[] {'x'}, taken.get());
    }

    @Test
    void idleInputAfterPeersFinResets() throws IOException {
        java.nio.channels.Pipe silence = silence();
        AtomicReference<IOException> seen = new AtomicReference<>();
        try (OpenServer server =
                        OpenServer.running(
                                peer -> {
                                    peer.socket.shutdownOutput();
                                    seen.set(assertThrows(SocketException.class, peer::readAll));
                                });
                SinkChannel _ = silence.sink()) {
            ExchangeException e = failure(pipe(server, Duration.ofMillis(700)), silence.source());
            assertEquals(Kind.TIMEOUT, e.kind());
            server.awaitScripts();
        }
        assertEquals("Connection reset", seen.get().getMessage());
    }

    @Test
    void peersFinEndsInteractivePipeWithSilentInput() throws IOException {
        java.nio.channels.Pipe silence = silence();
        AtomicReference<byte[]> taken = new AtomicReference<>();
        try (OpenServer server =
                        OpenServer.running(
                                peer -> {
                                    peer.write("bye");
                                    peer.socket.shutdownOutput();
                                    taken.set(peer.readAll());
                                });
                SinkChannel _ = silence.sink()) {
            PipeConfig config =
                    PipeConfig.builder(Transport.TCP, server.config()).interactive(true).build();
            PipeResult result = new Pipe(config).run(silence.source(), out());
            assertEquals("bye", received.toString(StandardCharsets.UTF_8));
            assertTrue(result.duration().toMillis() >= Pipe.SILENCE_MILLIS, result::toString);
            assertFalse(silence.source().isOpen());
            server.awaitScripts();
        }
        assertEquals(0, taken.get().length, "no FIN, but a reset");
    }

    @Test
    void writesBytesReceivedBeforeReset() throws IOException {
        byte[] bytes = noise(100_000);
        CountDownLatch isWritten = new CountDownLatch(1);
        OutputStream out =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new AssertionError();
                    }

                    @Override
                    public void write(byte[] array, int offset, int length) {
                        received.write(array, offset, length);
                        if (received.size() == bytes.length) {
                            isWritten.countDown();
                        }
                    }
                };
        java.nio.channels.Pipe silence = silence();
        try (OpenServer server =
                        OpenServer.running(
                                peer -> {
                                    peer.write(bytes);
                                    isWritten.await();
                                    peer.reset();
                                });
                SinkChannel _ = silence.sink()) {
            ExchangeException e =
                    assertThrows(
                            ExchangeException.class,
                            () -> pipe(server).run(silence.source(), Channels.newChannel(out)));
            assertEquals(Kind.RESET, e.kind());
            assertEquals(
                    "exchange with "
                            + Endpoint.of(server.address())
                            + " failed: reset after 0 bytes sent and 100000 received",
                    e.getMessage());
            assertArrayEquals(bytes, received.toByteArray());
        }
    }

    /**
     * The peer closes with unread bytes, which resets; the bytes it sent must still be written.
     * Repeated, since both directions end within microseconds, in any order.
     */
    @RepeatedTest(100)
    void writesBytesReceivedBeforeFailedWrite() throws Exception {
        CountDownLatch isWritable = new CountDownLatch(1);
        OutputStream out =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new AssertionError();
                    }

                    @Override
                    public void write(byte[] array, int offset, int length) throws IOException {
                        await(isWritable);
                        received.write(array, offset, length);
                    }
                };
        byte[] answer = noise(300_000);
        CountDownLatch isReset = new CountDownLatch(1);
        // Provides input until a write fails, after which it is no longer read.
        InputStream in =
                new InputStream() {
                    private long reads;

                    @Override
                    public int read() {
                        throw new AssertionError();
                    }

                    @Override
                    public int read(byte[] array, int offset, int length) throws IOException {
                        reads++;
                        if (reads == 2) {
                            await(isReset);
                        }
                        return Math.min(length, 1000);
                    }
                };
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.read(1);
                            peer.write(answer);
                            peer.socket.close();
                            isReset.countDown();
                        })) {
            Pipe pipe = pipe(server);
            FutureTask<ExchangeException> run =
                    new FutureTask<>(
                            () ->
                                    assertThrows(
                                            ExchangeException.class,
                                            () ->
                                                    pipe.run(
                                                            Channels.newChannel(in),
                                                            Channels.newChannel(out))));
            Thread.ofPlatform().daemon().start(run);
            isReset.await();
            isWritable.countDown();
            assertEquals(Kind.RESET, run.get().kind());
            byte[] all = received.toByteArray();
            // Bytes not yet received by the system at the reset are lost.
            assertArrayEquals(Arrays.copyOf(answer, all.length), all);
            assertTrue(all.length > 0);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void idleTimeoutResets() throws IOException {
        java.nio.channels.Pipe silence = silence();
        AtomicReference<IOException> seen = new AtomicReference<>();
        try (OpenServer server =
                        OpenServer.running(
                                peer ->
                                        seen.set(
                                                assertThrows(
                                                        SocketException.class, peer::readAll)));
                SinkChannel _ = silence.sink()) {
            ExchangeException e = failure(pipe(server, Duration.ofMillis(50)), silence.source());
            assertEquals(Kind.TIMEOUT, e.kind());
            assertEquals(
                    "exchange with "
                            + Endpoint.of(server.address())
                            + " failed: idle, nothing sent or received in time",
                    e.getMessage());
            server.awaitScripts();
        }
        assertEquals("Connection reset", seen.get().getMessage());
    }

    @Test
    void refusalIsAFailure() throws IOException {
        try (Loopback refusing = Loopback.refusingTcp()) {
            ClientConfig client = ClientConfig.of(Endpoint.of(refusing.address()));
            ReadableByteChannel in = in("");
            WritableByteChannel out = out();
            ExchangeException e =
                    assertThrows(
                            ExchangeException.class,
                            () -> new Pipe(PipeConfig.of(Transport.TCP, client)).run(in, out));
            assertEquals(Kind.REFUSED, e.kind());
            assertFalse(in.isOpen());
            assertFalse(out.isOpen());
        }
    }

    @Test
    void connectTimeoutApplies() throws IOException {
        try (Loopback full = Loopback.fullTcp()) {
            ClientConfig client =
                    ClientConfig.builder(Endpoint.of(full.address()))
                            .timeout(Duration.ofMillis(50))
                            .build();
            Pipe pipe = new Pipe(PipeConfig.of(Transport.TCP, client));
            assertEquals(Kind.FILTERED, failure(pipe, in("")).kind());
        }
    }

    @Test
    void failingInputResetsPeerAndKeepsCause() throws IOException {
        IOException cause = new IOException("is a directory");
        InputStream failing =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw cause;
                    }
                };
        CompletableFuture<IOException> seen = new CompletableFuture<>();
        try (OpenServer server =
                OpenServer.running(
                        peer ->
                                seen.complete(
                                        assertThrows(SocketException.class, peer::readAll)))) {
            PipeException e =
                    assertThrows(
                            PipeException.class,
                            () -> pipe(server).run(Channels.newChannel(failing), out()));
            assertEquals(End.INPUT, e.end());
            assertSame(cause, e.getCause());
            assertEquals("read from input failed: is a directory", e.getMessage());
            assertEquals("Connection reset", seen.join().getMessage());
        }
    }

    @Test
    void failingOutputEndsPipeWithOpenInput() throws IOException {
        java.nio.channels.Pipe silence = silence();
        try (OpenServer server =
                        OpenServer.running(
                                peer -> {
                                    peer.write("hello");
                                    peer.awaitEnd();
                                });
                SinkChannel _ = silence.sink()) {
            java.nio.channels.Pipe broken = silence();
            broken.source().close();
            PipeException e =
                    assertThrows(
                            PipeException.class,
                            () -> pipe(server).run(silence.source(), broken.sink()));
            assertEquals(End.OUTPUT, e.end());
            assertEquals("write to output failed: Broken pipe", e.getMessage());
        }
    }

    @Test
    void interruptEndsPipeAnywhere() throws Exception {
        java.nio.channels.Pipe silence = silence();
        java.nio.channels.Pipe unread = silence();
        CountDownLatch isConnected = new CountDownLatch(1);
        byte[] bytes = noise(MANY);
        try (OpenServer server =
                        OpenServer.running(
                                peer -> {
                                    isConnected.countDown();
                                    peer.write(bytes);
                                    peer.awaitEnd();
                                });
                SinkChannel _ = silence.sink();
                SourceChannel _ = unread.source()) {
            Pipe pipe = pipe(server);
            TestThreads run =
                    TestThreads.start(false, () -> pipe.run(silence.source(), unread.sink()));
            isConnected.await();
            while (pipe.soFar().isEmpty() || pipe.soFar().get().bytesReceived() == 0) {
                Thread.onSpinWait();
            }
            run.interrupt();
            TestThreads.Outcome outcome = run.outcome();
            assertEquals(Kind.INTERRUPTED, outcome.failure().kind());
            assertTrue(outcome.interrupted());
            assertFalse(silence.source().isOpen());
            assertFalse(unread.sink().isOpen());
        }
    }

    /** A non-blocking channel, such as standard input set so by another program. */
    @Test
    void supportsNonBlockingInputAndOutput() throws Exception {
        java.nio.channels.Pipe late = silence();
        late.source().configureBlocking(false);
        java.nio.channels.Pipe slow = silence();
        slow.sink().configureBlocking(false);
        byte[] bytes = noise(1_000_000);
        try (OpenServer server = OpenServer.echoing()) {
            FutureTask<PipeResult> run =
                    new FutureTask<>(() -> pipe(server).run(late.source(), slow.sink()));
            Thread.ofPlatform().daemon().start(run);
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                try (OutputStream out = Channels.newOutputStream(late.sink())) {
                                    out.write(bytes);
                                } catch (IOException expected) {
                                    // The assertion below checks the result.
                                }
                            });
            try (InputStream in = Channels.newInputStream(slow.source())) {
                assertArrayEquals(bytes, in.readAllBytes());
            }
            assertEquals(bytes.length, run.get().bytesReceived());
        }
    }
}
