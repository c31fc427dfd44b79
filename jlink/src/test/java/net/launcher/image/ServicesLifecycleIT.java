package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The end, the limits and the signals of a server of several services. */
class ServicesLifecycleIT {
    @TempDir private Path folder;

    private static RunningProcess serve(String... args) {
        return ProcessCommand.of("tcp-server", args).start();
    }

    private static RunningProcess greetAndReceive(String drain) {
        return serve("--drain", drain, "greet=127.0.0.1:0", "receive=127.0.0.1:0");
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private static void assertReset(int port) {
        try (TcpPeer peer = TcpPeer.connect(port)) {
            assertEquals("<reset>", peer.awaitEnd());
        } catch (IOException expected) {
            assertEquals("Connection reset by peer", expected.getMessage());
        }
    }

    @Test
    void messagesInFlightAreRecordedByAllServices() throws IOException {
        try (RunningProcess server = greetAndReceive("1m")) {
            List<Integer> ports = ServicePorts.of(server, 2);
            try (TcpPeer greeted = TcpPeer.greeted(ports.get(0));
                    TcpPeer receiving = TcpPeer.connect(ports.get(1))) {
                receiving.write("first\nsec");
                server.awaitOut("first");
                server.signal("TERM");
                TcpPeer.awaitRefusal(ports.get(0));
                TcpPeer.awaitRefusal(ports.get(1));
                assertEquals("<closed>", greeted.send("hello").awaitEnd());
                assertEquals("<closed>", receiving.send("ond\nthird").awaitEnd());
            }
            ProcessResult ended = server.end();
            assertEquals(0, ended.status(), ended::err);
            assertEquals(
                    List.of("first", "hello", "second", "third"),
                    ended.out().lines().sorted().toList());
            assertTrue(ended.err().contains("tcp-server: 4 messages from "), ended::err);
            assertTrue(ended.err().contains("tcp-server: greet: 1 message from "), ended::err);
            assertTrue(ended.err().contains("tcp-server: receive: 3 messages from "), ended::err);
        }
    }

    @Test
    void allServicesDrainWithinOneGraceTime() throws IOException {
        try (RunningProcess server = greetAndReceive("4s")) {
            List<Integer> ports = ServicePorts.of(server, 2);
            try (TcpPeer greeted = TcpPeer.greeted(ports.get(0));
                    TcpPeer silent = TcpPeer.connect(ports.get(1))) {
                server.awaitTotals(" 2 active, ");
                long startNanos = System.nanoTime();
                server.signal("TERM");
                assertEquals("<reset>", greeted.awaitEnd());
                assertEquals("<reset>", silent.awaitEnd());
                ProcessResult ended = server.end();
                Duration time = since(startNanos);
                assertTrue(time.toMillis() >= 4000 && time.toSeconds() < 8, time::toString);
                assertEquals(0, ended.status());
                assertTrue(ended.err().contains(", 2 aborted, up "), ended::err);
            }
        }
    }

    @Test
    void secondSignalAbortsAllServices() throws IOException {
        try (RunningProcess server = greetAndReceive("1m")) {
            List<Integer> ports = ServicePorts.of(server, 2);
            try (TcpPeer greeted = TcpPeer.greeted(ports.get(0));
                    TcpPeer receiving = TcpPeer.connect(ports.get(1))) {
                receiving.write("kept\n");
                server.awaitOut("kept");
                server.signal("INT");
                TcpPeer.awaitRefusal(ports.get(0));
                TcpPeer.awaitRefusal(ports.get(1));
                long startNanos = System.nanoTime();
                server.signal("INT");
                assertEquals("<reset>", greeted.awaitEnd());
                assertEquals("<reset>", receiving.awaitEnd());
                ProcessResult ended = server.end();
                assertTrue(since(startNanos).toSeconds() < 5, "waited");
                assertEquals(0, ended.status());
                assertEquals("kept\n", ended.out());
            }
        }
    }

    @Test
    void countIsThatOfAllServices() throws IOException {
        try (RunningProcess server =
                serve(
                        "--count",
                        "3",
                        "greet=127.0.0.1:0",
                        "receive=127.0.0.1:0",
                        "echo=127.0.0.1:0")) {
            List<Integer> ports = ServicePorts.of(server, 3);
            for (int port : ports) {
                try (TcpPeer peer = TcpPeer.connect(port)) {
                    assertTrue(peer.send("a").awaitEnd().endsWith("<closed>"));
                }
            }
            ProcessResult ended = server.end();
            assertEquals(0, ended.status(), ended::err);
            assertEquals("a\na\n", ended.out());
        }
    }

    @Test
    void limitOnConnectionsIsThatOfAllServices() throws IOException {
        try (RunningProcess server =
                serve("--max-connections=2", "echo=127.0.0.1:0", "discard=127.0.0.1:0")) {
            List<Integer> ports = ServicePorts.of(server, 2);
            try (TcpPeer echo = TcpPeer.connect(ports.get(0));
                    TcpPeer discard = TcpPeer.connect(ports.get(1))) {
                server.awaitTotals(" 2 active, ");
                assertReset(ports.get(1));
                assertEquals("a<closed>", echo.send("a").awaitEnd());
                server.awaitTotals(" 1 active, ");
                try (TcpPeer next = TcpPeer.connect(ports.get(1))) {
                    assertEquals("<closed>", next.send("a").awaitEnd());
                }
                assertEquals("<closed>", discard.send("a").awaitEnd());
            }
            ProcessResult ended = server.signal("TERM").end();
            List<String> lines = ended.err().lines().toList();
            String service = lines.get(lines.size() - 2);
            assertTrue(service.startsWith("tcp-server: discard: 0 messages from 2 "), service);
            assertTrue(service.contains(", 1 refused (limit), "), service);
            String total = lines.getLast();
            assertTrue(total.startsWith("tcp-server: 0 messages from 3 connections, "), total);
            assertTrue(total.contains(", 1 refused (limit), "), total);
        }
    }

    @Test
    void rulesAndOutputAreThoseOfAllServices() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules"), "127.0.0.9\n");
        Path log = folder.resolve("log");
        Path config =
                Files.writeString(
                        folder.resolve("lab.conf"),
                        "greet=127.0.0.1:0\nreceive=127.0.0.1:0\n--output %s\n--sync\n--deny @%s\n"
                                .formatted(log, rules));
        try (RunningProcess server = serve("--config", config.toString())) {
            List<Integer> ports = ServicePorts.of(server, 2);
            for (int port : ports) {
                try (TcpPeer peer = TcpPeer.connect(port)) {
                    assertTrue(peer.send("a").awaitEnd().endsWith("<closed>"));
                }
            }
            Path old = Files.move(log, folder.resolve("log.1"));
            Files.writeString(rules, "127.0.0.1\n");
            server.signal("HUP").awaitErr("rules reloaded");
            for (int port : ports) {
                try (TcpPeer peer = TcpPeer.connect("127.0.0.9", port)) {
                    assertTrue(peer.send("b").awaitEnd().endsWith("<closed>"));
                }
                assertReset(port);
            }
            assertEquals(0, server.signal("TERM").end().status());
            assertEquals("a\na\n", Files.readString(old));
            assertEquals("b\nb\n", Files.readString(log));
        }
    }

    @Test
    void udpServicesDoNotAnswerEachOther() {
        try (NetworkNamespace host = NetworkNamespace.start();
                RunningProcess server =
                        host.launch("udp-server", "echo=127.0.0.1:0", "stamp=127.0.0.1:0")
                                .start()) {
            List<Integer> ports = ServicePorts.of(server, 2);
            String address = "127.0.0.1";
            host.run("udp_spoof.py", address, ports.get(0), address, ports.get(1), 44);
            server.awaitTotals(" from 1 datagram, 44 B received, 0 B sent, ");
            host.run("udp_spoof.py", address, ports.get(1), address, ports.get(0), 44);
            server.awaitTotals(", 2 refused (own_port), up ");
            host.run("udp_query.py", "connected", ports.get(0), 44, address);
            server.awaitTotals(" from 3 datagrams, 132 B received, 44 B sent, ");
        }
    }
}
