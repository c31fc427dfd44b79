package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;

/** Reports of running servers. */
class ReportIT {
    @Test
    void usr1PrintsTotalsAndTheServerContinues() throws IOException {
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            int port = server.port();
            server.signal("USR1").awaitErr("tcp-server: 0 messages from 0 connections, ");
            try (TcpPeer peer = TcpPeer.greeted(port)) {
                server.signal("USR1")
                        .awaitErr("tcp-server: 0 messages from 1 connection, 1 active, ");
                assertEquals("<closed>", peer.send("hello").awaitEnd());
            }
            Await.holds(
                    "counted as ended",
                    () ->
                            server.signal("USR1")
                                    .errLines()
                                    .getLast()
                                    .contains("1 message from 1 connection, 5 B received, "));
            server.awaitErr("tcp-server: 1 message from 1 connection, 5 B received, 13 B sent, ");
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals("hello\n", ended.out());
        }
    }

    @Test
    void usr1DoesNotWriteToStandardOutput() {
        try (RunningProcess server =
                ProcessCommand.of("udp-server", "--format", "json", "127.0.0.1", "0").start()) {
            server.port();
            server.signal("USR1").awaitErr("udp-server: 0 messages from 0 datagrams, ");
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(2, ended.out().lines().count(), ended::out);
            assertTrue(ended.lastLine().startsWith("{\"event\":\"summary\","), ended.out());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "greet,   hello, receipt,  '5 B received, 13 B sent'",
        "greet,   '',    closed,   '0 B received, 13 B sent'",
        "receive, hello, receipt,  '5 B received, 0 B sent'",
        "echo,    hello, closed,   '5 B received, 5 B sent'",
        "discard, hello, closed,   '5 B received, 0 B sent'"
    })
    void verboseSaysHowEachConnectionEnded(String service, String text, String end, String bytes)
            throws IOException {
        String option = "--service=" + service;
        try (RunningProcess server =
                        ProcessCommand.of("tcp-server", "--verbose", option, "127.0.0.1", "0")
                                .start();
                TcpPeer peer = TcpPeer.connect(server.port())) {
            peer.send(text).awaitEnd();
            String line = server.awaitErr(": " + end + ", ");
            assertTrue(
                    line.matches(
                            "tcp-server: 127\\.0\\.0\\.1:%d: %s, %s in \\d+\\.\\d+ m?s"
                                    .formatted(peer.localPort(), end, bytes)),
                    line);
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(4, ended.err().lines().count(), ended::err);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"greet", "receive", "echo", "discard"})
    void verboseReportsAResetByThePeer(String service) throws IOException {
        String option = "--service=" + service;
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", "--verbose", option, "127.0.0.1", "0").start()) {
            try (TcpPeer peer = TcpPeer.connect(server.port())) {
                peer.write("half a line").reset();
            }
            server.awaitErr(": reset, ");
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(4, ended.err().lines().count(), ended::err);
            assertTrue(List.of("", "half a line\n").contains(ended.out()), ended::out);
        }
    }

    @Test
    void doesNotReportConnectionsByDefault() throws IOException {
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            int port = server.port();
            TcpPeer.greeted(port).reset();
            try (TcpPeer peer = TcpPeer.greeted(port)) {
                assertEquals("<closed>", peer.send("hello").awaitEnd());
            }
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(2, ended.err().lines().count(), ended::err);
            assertTrue(ended.err().contains(" from 2 connections, "), ended::err);
            assertTrue(ended.err().contains(", 1 reset, up "), ended::err);
        }
    }
}
