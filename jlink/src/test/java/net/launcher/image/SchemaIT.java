package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.Schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;

/** The events of the launchers match the schema of the image, which {@link EventList} checks. */
class SchemaIT {
    @Test
    void imageHasTheSchemaOfTheTests() throws IOException {
        assertEquals(
                Files.readString(Schema.FILE),
                Files.readString(ProcessCommand.IMAGE.resolve("share/netpair/events.schema.json")));
    }

    /** Services without a client are tested with a raw socket. */
    @ParameterizedTest
    @CsvSource({
        "tcp, greet, 3",
        "tcp, receive, 3",
        "tcp, echo, 0",
        "tcp, discard, 0",
        "tcp, chargen, 0",
        "udp, receive, 3",
        "udp, echo, 0",
        "udp, discard, 0",
        "udp, stamp, 0"
    })
    void eventsMatchTheSchema(String transport, String service, int messages) throws IOException {
        try (RunningProcess server =
                ProcessCommand.of(transport + "-server", "--service", service, "--format", "json")
                        .with("127.0.0.1:0")
                        .start()) {
            ServerUnderTest target = new ServerUnderTest(transport, service, server);
            switch (service) {
                case "discard", "chargen" -> sendRequest(target);
                default ->
                        assertEquals(3, target.events("-c", "3", "--fail-if", "ok<3").total("ok"));
            }
            server.awaitTotals(transport.equals("udp") ? " from 3 datagrams, " : ", up ");
            EventList events = EventList.of(server.signal("TERM").end().out());
            assertEquals("listening", events.all().getFirst().get("event").asText());
            assertEquals(messages, events.named("message").size());
            assertEquals(messages, events.total("messages"));
        }
    }

    private static void sendRequest(ServerUnderTest target) throws IOException {
        int port = target.server().port();
        if (target.transport().equals("udp")) {
            try (UdpPeer peer = UdpPeer.of("127.0.0.1", port)) {
                peer.send("one").send("two").send("three");
            }
            return;
        }
        try (TcpPeer peer = TcpPeer.connect(port)) {
            peer.write("hello");
            if (target.service().equals("chargen")) {
                assertEquals(' ', peer.read(74).charAt(0));
            } else {
                peer.halfClose().awaitEnd();
            }
        }
    }
}
