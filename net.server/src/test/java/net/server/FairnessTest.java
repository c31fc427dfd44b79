package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that always have bytes to read do not starve others. */
class FairnessTest {
    private static final int BYTES = 64 * 1024;

    /** More than can run in parallel. */
    private static final int PEERS = Runtime.getRuntime().availableProcessors() + 2;

    private final CountDownLatch accepted = new CountDownLatch(PEERS);
    private final CountDownLatch sent = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(PEERS);
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger endedBefore = new AtomicInteger();

    @Test
    void allConnectionsProgressBeforeOneEnds() throws Exception {
        ListenerLog listener = new ListenerLog();
        List<Peer> peers = new ArrayList<>();
        try (TcpServer server = TcpServer.start(Loopback.patient(this::serve), listener)) {
            try {
                for (int i = 0; i < PEERS; i++) {
                    peers.add(Peer.connect(server.local()).send(new byte[BYTES]));
                }
                await(accepted);
                sent.countDown();
                for (Peer peer : peers) {
                    peer.finish().assertReceipt();
                }
            } finally {
                sent.countDown();
                for (Peer peer : peers) {
                    peer.close();
                }
            }
        }
        assertEquals(PEERS, ended.get());
        assertEquals(0, endedBefore.get(), "ended before the last had begun");
        listener.assertNoFailure();
    }

    /** Reads available bytes one at a time, so that no read blocks. */
    private void serve(Connection connection) throws IOException {
        accepted.countDown();
        await(sent);
        begun.countDown();
        ByteBuffer one = ByteBuffer.allocate(1);
        for (int i = 0; i < BYTES; i++) {
            connection.read(one.clear());
        }
        ended.incrementAndGet();
        if (begun.getCount() > 0) {
            endedBefore.incrementAndGet();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertTrue(latch.await(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS), "not in time");
        } catch (InterruptedException e) {
            throw new IOException("unexpected interrupt", e);
        }
    }
}
