package net.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Service;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Tests services of users that delegate to built-in ones. */
class DelegatingServiceTest {
    private final ListenerLog listener = new ListenerLog();

    private TcpServer start(TcpService builtIn) throws Exception {
        TcpService delegating = connection -> builtIn.serve(connection);
        return TcpServer.start(Loopback.patient(delegating), listener);
    }

    @Test
    void greetRecordsMessageUpToFinAndSendsReceipt() throws Exception {
        try (TcpServer server = start(TcpService.greet(Loopback.NEVER))) {
            Peer.assertServed(server, "hello sever!");
            listener.assertMessage("hello sever!");
            listener.assertEnd(CloseReason.RECEIPT);
        }
        listener.assertNoFailure();
    }

    @Test
    void messageGapEndsMessage() throws Exception {
        try (TcpServer server = start(TcpService.greet(Duration.ofMillis(50)));
                Peer peer = Peer.greeted(server)) {
            peer.assertSilence();
            peer.send("hello sever!").assertReceipt();
            listener.assertMessage("hello sever!");
        }
    }

    @Test
    void messageBeforeResetIsRecorded() throws Exception {
        try (TcpServer server = start(TcpService.of(Service.RECEIVE));
                Peer peer = Peer.connect(server.local())) {
            peer.send("first\nsecond");
            listener.assertMessage("first");
            peer.abort();
            listener.assertMessage("second");
            listener.assertEnd(CloseReason.RESET);
        }
    }

    @Test
    void echoReturnsAllBytes() throws Exception {
        byte[] bytes = Loopback.bytes(1_000_000);
        try (TcpServer server = start(TcpService.of(Service.ECHO));
                Peer peer = Peer.connect(server.local())) {
            TestThreads sending = TestThreads.start(() -> peer.send(bytes).finish());
            assertArrayEquals(bytes, peer.read(bytes.length));
            sending.join();
            peer.assertReceipt();
        }
    }

    @Test
    void chargenSendsUntilPeerCloses() throws Exception {
        try (TcpServer server = start(TcpService.of(Service.CHARGEN))) {
            try (Peer peer = Peer.connect(server.local())) {
                peer.assertReads(" !\"#$%&'");
                peer.read(10_000_000);
            }
            assertTrue(listener.assertEnd(CloseReason.RESET).bytesSent() > 10_000_000);
        }
    }
}
