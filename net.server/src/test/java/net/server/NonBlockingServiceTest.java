package net.server;

import net.protocol.Service;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Netpair's own services where a user's service goes on as one, in the thread of one peer. */
class NonBlockingServiceTest {
    private final ListenerLog listener = new ListenerLog();

    @Test
    void greetsAndTakesAMessageUpToTheFin() throws Exception {
        try (TcpServer server = start(TcpService.greet(Loopback.NEVER));
                Peer peer = Peer.greeted(server)) {
            peer.send("hello ").assertSilence();
            peer.send("sever!").finish().assertReceipt();
        }
        listener.assertMessage("hello sever!");
        listener.assertEnd(CloseReason.RECEIPT);
        listener.assertNoFailure();
    }

    @Test
    void gapEndsAMessage() throws Exception {
        try (TcpServer server = start(TcpService.greet(Duration.ofMillis(1)));
                Peer peer = Peer.greeted(server)) {
            peer.send("hello sever!").assertReceipt();
        }
        listener.assertMessage("hello sever!");
    }

    @Test
    void takesWhatCameBeforeAReset() throws Exception {
        try (TcpServer server = start(TcpService.of(Service.RECEIVE));
                Peer peer = Peer.connect(server.local())) {
            peer.send("one\ntw");
            listener.assertMessage("one");
            peer.abort();
            listener.assertMessage("tw");
        }
        listener.assertEnd(CloseReason.RESET);
    }

    @Test
    void echoesUntilTheFin() throws Exception {
        try (TcpServer server = start(TcpService.of(Service.ECHO));
                Peer peer = Peer.connect(server.local())) {
            peer.send("one").assertReads("one");
            peer.send("two").finish().assertReads("two");
            peer.assertReceipt();
        }
        listener.assertEnd(CloseReason.CLOSED);
    }

    @Test
    void generatesUntilThePeerHasEnough() throws Exception {
        try (TcpServer server = start(TcpService.of(Service.CHARGEN))) {
            try (Peer peer = Peer.connect(server.local())) {
                peer.assertReads(" !\"#");
            }
            listener.assertEnd(CloseReason.CLOSED);
        }
        listener.assertNoFailure();
    }

    private TcpServer start(TcpService service) throws Exception {
        TcpService users = connection -> service.serve(connection);
        return TcpServer.start(Loopback.patient(users), listener);
    }
}
