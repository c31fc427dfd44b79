package net.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/** The sample in the descriptor's documentation. */
class ClientSampleTest {
    @Test
    void sampleHolds() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.playing(
                        (peer, end) -> {
                            peer.getOutputStream().write("hello client!".getBytes(UTF_8));
                            peer.getInputStream().readAllBytes();
                        })) {
            Endpoint endpoint = Endpoint.of(server.address());
            TcpClient client = new TcpClient(ClientConfig.of(endpoint));
            Exchange exchange = client.greet(Message.of("hello sever!"));
            System.out.println(exchange.answer().text().orElse("?") + " in " + exchange.duration());
            assertTrue(exchange.duration().isPositive());
        }
    }
}
