package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Failures of network, peer and port. */
class FailureIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void tcpRefusalExitsWith1() throws IOException {
        // Bound but not listening, so that the port refuses connections.
        try (Socket holder = new Socket()) {
            holder.bind(new InetSocketAddress(LOOPBACK, 0));
            assertRefused("tcp-client", "connect to", holder.getLocalPort());
        }
    }

    @Test
    void udpRefusalExitsWith1() throws IOException {
        // Bound and connected to another port, so that it refuses datagrams.
        try (DatagramSocket holder = new DatagramSocket(0, LOOPBACK)) {
            holder.connect(LOOPBACK, holder.getLocalPort());
            assertRefused("udp-client", "send to", holder.getLocalPort());
        }
    }

    private static void assertRefused(String client, String verb, int port) {
        String endpoint = "127.0.0.1:" + port;
        assertEquals(
                new ProcessResult(
                        1,
                        "",
                        client + ": " + verb + " " + endpoint + " failed: connection refused\n"),
                ProcessCommand.of(client, endpoint).run());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-client", "udp-client"})
    void unknownNameExitsWith1(String client) {
        assertEquals(
                new ProcessResult(
                        1, "", client + ": lookup of nosuch.invalid:8888 failed: name not found\n"),
                ProcessCommand.of(client, "nosuch.invalid").run());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void unknownNameOfAServerExitsWith1(String server) {
        assertEquals(
                new ProcessResult(
                        1, "", server + ": listen on nosuch.invalid:8888 failed: name not found\n"),
                ProcessCommand.of(server, "nosuch.invalid").run());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-client", "udp-client"})
    void addressWithoutZoneExitsWith2WithinTheDeadline(String client) {
        // A link-local address without a zone (RFC 4007).
        long startNanos = System.nanoTime();
        ProcessResult ended = ProcessCommand.of(client, "--timeout", "2s", "[fe80::1]:9").run();
        assertEquals(2, ended.status(), ended::err);
        assertEquals(1, ended.err().lines().count(), ended::err);
        assertTrue(System.nanoTime() - startNanos < Duration.ofSeconds(10).toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void portInUseExitsWith2AndNamesTheEndpoint(String launcher) {
        try (RunningProcess first = ProcessCommand.of(launcher, "127.0.0.1", "0").start()) {
            String endpoint = "127.0.0.1:" + first.port();
            assertEquals(
                    new ProcessResult(
                            2,
                            "",
                            launcher
                                    + ": listen on "
                                    + endpoint
                                    + " failed: address already in use\n"),
                    ProcessCommand.of(launcher, endpoint).run());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void addressOfAnotherMachineExitsWith2(String launcher) {
        // A documentation address (RFC 5737), which this machine does not have.
        assertEquals(
                new ProcessResult(
                        2,
                        "",
                        launcher
                                + ": listen on 192.0.2.1:8888 failed:"
                                + " cannot assign requested address\n"),
                ProcessCommand.of(launcher, "192.0.2.1").run());
    }

    @Test
    void silentPeerExitsWith1WithinTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK)) {
            String endpoint = "127.0.0.1:" + silent.getLocalPort();
            long startNanos = System.nanoTime();
            ProcessResult ended =
                    ProcessCommand.of("tcp-client", "--timeout", "300ms", endpoint).run();
            assertEquals(
                    new ProcessResult(
                            1,
                            "",
                            "tcp-client: exchange with "
                                    + endpoint
                                    + " failed: no greeting in time\n"),
                    ended);
            assertTrue(System.nanoTime() - startNanos < Duration.ofSeconds(10).toNanos());
        }
    }

    @Test
    void resetAfterTheGreetingExitsWith1() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            String endpoint = "127.0.0.1:" + listener.getLocalPort();
            try (RunningProcess client = ProcessCommand.of("tcp-client", endpoint).start()) {
                greetAndReset(listener);
                assertEquals(
                        new ProcessResult(
                                1,
                                "hello cl\n",
                                "tcp-client: exchange with "
                                        + endpoint
                                        + " failed: reset after the greeting, so no receipt\n"),
                        client.end());
            }
        }
    }

    private static void greetAndReset(ServerSocket listener) throws IOException {
        try (Socket socket = listener.accept()) {
            socket.getOutputStream().write("hello cl".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
            socket.setSoLinger(true, 0);
        }
    }

    @Test
    void missingPermissionExitsWith2() {
        // RFC 919, section 7: broadcast, which a socket must enable.
        assertEquals(
                new ProcessResult(
                        2, "", "udp-client: send to 127.255.255.255:9 failed: permission denied\n"),
                ProcessCommand.of("udp-client", "127.255.255.255", "9").run());
    }

    @ParameterizedTest
    @CsvSource({"'', false", "0, false", "1, true"})
    void printsAStackTraceOnlyForDebugging(String debug, boolean isTraced) {
        ProcessResult ended =
                ProcessCommand.of("tcp-client", "--verbose", "nosuch.invalid")
                        .env("NETPAIR_DEBUG", debug)
                        .run();
        assertEquals(1, ended.status());
        assertEquals(isTraced, ended.err().contains("\tat net.client"), ended::err);
    }
}
