package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges between the launchers as processes. */
class ExchangeIT {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void tcpClientPrintsGreetingAndServerPrintsMessage(String host) {
        try (RunningProcess server = ProcessCommand.of("tcp-server", host, "0").start()) {
            String port = Integer.toString(server.port());
            assertEquals(
                    new ProcessResult(0, "hello client!\n", ""),
                    ProcessCommand.of("tcp-client", host, port).run());
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals("hello sever!\n", ended.out());
            assertTrue(
                    ended.err().contains("tcp-server: 1 message from 1 connection, "), ended.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void udpServerPrintsDatagramAndPeer(String host) {
        try (RunningProcess server = ProcessCommand.of("udp-server", host, "0").start()) {
            String port = Integer.toString(server.port());
            assertEquals(
                    new ProcessResult(0, "", ""),
                    ProcessCommand.of("udp-client", host, port).run());
            String line = server.awaitOut("received: ");
            String peer = host.equals("::1") ? "\\[::1]:\\d+" : "127\\.0\\.0\\.1:\\d+";
            assertTrue(line.matches("received: hello sever! from " + peer), line);
            ProcessResult ended = server.signal("INT").end();
            assertEquals(0, ended.status());
            assertEquals(line + "\n", ended.out());
        }
    }

    @Test
    void readyLineHasTheBoundPort() {
        try (RunningProcess server = ProcessCommand.of("tcp-server", ":0").start()) {
            String ready = server.awaitErr("listening");
            assertTrue(ready.matches("tcp-server: listening on \\[::]:[1-9]\\d+"), ready);
            assertFalse(ready.endsWith(":0"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void wildcardOfIpv4ListensOnIpv4(String launcher) {
        try (RunningProcess server = ProcessCommand.of(launcher, "0.0.0.0:0").start()) {
            String ready = server.awaitErr("listening");
            assertTrue(ready.matches(launcher + ": listening on 0\\.0\\.0\\.0:\\d+"), ready);
        }
    }

    @Test
    void sendsTheMessageInUtf8WhateverTheLocale() {
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", ":0").env("LC_ALL", "C").start()) {
            ProcessResult client =
                    ProcessCommand.of("tcp-client", "-m", "grüße ☃", ":" + server.port())
                            .env("LC_ALL", "C")
                            .run();
            assertEquals(new ProcessResult(0, "hello client!\n", ""), client);
            assertEquals("grüße ☃", server.awaitOut("☃"));
        }
    }
}
