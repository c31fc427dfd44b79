package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Signals to server launchers. */
class ServerLauncherTest {
    @TempDir private Path folder;

    @Test
    void graceTimeOfARunningServerIsItsDrainTime() throws Exception {
        ServerLauncher launcher = new TcpServerLauncher();
        assertEquals(Duration.ZERO, launcher.grace());
        try (RunningLauncher server =
                RunningLauncher.start(launcher, "127.0.0.1", "0", "--drain=7s")) {
            server.port();
            assertEquals(Duration.ofSeconds(7), launcher.grace());
        }
        launcher = new UdpServerLauncher();
        try (RunningLauncher server = RunningLauncher.start(launcher, "127.0.0.1", "0")) {
            server.port();
            assertEquals(Duration.ofSeconds(5), launcher.grace());
        }
    }

    @Test
    void hangUpWithoutAFileEndsTheServer() throws Exception {
        ServerLauncher launcher = new TcpServerLauncher();
        try (RunningLauncher server = RunningLauncher.start(launcher, "127.0.0.1", "0")) {
            server.port();
            assertFalse(launcher.hangUp());
        }
        assertFalse(new UdpServerLauncher().hangUp());
    }

    @Test
    void hangUpReopensTheFile() throws Exception {
        ServerLauncher launcher = new TcpServerLauncher();
        Path file = folder.resolve("log");
        Path moved = folder.resolve("log.1");
        try (RunningLauncher server =
                RunningLauncher.start(launcher, "--output", file.toString(), "127.0.0.1", "0")) {
            TestSockets.exchange(server, "before");
            Files.move(file, moved);
            TestSockets.exchange(server, "between");
            assertTrue(launcher.hangUp());
            TestSockets.exchange(server, "after");
            assertEquals(0, server.interrupt().status());
            assertEquals("before\nbetween\n", Files.readString(moved));
            assertEquals("after\n", Files.readString(file));
            assertEquals(2, server.err().lines().count(), server::err);
        }
    }

    @Test
    void hangUpReportsAFailedReopenAndContinues() throws Exception {
        ServerLauncher launcher = new UdpServerLauncher();
        Path file = folder.resolve("log");
        Path moved = folder.resolve("log.1");
        try (RunningLauncher server =
                        RunningLauncher.start(
                                launcher, "--output", file.toString(), "127.0.0.1", "0");
                DatagramSocket peer = TestSockets.udp()) {
            server.port();
            Files.move(file, moved);
            Files.createDirectory(file);
            assertTrue(launcher.hangUp());
            String printed = "udp-server: open " + file + " failed: is a directory";
            assertEquals(printed, server.awaitErr("failed"));
            TestSockets.send(peer, server, TestSockets.bytes("a"));
            assertEquals(0, server.interrupt().status());
            String from = " from 127.0.0.1:" + peer.getLocalPort() + "\n";
            assertEquals("received: a" + from, Files.readString(moved));
        }
    }

    @Test
    void reportPrintsTheCountersSoFar() throws Exception {
        ServerLauncher launcher = new TcpServerLauncher();
        try (RunningLauncher server =
                RunningLauncher.start(launcher, "127.0.0.1", "0", "--format=json")) {
            TestSockets.exchange(server, "a");
            try (Socket peer = TestSockets.tcp(server)) {
                String expected =
                        "tcp-server: 1 message from 2 connections, 1 active, 1 B received, 26 B"
                                + " sent, 0 truncated, 0 dropped, up ";
                // The first peer sees the close shortly before the server counts it.
                for (int i = 0; i < 1000 && !server.err().contains(expected); i++) {
                    launcher.report();
                    Thread.yield();
                }
                String printed = server.awaitErr(expected);
                assertTrue(
                        printed.substring(expected.length()).matches("\\d+\\.\\d\\d? m?s"),
                        printed);
                assertEquals(2, server.out().lines().count(), server::out);
                TestSockets.exchange(peer, TestSockets.bytes("b"));
            }
            assertEquals(0, server.interrupt().status());
            assertEquals(2, Events.parse(server.out()).getLast().get("accepted").asInt());
        }
    }

    @Test
    void reportBeforeListeningPrintsNothing() throws Exception {
        ServerLauncher launcher = new TcpServerLauncher();
        launcher.report();
        try (RunningLauncher server = RunningLauncher.start(launcher, "--count=0")) {
            assertEquals(2, server.status());
            launcher.report();
            assertEquals(1, server.err().lines().count(), server::err);
        }
    }
}
