package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Service;
import net.server.BoundAddress;
import net.server.ReceivedMessage;
import net.server.Server;
import net.server.ServerListener;
import net.server.ServerStats;
import net.server.access.AddressFilter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The start and end of several servers. */
@Timeout(60)
class RunningServersTest {
    private static final List<Service> SERVICES =
            List.of(Service.GREET, Service.ECHO, Service.DISCARD);

    private static final BoundAddress BOUND =
            new BoundAddress(new InetSocketAddress("127.0.0.1", 1), 1, 1);

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    /** Reached by the close of each server. */
    private final CountDownLatch closing = new CountDownLatch(SERVICES.size());

    /** Ends the drain of the servers. */
    private final CountDownLatch drained = new CountDownLatch(1);

    private record Listener(List<String> log, Service service, RunningServers.BoundAction onBound)
            implements ServerListener {
        @Override
        public void onListening(BoundAddress listening) throws IOException {
            onBound.run();
            log.add("ready " + service.label());
        }

        @Override
        public void onMessage(ReceivedMessage message) {}
    }

    private final class FakeServer implements Server {
        private final Service service;

        FakeServer(Service service) {
            this.service = service;
        }

        @Override
        public List<InetSocketAddress> locals() {
            return List.of(BOUND.local());
        }

        @Override
        public void replaceFilter(AddressFilter filter) {
            log.add("filter " + service.label());
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public ServerStats stats() {
            return new ServerStats(
                    service.ordinal(), 0, Map.of(), 0, 0, 0, 0, 0, Map.of(), Duration.ZERO);
        }

        @Override
        public void close() {
            closing.countDown();
            try {
                drained.await();
                log.add("drained " + service.label());
            } catch (InterruptedException e) {
                log.add("aborted " + service.label());
                Thread.currentThread().interrupt();
            }
        }
    }

    private Server start(Service service, ServerListener listener) throws IOException {
        log.add("bound " + service.label());
        listener.onListening(BOUND);
        log.add("accepts " + service.label());
        return new FakeServer(service);
    }

    private RunningServers start(ServerRun.Starter starter) throws IOException {
        return RunningServers.start(
                SERVICES,
                starter,
                (service, onBound) -> new Listener(log, service, onBound),
                AddressFilter.PERMIT_ALL);
    }

    private RunningServers started() throws IOException {
        RunningServers servers = start((service, listener, _) -> start(service, listener));
        log.clear();
        return servers;
    }

    @Test
    void allAreBoundBeforeAnyIsReadyOrAccepts() throws IOException {
        start((service, listener, _) -> start(service, listener));
        assertEquals(
                List.of(
                        "bound discard",
                        "bound echo",
                        "bound greet",
                        "ready greet",
                        "accepts greet",
                        "ready echo",
                        "accepts echo",
                        "ready discard",
                        "accepts discard"),
                log);
    }

    @Test
    void failureToBindIsThrownBeforeAnyIsReady() {
        BindException failure = new BindException("in use");
        ServerRun.Starter starter =
                (service, listener, _) -> {
                    if (service == Service.GREET) {
                        throw failure;
                    }
                    return start(service, listener);
                };
        assertSame(failure, assertThrows(BindException.class, () -> start(starter)));
        assertEquals(List.of("bound discard", "bound echo"), log);
    }

    @Test
    void laterFailureAbortsThoseThatHaveStarted() {
        IOException failure = new IOException("no threads");
        ServerRun.Starter starter =
                (service, listener, _) -> {
                    Server server = start(service, listener);
                    if (service == Service.DISCARD) {
                        throw failure;
                    }
                    return server;
                };
        assertSame(failure, assertThrows(IOException.class, () -> start(starter)));
        List<String> ends = log.subList(log.size() - 2, log.size());
        ends.sort(null);
        assertEquals(List.of("aborted echo", "aborted greet"), ends);
        assertFalse(Thread.interrupted());
    }

    @Test
    void statsAndFiltersAreThoseOfAll() throws IOException {
        RunningServers servers = started();
        assertEquals(SERVICES, List.copyOf(servers.stats().keySet()));
        servers.stats()
                .forEach((service, stats) -> assertEquals(service.ordinal(), stats.accepted()));
        servers.replaceFilter(AddressFilter.PERMIT_ALL);
        assertEquals(List.of("filter greet", "filter echo", "filter discard"), log);
    }

    @Test
    void allDrainAtTheSameTime() throws Exception {
        RunningServers servers = started();
        Thread closer = Thread.ofPlatform().daemon().start(servers::close);
        closing.await();
        assertTrue(closer.isAlive(), "did not wait");
        drained.countDown();
        closer.join();
        log.sort(null);
        assertEquals(List.of("drained discard", "drained echo", "drained greet"), log);
    }

    @Test
    void interruptAbortsAll() throws Exception {
        RunningServers servers = started();
        List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
        Thread closer =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    servers.close();
                                    interrupted.add(Thread.interrupted());
                                });
        closing.await();
        closer.interrupt();
        closer.join();
        log.sort(null);
        assertEquals(List.of("aborted discard", "aborted echo", "aborted greet"), log);
        assertEquals(List.of(true), interrupted);
    }
}
