package net.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.output.CapturedOutput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;

/** {@code --format raw}: results byte for byte. */
class RawFormatTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /** All byte values, which include invalid UTF-8. */
    private static final byte[] ALL = all();

    @TempDir private Path folder;

    private static byte[] all() {
        byte[] all = new byte[2 * 256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    private static byte[] twice(byte[] bytes) {
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(bytes);
        twice.writeBytes(bytes);
        return twice.toByteArray();
    }

    /** Starts a server that writes to a file, since captured output is text. */
    private RunningLauncher server(Launcher launcher, Path file) {
        return RunningLauncher.start(
                launcher, "--format=raw", "--output", file.toString(), "127.0.0.1", "0");
    }

    @Test
    void concatenatesTcpMessages() throws Exception {
        Path file = folder.resolve("raw");
        try (RunningLauncher server = server(new TcpServerLauncher(), file)) {
            TestSockets.exchange(server, ALL);
            TestSockets.exchange(server, ALL);
            assertEquals(0, server.interrupt().status());
            assertArrayEquals(twice(ALL), Files.readAllBytes(file));
            server.awaitErr("tcp-server: 2 messages from 2 connections, 1024 B received, ");
            assertEquals(2, server.err().lines().count(), server::err);
        }
    }

    @Test
    void concatenatesDatagrams() throws Exception {
        Path file = folder.resolve("raw");
        try (RunningLauncher server = server(new UdpServerLauncher(), file);
                DatagramSocket peer = TestSockets.udp()) {
            TestSockets.send(peer, server, ALL);
            TestSockets.send(peer, server, new byte[0]);
            TestSockets.send(peer, server, ALL);
            assertEquals(0, server.interrupt().status());
            assertArrayEquals(twice(ALL), Files.readAllBytes(file));
            server.awaitErr("udp-server: 3 messages from 3 datagrams, 1024 B received, ");
        }
    }

    @Test
    void dropsTheLineEndsOfReceive() throws Exception {
        try (RunningLauncher server =
                RunningLauncher.start(
                        new TcpServerLauncher(),
                        "--format=raw",
                        "--service=receive",
                        "127.0.0.1",
                        "0")) {
            TestSockets.exchange(server, "a\r\nb\n\nc");
            assertEquals(0, server.interrupt().status());
            assertEquals("abc", server.out());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientWritesTheAnswerEvenWithoutReceipt(boolean isOrderly) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            FutureTask<Void> answer = new FutureTask<>(() -> answer(listener, isOrderly));
            Thread.ofVirtual().start(answer);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CapturedOutput err = new CapturedOutput();
            int status =
                    new TcpClientLauncher()
                            .run(
                                    out,
                                    new PrintStream(err, true),
                                    "--format=raw",
                                    "127.0.0.1:" + listener.getLocalPort());
            answer.get();
            assertEquals(isOrderly ? 0 : 1, status, err::text);
            assertArrayEquals(ALL, out.toByteArray());
            assertEquals(isOrderly ? 0 : 1, err.text().lines().count(), err::text);
        }
    }

    private static Void answer(ServerSocket listener, boolean isOrderly) throws IOException {
        try (Socket socket = listener.accept()) {
            socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(ALL);
            if (!isOrderly) {
                socket.setSoLinger(true, 0);
            }
        }
        return null;
    }

    @Test
    void clientWithoutAnswerWritesNothing() throws Exception {
        try (RunningLauncher server =
                        RunningLauncher.start(new UdpServerLauncher(), "127.0.0.1", "0");
                RunningLauncher client =
                        RunningLauncher.start(
                                new UdpClientLauncher(), "--format=raw", ":" + server.port())) {
            assertEquals(0, client.status(), client::err);
            assertEquals("", client.out());
            assertEquals("", client.err());
        }
    }

    @Test
    void failingOutputExitsWith2() throws Exception {
        FailingOutput full = new FailingOutput(0);
        try (RunningLauncher server =
                        RunningLauncher.start(new TcpServerLauncher(), "127.0.0.1", "0");
                RunningLauncher client =
                        RunningLauncher.start(
                                new TcpClientLauncher(),
                                full,
                                "--format=raw",
                                ":" + server.port())) {
            assertEquals(2, client.status());
            assertEquals("tcp-client: " + FailingOutput.ERROR + "\n", client.err());
        }
    }

    @Test
    void selfTestRejectsRaw() throws Exception {
        try (RunningLauncher selfTest = RunningLauncher.start(new SelfTest(), "--format=raw")) {
            assertEquals(2, selfTest.status());
            assertTrue(
                    selfTest.err().startsWith("selftest: --format must be text or json: raw (see "),
                    selfTest::err);
        }
    }
}
