package net.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/** The sample of a user-written service. */
class ShoutServiceTest {
    private final ListenerLog listener = new ListenerLog();

    @Test
    void returnsUpperCase() throws Exception {
        TcpServerConfig config = Loopback.patient(new ShoutService());
        try (TcpServer server = TcpServer.start(config, listener);
                Peer first = Peer.connect(server.local());
                Peer second = Peer.connect(server.local())) {
            first.send("hello sever!").assertReads("HELLO SEVER!");
            second.send("netpair").assertReads("NETPAIR");
            String text = "abcdefghijklmno ".repeat(10_000);
            TestThreads sending = TestThreads.start(() -> first.send(text).finish());
            byte[] expected = "ABCDEFGHIJKLMNO ".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            assertArrayEquals(expected, first.read(expected.length));
            sending.join();
            first.assertReceipt();
            assertEquals(160_012, listener.assertEnd(CloseReason.CLOSED).bytesSent());
        }
        listener.assertNoFailure();
    }
}
