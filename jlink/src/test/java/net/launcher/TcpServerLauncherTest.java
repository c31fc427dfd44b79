package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** {@code tcp-server} from its first line to its exit status. */
class TcpServerLauncherTest {
    private static final String TIME = "\\d+\\.\\d\\d? m?s";

    private static RunningLauncher server(String... args) {
        return RunningLauncher.start(new TcpServerLauncher(), args);
    }

    private static Socket connect(RunningLauncher server) throws Exception {
        return new Socket(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(server.port()));
    }

    private static byte[] exchange(RunningLauncher server, String message) throws Exception {
        try (Socket socket = connect(server)) {
            socket.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1 0, 127\\.0\\.0\\.1",
        "127.0.0.1:0, 127\\.0\\.0\\.1",
        ":0, '(\\[::\\]|0\\.0\\.0\\.0)'"
    })
    void interruptExitsWith0AndASummary(String operands, String local) throws Exception {
        try (RunningLauncher server = server(operands.split(" "))) {
            String port = server.port();
            assertEquals("hello client!", new String(exchange(server, "a"), "US-ASCII"));
            exchange(server, "grüße");
            assertEquals(0, server.interrupt().status());
            assertEquals("a\ngrüße\n", server.out());
            String expected =
                    "tcp-server: listening on "
                            + local
                            + ":"
                            + port
                            + "\n"
                            + "tcp-server: 2 messages from 2 connections, 8 B received, 26 B sent,"
                            + " 0 truncated, 0 dropped, up "
                            + TIME
                            + "\n";
            assertTrue(server.err().matches(expected), server::err);
        }
    }

    @Test
    void anyMessageIsOneLine() throws Exception {
        try (RunningLauncher server = server("127.0.0.1", "0")) {
            exchange(server, "a\nforged: \u001b[2J\u2028\\x41\r");
            exchange(server, "b");
            assertEquals(0, server.interrupt().status());
            assertEquals("a\\x0Aforged: \\x1B[2J\\u{2028}\\x5Cx41\\x0D\nb\n", server.out());
        }
    }

    @Test
    void reportsATruncatedMessage() throws Exception {
        try (RunningLauncher server = server("127.0.0.1", "0")) {
            exchange(server, "a".repeat(1024) + "b".repeat(976));
            String printed = server.awaitErr("truncated: ");
            assertTrue(
                    printed.matches(
                            "tcp-server: message from 127\\.0\\.0\\.1:\\d+ truncated: kept 1024 of"
                                    + " 2000 bytes"),
                    printed);
            assertEquals(0, server.interrupt().status());
            assertEquals("a".repeat(1024) + "\n", server.out());
            server.awaitErr(" 2000 B received, 13 B sent, 1 truncated, 0 dropped, ");
        }
    }

    @Test
    void messagesOfConcurrentPeersAreALineEach() throws Exception {
        List<String> messages = IntStream.range(100, 140).mapToObj(i -> "message " + i).toList();
        try (RunningLauncher server = server("127.0.0.1", "0")) {
            try (ExecutorService peers = Executors.newVirtualThreadPerTaskExecutor()) {
                messages.forEach(message -> peers.submit(() -> exchange(server, message)));
            }
            assertEquals(0, server.interrupt().status());
            assertEquals(messages, server.out().lines().sorted().toList());
        }
    }

    @Test
    void verbosePrintsTheEndOfEachPeer() throws Exception {
        try (RunningLauncher server = server("--verbose", "127.0.0.1", "0")) {
            try (Socket peer = connect(server)) {
                peer.getOutputStream().write("hello sever!".getBytes(StandardCharsets.US_ASCII));
                peer.shutdownOutput();
                peer.getInputStream().readAllBytes();
                assertEnd(server, peer, "receipt, 12 B received, 13 B sent");
            }
            try (Socket silent = connect(server)) {
                silent.shutdownOutput();
                silent.getInputStream().readAllBytes();
                assertEnd(server, silent, "closed, 0 B received, 13 B sent");
            }
            try (Socket rude = connect(server)) {
                rude.getInputStream().readNBytes(13);
                reset(rude);
                assertEnd(server, rude, "reset, 0 B received, 13 B sent");
            }
            assertEquals(0, server.interrupt().status());
            server.awaitErr("1 message from 3 connections, ");
            server.awaitErr(", 0 dropped, 1 reset, up ");
        }
    }

    private static void assertEnd(RunningLauncher server, Socket peer, String end)
            throws Exception {
        String address = "127.0.0.1:" + peer.getLocalPort();
        String line = server.awaitErr(address + ": ");
        String expected = "tcp-server: " + address + ": " + end + " in ";
        assertTrue(line.startsWith(expected), line);
        assertTrue(line.substring(expected.length()).matches(TIME), line);
    }

    @Test
    void printsNothingAboutPeersByDefault() throws Exception {
        try (RunningLauncher server = server("127.0.0.1", "0")) {
            exchange(server, "a");
            assertEquals(0, server.interrupt().status());
            assertEquals(2, server.err().lines().count(), server::err);
        }
    }

    @Test
    void recordsAMessageReceivedDuringTheDrain() throws Exception {
        try (RunningLauncher server = server("--format=json", "127.0.0.1", "0");
                Socket peer = connect(server)) {
            peer.getInputStream().readNBytes(13);
            server.interrupt();
            peer.getOutputStream().write("late".getBytes(StandardCharsets.US_ASCII));
            peer.shutdownOutput();
            assertEquals(-1, peer.getInputStream().read());
            assertEquals(0, server.status());
            List<JsonNode> events = Events.parse(server.out());
            assertEquals(List.of("listening", "message", "summary"), Events.names(events));
            assertEquals("late", events.get(1).get("text").asText());
        }
    }

    @Test
    void jsonCountsErrorsByKind() throws Exception {
        try (RunningLauncher server = server("--format=json", "--verbose", "127.0.0.1", "0")) {
            for (int i = 0; i < 2; i++) {
                try (Socket rude = connect(server)) {
                    rude.getInputStream().readNBytes(13);
                    reset(rude);
                    assertEnd(server, rude, "reset, 0 B received, 13 B sent");
                }
            }
            assertEquals(0, server.interrupt().status());
            List<JsonNode> events = Events.parse(server.out());
            assertEquals(List.of("listening", "summary"), Events.names(events));
            assertEquals("{\"reset\":2}", events.getLast().get("errors").toString());
            assertEquals("{}", events.getLast().get("refused").toString());
            assertEquals(2, events.getLast().get("accepted").asInt());
            assertEquals(0, events.getLast().get("messages").asInt());
        }
    }
}
