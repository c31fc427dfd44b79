package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.launcher.command.Command;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Format;
import net.launcher.server.ServerOptions;
import net.launcher.server.ServerRun;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Servers whose results cannot be written, or whose port is in use. */
class ServerFailureTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static RunningLauncher client(String port) {
        return RunningLauncher.start(new TcpClientLauncher(), "127.0.0.1", port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void outputThatFailsLaterExitsWith2WithoutReceipt(String format) throws Exception {
        // In JSON, the first line is the event listening.
        FailingOutput out = new FailingOutput(format.equals("json") ? 2 : 1);
        Launcher launcher = new TcpServerLauncher();
        try (RunningLauncher server =
                RunningLauncher.start(
                        launcher, out, "--verbose", "--format", format, "127.0.0.1", "0")) {
            try (RunningLauncher first = client(server.port())) {
                assertEquals(0, first.status(), first::err);
            }
            String recorded = server.awaitOut("hello sever!");
            try (RunningLauncher second = client(server.port())) {
                assertEquals(1, second.status(), second::out);
                assertEquals("hello client!\n", second.out());
                assertTrue(second.err().endsWith(", so no receipt\n"), second::err);
            }
            assertEquals(2, server.status());
            assertTrue(server.out().endsWith(recorded + "\n"), server::out);
            assertTrue(out.refused().startsWith(recorded.substring(0, 10)), out.refused());
            server.awaitErr(": unrecorded, 12 B received, 13 B sent in ");
            server.awaitErr("tcp-server: " + FailingOutput.ERROR);
        }
    }

    @Test
    void interruptEndsABlockedLookup() throws Exception {
        CountDownLatch lookingUp = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CapturedOutput out = new CapturedOutput();
        PrintStream err = new PrintStream(out, true, StandardCharsets.UTF_8);
        Command command =
                ServerOptions.add(Transport.TCP, new Command("probe", "Tries.").targets("Address"))
                        .complete(Format.values());
        FutureTask<Integer> run =
                new FutureTask<>(
                        () ->
                                command.run(
                                        invocation ->
                                                new ServerRun(
                                                                new ServerOptions(
                                                                        Transport.TCP, invocation))
                                                        .run(
                                                                (service, listener, filter) -> {
                                                                    lookingUp.countDown();
                                                                    throw interrupted(end);
                                                                }),
                                        out,
                                        err,
                                        "slow.example.org"));
        Thread runner = Thread.ofPlatform().daemon().start(run);
        lookingUp.await();
        runner.interrupt();
        assertEquals(0, run.get(30, TimeUnit.SECONDS));
        assertEquals("", out.text());
        end.countDown();
    }

    /** Blocks until interrupted, and returns the exception of an interrupted lookup. */
    private static IOException interrupted(CountDownLatch latch) {
        try {
            latch.await();
            return new IOException("not interrupted");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new InterruptedIOException("interrupted");
        }
    }

    @Test
    void summaryAfterAFailureCountsDroppedMessages() throws Exception {
        FailingOutput out = new FailingOutput(0);
        try (RunningLauncher server =
                RunningLauncher.start(new TcpServerLauncher(), out, "127.0.0.1", "0")) {
            try (RunningLauncher client = client(server.port())) {
                assertEquals(1, client.status(), client::out);
            }
            assertEquals(2, server.status());
            String summary = server.awaitErr(", up ");
            String expected =
                    "tcp-server: 0 messages from 1 connection, 12 B received, 13 B sent, ";
            assertTrue(summary.startsWith(expected), summary);
            assertTrue(summary.contains(", 1 dropped, 1 unrecorded, up "), summary);
            String[] lines = server.err().split("\n");
            assertEquals(3, lines.length, server::err);
            assertEquals("tcp-server: " + FailingOutput.ERROR, lines[2]);
        }
    }

    @Test
    void failingOutputOfUdpExitsWith2() throws Exception {
        FailingOutput out = new FailingOutput(1);
        try (RunningLauncher server =
                RunningLauncher.start(new UdpServerLauncher(), out, "127.0.0.1", "0")) {
            for (int i = 0; i < 2; i++) {
                try (RunningLauncher client =
                        RunningLauncher.start(
                                new UdpClientLauncher(), "-m", "m" + i, ":" + server.port())) {
                    assertEquals(0, client.status(), client::err);
                }
            }
            assertEquals(2, server.status());
            assertTrue(server.out().startsWith("received: m0 from "), server::out);
            assertTrue(out.refused().startsWith("received: m1 from "), out.refused());
            server.awaitErr("udp-server: " + FailingOutput.ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void outputThatFailsAtTheStartExitsWith2AndReleasesThePort(String name) throws Exception {
        FailingOutput out = new FailingOutput(0);
        Launcher launcher = launcher(name);
        try (RunningLauncher server =
                RunningLauncher.start(launcher, out, "--format", "json", "127.0.0.1", "0")) {
            assertEquals(2, server.status());
            assertEquals(name + ": " + FailingOutput.ERROR + "\n", server.err());
        }
        List<JsonNode> events = Events.parse(out.refused());
        assertEquals(List.of("listening"), Events.names(events));
        String local = events.getFirst().get("local").asText();
        int port = Integer.parseInt(local.substring(local.lastIndexOf(':') + 1));
        assertEquals("127.0.0.1:" + port, local);
        try (ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(null)) {
            InetSocketAddress address = new InetSocketAddress(LOOPBACK, port);
            if (name.equals("tcp-server")) {
                tcp.bind(address);
                assertTrue(tcp.isBound());
            } else {
                udp.bind(address);
                assertTrue(udp.isBound());
            }
        }
    }

    private static Launcher launcher(String name) {
        return name.equals("tcp-server") ? new TcpServerLauncher() : new UdpServerLauncher();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void portInUseExitsWith2WithoutOutput(String format) throws Exception {
        try (ServerSocket tcp = new ServerSocket(0, 1, LOOPBACK);
                DatagramSocket udp = new DatagramSocket(0, LOOPBACK)) {
            assertTaken("tcp-server", tcp.getLocalPort(), format);
            assertTaken("udp-server", udp.getLocalPort(), format);
        }
    }

    private static void assertTaken(String name, int port, String format) throws Exception {
        String endpoint = "127.0.0.1:" + port;
        try (RunningLauncher server =
                RunningLauncher.start(launcher(name), "--format=" + format, endpoint)) {
            assertEquals(2, server.status());
            assertEquals("", server.out());
            assertEquals(
                    name + ": listen on " + endpoint + " failed: address already in use\n",
                    server.err());
        }
    }

    @Test
    void verbosePrintsNoStackTraceOfAPortInUse() throws Exception {
        try (ServerSocket tcp = new ServerSocket(0, 1, LOOPBACK);
                RunningLauncher server =
                        RunningLauncher.start(
                                new TcpServerLauncher(),
                                "127.0.0.1",
                                Integer.toString(tcp.getLocalPort()),
                                "--verbose")) {
            assertEquals(2, server.status());
            assertEquals(
                    "tcp-server: listen on 127.0.0.1:"
                            + tcp.getLocalPort()
                            + " failed: address already in use\n",
                    server.err());
        }
    }
}
