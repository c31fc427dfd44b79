package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The sample in the documentation of {@link RecordingListener}: a server as the fixture of a test.
 */
class FixtureSampleTest {
    @Test
    void sampleHolds() throws IOException, InterruptedException, TimeoutException {
        // @start region="fixture"
        RecordingListener inbox = new RecordingListener();
        try (TcpServer server = TcpServer.start(new Endpoint("localhost", 0), inbox)) {
            sendTo(server.local());
            ReceivedMessage first = inbox.await(1, Duration.ofSeconds(5));
            assertEquals(Message.of("hello sever!"), first.message());
        }
        // @end
    }

    private static void sendTo(InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write(Message.of("hello sever!").bytes());
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }
}
