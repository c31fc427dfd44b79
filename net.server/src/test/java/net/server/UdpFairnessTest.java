package net.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Endpoint;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A socket that always has datagrams does not starve the others. */
class UdpFairnessTest {
    private static final Endpoint BUSY = new Endpoint("127.1.6.1", 0);
    private static final Endpoint QUIET = new Endpoint("127.1.6.2", 0);

    /** Many times the maximum batch. */
    private static final int MAX_SERVED = 20_000;

    /** Maximum delay of a datagram on the loopback. */
    private static final int WAITING = 100;

    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch served = new CountDownLatch(1);
    private final AtomicInteger servedBefore = new AtomicInteger();

    /** Each datagram at the busy socket causes another one before the next receive. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void floodAtOneSocketDoesNotStarveOthers(boolean isBusyFirst) throws Exception {
        try (Sender flood = new Sender("127.0.0.1");
                Sender peer = new Sender("127.0.0.1")) {
            UdpService service = datagram -> serve(datagram, flood);
            UdpServerConfig config =
                    UdpServerConfig.of(BUSY, service).toBuilder()
                            .endpoints(isBusyFirst ? BUSY : QUIET, isBusyFirst ? QUIET : BUSY)
                            .build();
            try (UdpServer server = UdpServer.start(config, new ListenerLog())) {
                for (InetSocketAddress local : server.locals()) {
                    boolean isBusy = isBusy(local);
                    for (int i = 0; i < (isBusy ? WAITING : 1); i++) {
                        (isBusy ? flood : peer).send("hello sever!", local);
                    }
                }
                ready.countDown();
                assertTrue(served.await(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS));
                peer.assertReceives("hello sever!");
            }
            assertTrue(servedBefore.get() < MAX_SERVED, "before: " + servedBefore.get());
        }
    }

    private void serve(Datagram datagram, Sender flood) throws IOException {
        await(ready);
        if (!isBusy(datagram.local())) {
            served.countDown();
            datagram.answer(datagram.payload());
        } else if (served.getCount() > 0 && servedBefore.incrementAndGet() < MAX_SERVED) {
            flood.send("hello sever!", datagram.local());
        }
    }

    private static boolean isBusy(InetSocketAddress local) {
        return Endpoint.of(local).host().equals(BUSY.host());
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertTrue(latch.await(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS), "not in time");
        } catch (InterruptedException e) {
            throw new IOException("unexpected interrupt", e);
        }
    }
}
