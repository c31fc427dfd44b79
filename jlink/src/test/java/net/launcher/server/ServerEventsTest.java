package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.launcher.Events;
import net.launcher.Launcher;
import net.launcher.RunningLauncher;
import net.launcher.TcpServerLauncher;
import net.launcher.TestSockets;
import net.launcher.UdpServerLauncher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.DatagramSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Log lines of a server on its sockets and on refused peers. */
@Timeout(60)
class ServerEventsTest {
    private static final Pattern REFUSED =
            Pattern.compile(
                    "udp-server: refused 127\\.0\\.0\\.1:(\\d+): denied( \\(after (\\d+)"
                            + " more\\))?");

    private static RunningLauncher start(String name, String... args) {
        Launcher launcher =
                name.equals("tcp-server") ? new TcpServerLauncher() : new UdpServerLauncher();
        return RunningLauncher.start(launcher, args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void logsALinePerSocket(String name) throws Exception {
        try (RunningLauncher server = start(name, "--format=json", "127.0.0.2:0", "127.0.0.1:0")) {
            String port = server.port();
            assertEquals(0, server.interrupt().status());
            assertEquals(
                    name
                            + ": listening on 127.0.0.2:"
                            + port
                            + "\n"
                            + name
                            + ": listening on 127.0.0.1:"
                            + port
                            + "\n",
                    server.err());
            List<JsonNode> events = Events.parse(server.out());
            assertEquals(List.of("listening", "listening", "summary"), Events.names(events));
            assertEquals("127.0.0.2:" + port, events.get(0).get("local").textValue());
            assertEquals("127.0.0.1:" + port, events.get(1).get("local").textValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void verbosePrintsTheGrantedBuffers(String name) throws Exception {
        String[] args = {
            "--verbose", "--receive-buffer=64K", "--send-buffer=32K", "127.0.0.1:0", "127.0.0.2:0"
        };
        try (RunningLauncher server = start(name, args)) {
            String port = server.port();
            assertEquals(0, server.interrupt().status());
            String buffers = ": receive buffer 65536 B, send buffer 32768 B";
            assertEquals(
                    List.of(
                            name + ": listening on 127.0.0.1:" + port,
                            name + ": 127.0.0.1:" + port + buffers,
                            name + ": listening on 127.0.0.2:" + port,
                            name + ": 127.0.0.2:" + port + buffers),
                    server.err().lines().limit(4).toList());
            assertEquals(5, server.err().lines().count(), server::err);
        }
    }

    @Test
    void logsRefusalsOncePerSecondWithACount() throws Exception {
        try (RunningLauncher server =
                        start("udp-server", "--verbose", "--deny=127.0.0.1", "127.0.0.1:0");
                DatagramSocket peer = TestSockets.udp()) {
            server.port();
            long startNanos = System.nanoTime();
            int sent = 0;
            while (refusals(server).size() < 2) {
                TestSockets.send(peer, server, new byte[1]);
                sent++;
            }
            Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
            assertTrue(time.toMillis() >= 999, time::toString);
            assertEquals(0, server.interrupt().status());
            long told = 0;
            for (String line : refusals(server)) {
                Matcher matcher = REFUSED.matcher(line);
                assertTrue(matcher.matches(), line);
                assertEquals(Integer.toString(peer.getLocalPort()), matcher.group(1));
                assertEquals(told == 0, matcher.group(2) == null, line);
                told += told == 0 ? 1 : 1 + Long.parseLong(matcher.group(3));
            }
            assertTrue(told > 2, "none was held back: " + server.err());
            String summary = server.awaitErr(" refused (denied)");
            Matcher counted = Pattern.compile(", (\\d+) refused \\(denied\\)").matcher(summary);
            assertTrue(counted.find(), summary);
            long refused = Long.parseLong(counted.group(1));
            assertTrue(told <= refused && refused <= sent, told + " " + refused + " " + sent);
        }
    }

    private static List<String> refusals(RunningLauncher server) {
        return server.err().lines().filter(line -> line.contains(": denied")).toList();
    }

    @Test
    void refusalNamesPeerAndReason() throws Exception {
        try (RunningLauncher server =
                        start(
                                "tcp-server",
                                "--service=echo",
                                "--max-connections=1",
                                "--format=json",
                                "127.0.0.1:0");
                Socket first = TestSockets.tcp(server)) {
            first.getOutputStream().write(1);
            assertEquals(1, first.getInputStream().read());
            try (Socket second = TestSockets.tcp(server)) {
                TestSockets.assertReset(second);
                assertEquals(
                        "tcp-server: refused 127.0.0.1:" + second.getLocalPort() + ": limit",
                        server.awaitErr("refused "));
            }
            first.shutdownOutput();
            assertEquals(-1, first.getInputStream().read());
            assertEquals(0, server.interrupt().status());
            JsonNode summary = Events.parse(server.out()).getLast();
            assertEquals("{\"limit\":1}", summary.get("refused").toString());
        }
    }
}
