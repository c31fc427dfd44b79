package net.launcher.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.ImageLaunchers;
import net.launcher.TestSockets;
import net.launcher.selftest.SelfTestReport.CheckException;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.net.Socket;

/** A server run by {@code selftest}. */
class CheckedServerTest {
    private static final Launchers LAUNCHERS = new ImageLaunchers();

    private static CheckedServer start(Transport transport, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "127.0.0.1";
        args[1] = "0";
        System.arraycopy(options, 0, args, 2, options.length);
        return CheckedServer.start(LAUNCHERS, transport, args);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void stopReturnsTheResults(Transport transport) throws Exception {
        try (CheckedServer server = start(transport, "--format=json")) {
            assertTrue(server.port() > 0);
            server.awaitOut("listening");
            assertTrue(server.end().contains("{\"event\":\"summary\""));
        }
    }

    @Test
    void missingLineIsReportedWithTheOutput() throws Exception {
        try (CheckedServer server = start(Transport.TCP, "--count=1")) {
            try (Socket peer = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
                TestSockets.exchange(peer, TestSockets.bytes("what came"));
            }
            // The server has ended, so the wait ends too.
            CheckException failure =
                    assertThrows(CheckException.class, () -> server.awaitOut("what did not"));
            assertEquals("message not recorded: what came", failure.getMessage());
            server.awaitErr(" 1 message from 1 connection, ");
            failure = assertThrows(CheckException.class, () -> server.awaitErr("missing text"));
            assertTrue(
                    failure.getMessage()
                            .startsWith("refusal not logged: tcp-server: listening on "),
                    failure::getMessage);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void failedServerIsReportedWithItsError(Transport transport) {
        try (CheckedServer server = start(transport, "--count=0")) {
            String error =
                    transport.label()
                            + "-server: --count must be a number from 1 to 2^63-1: 0"
                            + " (see "
                            + transport.label()
                            + "-server --help)";
            CheckException notReady = assertThrows(CheckException.class, server::port);
            assertEquals("server not ready: " + error, notReady.getMessage());
            CheckException failed = assertThrows(CheckException.class, server::end);
            assertEquals("server failed: " + error, failed.getMessage());
        }
    }

    @Test
    void hangingServerIsReported() throws Exception {
        try (CheckedServer server = start(Transport.TCP, "--service=receive", "--drain=7s");
                Socket peer = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
            peer.getOutputStream().write(TestSockets.bytes("a\n"));
            server.awaitOut("a");
            CheckException failure = assertThrows(CheckException.class, server::end);
            assertEquals(
                    "server did not end: java.util.concurrent.TimeoutException",
                    failure.getMessage());
        }
    }
}
