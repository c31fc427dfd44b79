package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Servers started by a connection, on a socket of the service manager. */
class ActivationIT {
    @TempDir private Path folder;

    private static RunningProcess activate(String... args) {
        return ProcessCommand.python(
                        "activate.py", "tcp", ProcessCommand.bin("tcp-server"), "--inherited")
                .with(args)
                .start();
    }

    private static int port(RunningProcess activator) {
        return Integer.parseInt(activator.awaitOut("port ").substring("port ".length()));
    }

    /** Sends SIGTERM to the server. */
    private static void terminate(RunningProcess activator) {
        activator.process().children().findFirst().orElseThrow().destroy();
    }

    private static void awaitErr(RunningProcess server, int count, String part) {
        Await.holds(
                count + " times: " + part,
                () -> server.errLines().stream().filter(l -> l.contains(part)).count() == count);
    }

    private static void awaitEnded(RunningProcess activator, int count) {
        activator.awaitOut(lines -> lines.stream().filter("ended"::equals).count() == count);
    }

    @Test
    void systemdStartsAServerForEachConnection() throws IOException {
        Assume.success("systemd-socket-activate", "--version");
        Path log = folder.resolve("log");
        int port = freePort();
        String script =
                """
                while systemd-socket-activate --inetd -l 127.0.0.1:%d \
                  "$BIN"/tcp-server --inherited --output "$LOG" -c 1; do :; done
                """
                        .formatted(port);
        try (RunningProcess loop = ProcessCommand.sh(script).env("LOG", log.toString()).start()) {
            for (int i = 1; i <= 2; i++) {
                awaitErr(loop, i, "Listening on 127.0.0.1:" + port);
                try (TcpPeer peer = TcpPeer.greeted(port)) {
                    assertEquals("<closed>", peer.send("message " + i).awaitEnd());
                }
                awaitErr(loop, i, "tcp-server: 1 message from 1 connection, ");
            }
            awaitErr(loop, 2, "tcp-server: listening on 127.0.0.1:" + port);
            assertEquals("message 1\nmessage 2\n", Files.readString(log));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void connectionAfterTheEndStartsTheNextServer(String signal) throws IOException {
        try (RunningProcess activator = activate()) {
            int port = port(activator);
            for (int i = 1; i <= 2; i++) {
                try (TcpPeer peer = TcpPeer.greeted(port)) {
                    assertEquals("<closed>", peer.send("message " + i).awaitEnd());
                }
                awaitErr(activator, i, "tcp-server: listening on 127.0.0.1:" + port);
                activator.awaitOut("message " + i);
                ProcessHandle server = activator.process().children().findFirst().orElseThrow();
                if (signal.equals("KILL")) {
                    server.destroyForcibly();
                } else {
                    server.destroy();
                    awaitErr(activator, i, "tcp-server: 1 message from 1 connection, ");
                }
                awaitEnded(activator, i);
            }
        }
    }

    @Test
    void connectionDuringTheDrainIsServedByTheNextServer() throws IOException {
        try (RunningProcess activator = activate("--service", "echo", "--drain", "1m")) {
            int port = port(activator);
            try (TcpPeer old = TcpPeer.connect(port)) {
                assertEquals("old", old.write("old").read(3));
                terminate(activator);
                try (Socket late = connectUnserved(port)) {
                    assertEquals("er<closed>", old.send("er").awaitEnd());
                    assertEquals(
                            "late",
                            new String(
                                    late.getInputStream().readNBytes(4),
                                    StandardCharsets.US_ASCII));
                }
            }
            awaitErr(activator, 1, "tcp-server: 0 messages from ");
            awaitErr(activator, 2, "tcp-server: listening on 127.0.0.1:" + port);
        }
    }

    /** Opens a connection that is not accepted, once the server has stopped accepting. */
    private static Socket connectUnserved(int port) throws IOException {
        while (true) {
            Socket socket = new Socket("127.0.0.1", port);
            socket.getOutputStream().write("late".getBytes(StandardCharsets.US_ASCII));
            // Much longer than an answer takes on a busy machine.
            socket.setSoTimeout(3000);
            try {
                socket.getInputStream().read();
                socket.close();
            } catch (SocketTimeoutException expected) {
                socket.setSoTimeout(30_000);
                return socket;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, 127.0.0.1", "tcp6, [::1]"})
    void drainPrintsItsSummaryInJson(String kind, String host) throws IOException {
        try (RunningProcess activator =
                ProcessCommand.python(
                                "activate.py",
                                kind,
                                ProcessCommand.bin("tcp-server"),
                                "--inherited",
                                "--format",
                                "json",
                                "--service",
                                "receive")
                        .start()) {
            int port = port(activator);
            ProcessCommand client =
                    ProcessCommand.of("tcp-client", "--service", "pipe", host, "" + port);
            try (RunningProcess peer = client.start()) {
                peer.process()
                        .getOutputStream()
                        .write("first\n".getBytes(StandardCharsets.US_ASCII));
                peer.process().getOutputStream().flush();
                activator.awaitOut("\"first\"");
                terminate(activator);
                peer.process()
                        .getOutputStream()
                        .write("last\n".getBytes(StandardCharsets.US_ASCII));
                peer.process().getOutputStream().close();
                assertEquals(0, peer.end().status());
            }
            awaitEnded(activator, 1);
            List<String> lines = activator.outLines();
            EventList events = EventList.of(String.join("\n", lines.subList(1, lines.size() - 1)));
            assertEquals(
                    host + ":" + port, events.named("listening").getFirst().get("local").asText());
            assertEquals(2, events.total("messages"));
            assertEquals(1, events.total("accepted"));
        }
    }

    @Test
    void countEndsTheServerAndLeavesTheRestToTheNext() throws IOException {
        try (RunningProcess activator = activate("-c", "1");
                TcpPeer first = TcpPeer.greeted(port(activator))) {
            assertEquals("<closed>", first.send("first").awaitEnd());
            awaitEnded(activator, 1);
            try (TcpPeer second = TcpPeer.greeted(port(activator))) {
                assertEquals("<closed>", second.send("second").awaitEnd());
            }
            awaitEnded(activator, 2);
            assertTrue(activator.outLines().containsAll(List.of("first", "second")));
        }
    }

    @Test
    void hangUpReopensTheOutput() throws IOException {
        Path log = folder.resolve("log");
        Path config = Files.writeString(folder.resolve("lab.conf"), "--output " + log);
        try (RunningProcess activator = activate("--config", config.toString());
                TcpPeer first = TcpPeer.greeted(port(activator))) {
            assertEquals("<closed>", first.send("first").awaitEnd());
            Path old = Files.move(log, folder.resolve("old"));
            ProcessHandle server = activator.process().children().findFirst().orElseThrow();
            assertEquals(0, ProcessCommand.sh("kill -s HUP " + server.pid()).run().status());
            // The file exists shortly before the server writes to it.
            ProcessStats process = new ProcessStats(server);
            Await.holds("opened again", () -> process.hasOpen(log));
            Await.holds("old file closed", () -> !process.hasOpen(old));
            try (TcpPeer second = TcpPeer.greeted(port(activator))) {
                assertEquals("<closed>", second.send("second").awaitEnd());
            }
            assertEquals("second\n", Files.readString(log));
        }
    }
}
