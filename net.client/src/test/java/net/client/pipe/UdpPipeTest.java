package net.client.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.client.Loopback;
import net.client.TestThreads;
import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.protocol.Endpoint;
import net.protocol.Protocol;
import net.protocol.Transport;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe.SinkChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;

/** Tests pipes over UDP with an echo socket. */
@Timeout(60)
class UdpPipeTest {
    /** Long enough for an echo on a loaded machine; each test waits this long. */
    private static final Duration IDLE = Duration.ofMillis(700);

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<String> datagrams = new CopyOnWriteArrayList<>();
    @AutoClose private DatagramChannel peer;

    @BeforeEach
    void open() throws IOException {
        peer = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        Thread.ofPlatform().daemon().name("echo").start(this::echo);
    }

    private void echo() {
        ByteBuffer buffer = ByteBuffer.allocate(Protocol.MAX_DATAGRAM_BYTES);
        try {
            while (true) {
                InetSocketAddress from = (InetSocketAddress) peer.receive(buffer.clear());
                datagrams.add(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
                peer.send(buffer.rewind(), from);
            }
        } catch (IOException expected) {
            // Closed at the end of the test.
        }
    }

    private PipeConfig config() throws IOException {
        Endpoint endpoint = Endpoint.of((InetSocketAddress) peer.getLocalAddress());
        return PipeConfig.builder(Transport.UDP, ClientConfig.of(endpoint))
                .idleTimeout(IDLE)
                .build();
    }

    private PipeResult run(PipeConfig config, String input) throws IOException {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        return new Pipe(config)
                .run(
                        Channels.newChannel(new ByteArrayInputStream(bytes)),
                        Channels.newChannel(received));
    }

    private String received() {
        return received.toString(StandardCharsets.UTF_8);
    }

    @Test
    void readIsOneDatagram() throws IOException {
        PipeResult result = run(config(), "one\ntwo");
        assertEquals(List.of("one\ntwo"), datagrams);
        assertEquals("one\ntwo", received());
        assertEquals(7, result.bytesSent());
        assertEquals(7, result.bytesReceived());
        assertEquals(peer.getLocalAddress(), result.peer());
    }

    @Test
    void longReadIsSplit() throws IOException {
        run(config().toBuilder().datagramBytes(3).build(), "abcdefg");
        assertEquals(List.of("abc", "def", "g"), datagrams);
        assertEquals("abcdefg", received());
    }

    @Test
    void lineIsOneDatagramAndViceVersa() throws IOException {
        PipeResult result = run(config().toBuilder().lines(true).build(), "one\r\n\n\nthree\nfour");
        assertEquals(List.of("one", "", "", "three", "four"), datagrams);
        assertEquals("one\n\n\nthree\nfour\n", received());
        assertEquals(12, result.bytesSent());
        assertEquals(12, result.bytesReceived());
    }

    @Test
    void largestDatagramIsEchoed() throws IOException {
        String largest = "x".repeat(65_507);
        run(config().toBuilder().lines(true).datagramBytes(65_507).build(), largest + "\n");
        assertEquals(List.of(largest), datagrams);
        assertEquals(largest + "\n", received());
    }

    @Test
    void emptyInputListens() throws IOException {
        PipeResult result = run(config(), "");
        assertEquals(List.of(), datagrams);
        assertEquals(0, result.bytesSent());
        assertFalse(result.duration().compareTo(IDLE) < 0, result::toString);
    }

    @Test
    void refusalIsAFailure() throws IOException {
        try (Loopback refusing = Loopback.refusingUdp()) {
            Endpoint endpoint = Endpoint.of(refusing.address());
            PipeConfig config = PipeConfig.of(Transport.UDP, ClientConfig.of(endpoint));
            ExchangeException e =
                    assertThrows(ExchangeException.class, () -> run(config, "anyone"));
            assertEquals(Kind.REFUSED, e.kind());
            assertEquals("send to " + endpoint + " failed: connection refused", e.getMessage());
        }
    }

    @Test
    void interruptEndsPipeWithSilentInput() throws Exception {
        java.nio.channels.Pipe silence = java.nio.channels.Pipe.open();
        Pipe pipe = new Pipe(config());
        try (SinkChannel sink = silence.sink()) {
            TestThreads run =
                    TestThreads.start(
                            false, () -> pipe.run(silence.source(), Channels.newChannel(received)));
            sink.write(ByteBuffer.wrap(new byte[] {'h', 'i'}));
            while (pipe.soFar().isEmpty() || pipe.soFar().get().bytesReceived() < 2) {
                Thread.onSpinWait();
            }
            run.interrupt();
            assertEquals(Kind.INTERRUPTED, run.outcome().failure().kind());
            assertFalse(silence.source().isOpen());
        }
    }

    @Test
    void brokenOutputEndsPipeWithOpenInput() throws Exception {
        java.nio.channels.Pipe silence = java.nio.channels.Pipe.open();
        java.nio.channels.Pipe broken = java.nio.channels.Pipe.open();
        broken.source().close();
        ReadableByteChannel in = silence.source();
        FutureTask<PipeException> run =
                new FutureTask<>(
                        () ->
                                assertThrows(
                                        PipeException.class,
                                        () -> new Pipe(config()).run(in, broken.sink())));
        Thread.ofPlatform().daemon().start(run);
        try (SinkChannel sink = silence.sink()) {
            sink.write(ByteBuffer.wrap(new byte[] {'x'}));
            assertEquals(PipeException.End.OUTPUT, run.get().end());
        }
    }
}
