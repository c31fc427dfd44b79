package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Sample of the Javadoc of {@link RecordingListener}: a server as a test fixture. */
class FixtureSampleTest {
    @Test
    void sampleHolds() throws IOException, InterruptedException, TimeoutException {
        // @start region="fixture"
        RecordingListener inbox = new RecordingListener();
        try (TcpServer server = TcpServer.start(new Endpoint("localhost", 0), inbox)) {
            sendTo(server.endpoint());
            ReceivedMessage first = inbox.await(1, Duration.ofSeconds(5));
            assertEquals(Message.of("hello sever!"), first.message());
        }
        // @end
    }

    private static void sendTo(Endpoint server) throws IOException {
        try (Socket socket = new Socket(server.host(), server.port())) {
            socket.getOutputStream().write(Message.of("hello sever!").bytes());
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }
}
