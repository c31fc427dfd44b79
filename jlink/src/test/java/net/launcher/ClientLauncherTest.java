package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** {@code tcp-client} and {@code udp-client} with a working server. */
class ClientLauncherTest {
    private static RunningLauncher tcpServer() {
        return RunningLauncher.start(new TcpServerLauncher(), "127.0.0.1", "0");
    }

    private static RunningLauncher tcpClient(String... args) {
        return RunningLauncher.start(new TcpClientLauncher(), args);
    }

    private static RunningLauncher udpServer() {
        return RunningLauncher.start(new UdpServerLauncher(), "127.0.0.1", "0");
    }

    private static RunningLauncher udpClient(String... args) {
        return RunningLauncher.start(new UdpClientLauncher(), args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:%s", "127.0.0.1 %s", ":%s", "localhost %s", "localhost:%s"})
    void tcpClientPrintsTheGreeting(String operands) throws Exception {
        try (RunningLauncher server = tcpServer();
                RunningLauncher client = tcpClient(operands.formatted(server.port()).split(" "))) {
            assertEquals(0, client.status(), client::err);
            assertEquals("hello client!\n", client.out());
            assertEquals("", client.err());
            assertEquals("hello sever!", server.awaitOut("hello"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:%s", "127.0.0.1 %s", ":%s"})
    void udpClientPrintsNothing(String operands) throws Exception {
        try (RunningLauncher server = udpServer();
                RunningLauncher client = udpClient(operands.formatted(server.port()).split(" "))) {
            assertEquals(0, client.status(), client::err);
            assertEquals("", client.out());
            assertEquals("", client.err());
            server.awaitOut("received: hello sever! from 127.0.0.1:");
        }
    }

    @Test
    void verboseTcpClientPrintsAddressesBytesAndTime() throws Exception {
        try (RunningLauncher server = tcpServer();
                RunningLauncher client =
                        tcpClient("--verbose", "-m", "grüße", ":" + server.port())) {
            assertEquals(0, client.status(), client::err);
            assertEquals("hello client!\n", client.out());
            String expected =
                    "(?s).*tcp-client: connected to 127\\.0\\.0\\.1:"
                            + server.port()
                            + " from 127\\.0\\.0\\.1:\\d+ in \\S+ m?s; receive buffer \\d+ B, send"
                            + " buffer \\d+ B\n"
                            + "tcp-client: 127\\.0\\.0\\.1:\\d+ to 127\\.0\\.0\\.1:"
                            + server.port()
                            + ": 7 B sent, 13 B received in \\d+\\.\\d\\d? m?s\n";
            String printed = client.err().replace("[::1]", "127.0.0.1");
            assertTrue(printed.matches(expected), printed);
        }
    }

    @Test
    void verboseUdpClientPrintsAddressesBytesAndTime() throws Exception {
        try (RunningLauncher server = udpServer();
                RunningLauncher client = udpClient("127.0.0.1", server.port(), "--verbose")) {
            assertEquals(0, client.status(), client::err);
            String expected =
                    "udp-client: sending to 127\\.0\\.0\\.1:"
                            + server.port()
                            + " from 127\\.0\\.0\\.1:\\d+; receive buffer \\d+ B, send buffer \\d+"
                            + " B\n"
                            + "udp-client: 127\\.0\\.0\\.1:\\d+ to 127\\.0\\.0\\.1:"
                            + server.port()
                            + ": 12 B sent, 0 B received in \\d+\\.\\d\\d? m?s\n";
            assertTrue(client.err().matches(expected), client::err);
        }
    }

    @Test
    void emptyMessageSucceeds() throws Exception {
        try (RunningLauncher server = tcpServer();
                RunningLauncher client = tcpClient("--message=", "127.0.0.1", server.port())) {
            assertEquals(0, client.status(), client::err);
            assertEquals("hello client!\n", client.out());
            assertEquals(0, server.interrupt().status());
            assertEquals("", server.out());
        }
    }

    @Test
    void jsonReplyHasBothEndpoints() throws Exception {
        try (RunningLauncher server = tcpServer();
                RunningLauncher client = tcpClient("--format=json", "127.0.0.1", server.port())) {
            assertEquals(0, client.status(), client::err);
            List<JsonNode> events = Events.parse(client.out());
            assertEquals(List.of("start", "reply", "summary"), Events.names(events));
            JsonNode reply = events.get(1);
            assertEquals("tcp", reply.get("transport").asText());
            assertTrue(reply.get("local").asText().matches("127\\.0\\.0\\.1:\\d+"));
            assertEquals("127.0.0.1:" + server.port(), reply.get("peer").asText());
            assertEquals(13, reply.get("bytes").asInt());
            assertFalse(events.getLast().has("sent"), "TCP has no datagrams to count");
        }
    }

    @Test
    void udpJsonHasNoReplyAndNoTimes() throws Exception {
        try (RunningLauncher server = udpServer();
                RunningLauncher client = udpClient("--format=json", "127.0.0.1", server.port())) {
            assertEquals(0, client.status(), client::err);
            List<JsonNode> events = Events.parse(client.out());
            assertEquals(List.of("start", "summary"), Events.names(events));
            assertEquals("udp", events.getLast().get("transport").asText());
            JsonNode times = events.getLast().get("time_ns");
            assertEquals(9, times.size());
            times.forEach(time -> assertTrue(time.isNull(), times::toString));
        }
    }
}
