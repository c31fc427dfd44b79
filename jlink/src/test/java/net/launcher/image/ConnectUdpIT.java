package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Checks of UDP ports, with {@code udp-client --service connect}. */
class ConnectUdpIT {
    private static final String TIME = "\\d+(\\.\\d+)? m?s";

    private static ProcessCommand client(String... args) {
        return ProcessCommand.of("udp-client", "--service", "connect").with(args);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void portThatAnswersIsOpen() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "echo")) {
            ProcessResult ended = client(target.endpoint()).run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("", ended.err());
            assertTrue(
                    ended.out().matches(target.endpoint() + " open in " + TIME + "\n"), ended::out);
        }
    }

    @Test
    void refusedDatagramMeansClosed() throws IOException {
        try (RefusingPort port = RefusingPort.of("udp")) {
            ProcessResult ended = client(port.endpoint()).run();
            assertEquals(1, ended.status());
            assertEquals("", ended.out());
            assertEquals(
                    "udp-client: send to "
                            + port.endpoint()
                            + " failed: connection refused; the port is closed\n",
                    ended.err());
        }
    }

    @Test
    void silentPortIsNotOpen() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "receive")) {
            ProcessResult ended = client("--timeout", "200ms", target.endpoint()).run();
            assertEquals(1, ended.status());
            assertEquals("", ended.out());
            assertEquals(
                    "udp-client: exchange with "
                            + target.endpoint()
                            + " failed: no answer in time\n",
                    ended.err());
            EventList events =
                    EventList.of(
                            client("--timeout", "200ms", "--format", "json", target.endpoint())
                                    .run()
                                    .out());
            assertEquals("timeout", events.named("error").getFirst().get("kind").asText());
            assertEquals(1, events.total("lost"));
        }
    }

    /** The answer may differ from the datagram, and consist of several. */
    @Test
    void anyDatagramOfThePeerIsAnAnswer() throws IOException {
        List<String> requests = new CopyOnWriteArrayList<>();
        try (ScriptedUdpServer server =
                new ScriptedUdpServer(
                        (self, request, from) -> {
                            requests.add(new String(request, StandardCharsets.US_ASCII));
                            self.send(bytes("first"), from);
                            self.send(bytes("second"), from);
                        })) {
            ProcessResult ended =
                    client("-m", "status", "-c", "3", "--format", "json")
                            .with("127.0.0.1", server.port())
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals(List.of("status", "status", "status"), requests);
            EventList events = EventList.of(ended.out());
            for (JsonNode reply : events.named("reply")) {
                assertEquals("first", reply.get("text").asText());
            }
            assertEquals(3, events.total("received"));
            assertEquals(0, events.total("duplicates"));
            assertEquals(0, events.total("corrupt"));
            ProcessResult raw = client("--format", "raw", "127.0.0.1", server.port()).run();
            assertEquals("first", raw.out());
        }
    }

    @Test
    void datagramOfAnotherPortIsNoAnswer() throws IOException {
        try (ScriptedUdpServer server =
                new ScriptedUdpServer(
                        (self, request, from) -> self.sendFromElsewhere(request, from))) {
            ProcessResult ended = client("--timeout", "300ms", "127.0.0.1", server.port()).run();
            assertEquals(1, ended.status());
            assertEquals("", ended.out());
            assertTrue(ended.err().endsWith(" failed: no answer in time\n"), ended::err);
        }
    }

    /** An answer that arrives after its check has failed is not that to the next one. */
    @Test
    void lateAnswerIsNotThatToALaterCheck() throws IOException {
        List<SocketAddress> clients = new CopyOnWriteArrayList<>();
        try (ScriptedUdpServer server =
                new ScriptedUdpServer(
                        (self, request, from) -> {
                            clients.add(from);
                            if (clients.size() > 1) {
                                self.send(request, clients.get(clients.size() - 2));
                            }
                        })) {
            ProcessResult ended =
                    client("-c", "3", "--timeout", "200ms", "--format", "json")
                            .with("127.0.0.1", server.port())
                            .run();
            assertEquals(1, ended.status(), ended.toString());
            assertEquals(3, clients.stream().distinct().count());
            assertEquals(3, EventList.of(ended.out()).total("failed"));
        }
    }

    @Test
    void seriesHasALinePerCheck() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "echo")) {
            for (String options : List.of("-c 3", "-c 3 -i 10ms", "-c 3 --rate 100 -P 2")) {
                ProcessResult ended =
                        client(target.endpoint(), "--size", "100").with(options.split(" ")).run();
                assertEquals(0, ended.status(), ended.toString());
                String line = target.endpoint() + ": exchange 3 open in " + TIME;
                assertTrue(ended.out().lines().anyMatch(each -> each.matches(line)), ended::out);
                TextSummary text = TextSummary.of(ended.out());
                assertEquals("300 sent, 300 received", text.rows().get("bytes"));
            }
        }
    }

    @Test
    void thresholdsDecide() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "receive")) {
            ProcessResult ended =
                    client("-c", "2", "--timeout", "100ms", "--fail-if", "loss>50%")
                            .with(target.endpoint())
                            .run();
            assertEquals(3, ended.status(), ended.toString());
        }
    }
}
