package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Service;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** RFC 864 over TCP. */
class ChargenServiceTest {
    private static final TcpServerConfig CONFIG = Loopback.patient(Service.CHARGEN);

    /** The 95 printing characters in order. */
    private static final String RING =
            " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    + "[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    private final ListenerLog listener = new ListenerLog();

    @Test
    void firstAndLastLinesMatchTheRfc() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer peer = Peer.connect(server.local())) {
            peer.assertReads(
                    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n"
                        + "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh\r\n");
            peer.read(92 * 74);
            peer.assertReads(
                    "~ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdef\r\n"
                        + " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n");
        }
    }

    /** "On line N, put characters (0+N mod 95) through (71+N mod 95)." */
    @Test
    void eachLineIsShiftedByOneCharacter() throws Exception {
        assertEquals(95, RING.length());
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer peer = Peer.connect(server.local())) {
            for (int n = 0; n < 10_000; n++) {
                String turned = RING.substring(n % 95) + RING.substring(0, n % 95);
                String line = new String(peer.read(74), StandardCharsets.US_ASCII);
                assertEquals(turned.substring(0, 72) + "\r\n", line);
            }
        }
    }

    @Test
    void continuesAfterThePeersHalfClose() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener)) {
            try (Peer peer = Peer.connect(server.local())) {
                peer.send("enough?").finish();
                // More than all buffers hold, 1000 repetitions at a time.
                for (int i = 0; i < 10; i++) {
                    byte[] rounds = peer.read(1000 * 95 * 74);
                    assertEquals(" !\"#", new String(rounds, 0, 4, StandardCharsets.US_ASCII));
                }
                listener.assertNoSession();
            }
            listener.assertEnd(CloseReason.CLOSED);
        }
    }

    @Test
    void closeByThePeerIsNoError() throws Exception {
        TcpServer server = TcpServer.start(CONFIG, listener);
        try (server) {
            try (Peer peer = Peer.connect(server.local())) {
                peer.read(74);
            }
            Session session = listener.assertEnd(CloseReason.CLOSED);
            assertTrue(session.bytesSent() >= 74, session.toString());
            assertEquals(0, session.messages());
        }
        listener.assertNoFailure();
        assertEquals(Map.of(), server.stats().errors());
    }

    @Test
    void dropsReceivedBytesWhileThePeerDoesNotRead() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener)) {
            try (Peer peer = Peer.connect(server.local())) {
                // More than all buffers hold.
                new RandomBytes(864).sendTo(peer, 512);
                peer.read(74);
            }
            listener.assertEnd(CloseReason.CLOSED);
        }
        listener.assertNoMessage();
    }

    @Test
    void isResetAtOnceWhenTheServerCloses() throws Exception {
        try (TcpServer server = TcpServer.start(CONFIG, listener);
                Peer reading = Peer.connect(server.local());
                Peer stalled = Peer.connect(server.local())) {
            stalled.read(74);
            TestThreads reader = TestThreads.start(reading::assertResetAfterAll);
            Loopback.assertEnds(Loopback.closeInBackground(server));
            reader.join();
            stalled.assertResetAfterAll();
            listener.assertEnd(CloseReason.ABORTED);
            listener.assertEnd(CloseReason.ABORTED);
        }
        listener.assertNoFailure();
    }

    @Test
    void fastReadersDoNotStarveOthers() throws Exception {
        ListenerLog greeted = new ListenerLog();
        List<TestThreads> readers = new ArrayList<>();
        TcpServer chargen = TcpServer.start(CONFIG, listener);
        try (TcpServer greet = TcpServer.start(Loopback.patient(), greeted)) {
            try (chargen) {
                for (int i = 0; i < 4; i++) {
                    readers.add(TestThreads.start(() -> readAll(chargen)));
                }
                for (int i = 0; i < 20; i++) {
                    Peer.assertServed(greet, "message " + i);
                    greeted.assertMessage("message " + i);
                }
                for (TestThreads reader : readers) {
                    assertTrue(!reader.isDone(), "has read while others were served");
                }
            }
        }
        for (TestThreads reader : readers) {
            reader.join();
        }
    }

    private static void readAll(TcpServer server) throws IOException {
        try (Peer peer = Peer.connect(server.local())) {
            peer.in().transferTo(OutputStream.nullOutputStream());
        } catch (IOException expected) {
            // The server was closed, which ends chargen with a reset.
        }
    }
}
