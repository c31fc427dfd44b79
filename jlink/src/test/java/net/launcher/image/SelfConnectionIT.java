package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Clients whose own port is the target's, where nothing listens, are refused. */
class SelfConnectionIT {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static final int ROUNDS = 200;

    /** One gets the target's port with a probability of 0.99. */
    private static final int SOCKETS = 16;

    private static void assertRefused(ProcessCommand client) {
        ProcessResult ended = client.run();
        assertEquals(1, ended.status(), ended::toString);
        assertFalse(ended.out().contains("hello"), ended::toString);
        assertFalse(ended.out().contains("1 ok"), ended::toString);
        assertTrue(ended.err().contains(" failed: connection refused"), ended::toString);
    }

    private static ProcessCommand client(String name, int port, String options) {
        return ProcessCommand.sh("exec \"$BIN\"/" + name + " " + options + " \"$@\" </dev/null")
                .with("sh", "--source", "127.0.0.1:" + port, "127.0.0.1:" + port);
    }

    @ParameterizedTest
    @CsvSource({
        "--service greet",
        "--service echo",
        "--service receive",
        "--service discard --bytes 1K",
        "--service chargen --bytes 1K",
        "--service pipe"
    })
    void tcpClientWithTheTargetsPortIsRefused(String options) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }
        assertRefused(client("tcp-client", port, options));
    }

    @ParameterizedTest
    @CsvSource({
        "--service receive",
        "--service echo",
        "--service stamp",
        "--service discard",
        "--service pipe",
        "--service echo --probe-size"
    })
    void udpClientWithTheTargetsPortIsRefused(String options) throws IOException {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, LOOPBACK)) {
            port = free.getLocalPort();
        }
        assertRefused(client("udp-client", port, options));
    }

    /** The system has four ports to choose from, one of which is the target's. */
    @Test
    void tcpConnectionThatGetsTheTargetsPortTriesAnother() {
        try (NetworkNamespace host = hostWithFourPorts()) {
            ProcessResult ended =
                    host.launch("tcp-client", "--service", "echo", "--quiet", "--format", "json")
                            .with("-c", Integer.toString(ROUNDS), "127.0.0.1:40000")
                            .run();
            EventList events = EventList.of(ended.out());
            assertEquals(
                    ROUNDS, events.summary().get("errors").get("refused").asInt(), ended::toString);
        }
    }

    @Test
    void udpSocketThatGetsTheTargetsPortTriesAnother() {
        try (NetworkNamespace host = hostWithFourPorts()) {
            for (int i = 0; i < SOCKETS; i++) {
                assertRefused(host.launch("udp-client", "--service", "echo", "127.0.0.1:40000"));
            }
        }
    }

    private static NetworkNamespace hostWithFourPorts() {
        NetworkNamespace host = NetworkNamespace.start();
        host.sh("echo 40000 40003 > /proc/sys/net/ipv4/ip_local_port_range");
        return host;
    }

    @Test
    void selfConnectionLeavesThePortToAServer() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }
        assertRefused(client("tcp-client", port, "--service greet"));
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(false);
            server.bind(new InetSocketAddress(LOOPBACK, port));
        }
    }
}
