package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Resolver;
import net.client.run.Exchange;
import net.client.run.GroupListener;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

@Timeout(60)
class RunGroupTest {
    private static final Endpoint NAMED = new Endpoint("server.example", 8888);

    private final RecordingRunListener first = new RecordingRunListener();
    private final RecordingRunListener second = new RecordingRunListener();

    private static RunConfig.Builder tcp(ClientConfig client) {
        return RunConfig.builder(Transport.TCP, Service.ECHO, client);
    }

    private static RunConfig.Builder udp(ClientConfig client) {
        return RunConfig.builder(Transport.UDP, Service.ECHO, client);
    }

    private static List<RunResult> run(Run... runs) throws IOException {
        return new RunGroup(List.of(runs), GroupListener.NONE).run();
    }

    private static Endpoint closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Endpoint.of((InetSocketAddress) closed.getLocalSocketAddress());
        }
    }

    private static ExchangeException unknown() {
        return ExceptionTranslator.at(
                Kind.DNS, "lookup of", NAMED, "name not found", new UnknownHostException());
    }

    /** Interrupts the thread of a run after a number of exchanges. */
    private static class Interrupting extends RecordingRunListener {
        private final int count;

        Interrupting(int count) {
            this.count = count;
        }

        @Override
        public void onExchange(Exchange exchange) throws IOException {
            super.onExchange(exchange);
            if (exchanges.size() == count) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void eachRunHasItsOwnFigures() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            ClientConfig closed = ClientConfig.of(closedPort());
            ClientConfig unknown = ClientConfig.of(new Endpoint("nosuch.invalid", 1));
            List<RunResult> results =
                    run(
                            new Run(tcp(server.config()).count(3).build(), first),
                            new Run(tcp(closed).count(2).build(), second),
                            new Run(tcp(unknown).count(4).build(), RunListener.NONE));
            assertEquals(List.of(3L, 0L, 0L), results.stream().map(RunResult::ok).toList());
            assertEquals(Map.of(), results.get(0).errors());
            assertEquals(Map.of(Kind.REFUSED, 2L), results.get(1).errors());
            assertEquals(Map.of(Kind.DNS, 1L), results.get(2).errors());
            assertEquals(List.of(1L, 2L, 3L), first.numbers());
            assertEquals(List.of(Kind.REFUSED, Kind.REFUSED), second.kinds());
            RunResult total = RunGroup.total(results);
            assertEquals(3, total.ok());
            assertEquals(3, total.failed());
            assertEquals(Map.of(Kind.REFUSED, 2L, Kind.DNS, 1L), total.errors());
            assertEquals(results.get(0).time().max(), total.time().max());
            assertEquals(results.get(0).time().p50(), total.time().p50());
        }
    }

    @Test
    void lookupThatHangsDelaysNoOtherRun() throws Exception {
        CountDownLatch done = new CountDownLatch(5);
        RunListener counting =
                new RunListener() {
                    @Override
                    public void onExchange(Exchange exchange) {
                        done.countDown();
                    }
                };
        Resolver waiting =
                _ -> {
                    try {
                        assertTrue(done.await(30, TimeUnit.SECONDS));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    throw unknown();
                };
        try (OpenServer server = OpenServer.echoing()) {
            List<RunResult> results =
                    run(
                            new Run(tcp(ClientConfig.of(NAMED)).count(5).build(), first, waiting),
                            new Run(tcp(server.config()).count(5).build(), counting));
            assertEquals(List.of(Kind.DNS), first.kinds());
            assertEquals(5, results.get(1).ok());
        }
    }

    @Test
    void intervalsOfAllRunsEndAtTheSameTimeAndAddUp() throws Exception {
        List<List<RunResult>> intervals = new ArrayList<>();
        GroupListener group =
                new GroupListener() {
                    @Override
                    public void onInterval(List<RunResult> of) {
                        intervals.add(of);
                    }
                };
        Duration window = Duration.ofMillis(20);
        try (OpenServer server = OpenServer.echoing();
                AnsweringServer udp = AnsweringServer.running(List::of)) {
            RunConfig.Builder slow = tcp(server.config()).interval(Duration.ofMillis(5));
            RunConfig.Builder fast =
                    udp(udp.config(ScriptedServer.PATIENCE)).interval(Duration.ofMillis(1));
            List<RunResult> results =
                    new RunGroup(
                                    List.of(
                                            new Run(slow.window(window).count(20).build(), first),
                                            new Run(fast.window(window).count(30).build(), second)),
                                    group)
                            .run();
            assertEquals(20, first.intervals.stream().mapToLong(RunResult::ok).sum());
            assertEquals(30, second.intervals.stream().mapToLong(RunResult::ok).sum());
            assertEquals(List.of(20L, 30L), results.stream().map(RunResult::ok).toList());
            assertTrue(first.intervals.size() >= 5, () -> first.intervals.size() + " intervals");
            assertSame(first.intervals.getLast(), intervals.getLast().get(0));
            assertSame(second.intervals.getFirst(), intervals.getFirst().get(1));
            List<Duration> durations = first.intervals.stream().map(RunResult::duration).toList();
            for (Duration duration : durations.subList(0, durations.size() - 1)) {
                assertTrue(duration.compareTo(window) >= 0, () -> durations.toString());
            }
        }
    }

    /** Its last interval is reported with those of the run that continues, and no other one. */
    @Test
    void runThatIsOverHasNoFurtherIntervals() throws Exception {
        Duration window = Duration.ofMillis(10);
        try (OpenServer server = OpenServer.echoing()) {
            RunConfig.Builder run = tcp(server.config()).interval(Duration.ofMillis(2));
            run(
                    new Run(
                            run.window(window).count(1000).warmup(0).duration(window).build(),
                            first),
                    new Run(run.count(60).duration(Duration.ofMinutes(1)).build(), second));
            assertTrue(first.intervals.size() <= 3, () -> first.intervals.size() + " intervals");
            assertTrue(second.intervals.size() > 5, () -> second.intervals.size() + " intervals");
            assertEquals(60, second.intervals.stream().mapToLong(RunResult::ok).sum());
        }
    }

    @Test
    void endlessRunFailsUntilItsNameIsKnown() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            AtomicInteger lookups = new AtomicInteger();
            Resolver late =
                    _ -> {
                        if (lookups.incrementAndGet() < 3) {
                            throw unknown();
                        }
                        return List.of(server.address());
                    };
            RunConfig config =
                    tcp(ClientConfig.of(NAMED))
                            .interval(Duration.ofMillis(1))
                            .lookupInterval(Duration.ofMillis(20))
                            .endless()
                            .build();
            Interrupting listener = new Interrupting(3);
            RunResult result = run(new Run(config, listener, late)).getFirst();
            assertTrue(Thread.interrupted());
            assertEquals(3, result.ok());
            assertEquals(Map.of(Kind.DNS, result.failed()), result.errors());
            assertTrue(result.failed() > 1);
            assertEquals(List.of(server.address()), List.of(listener.exchanges.get(0).peer()));
        }
    }

    /** Finds one address first, then another one. */
    private static Resolver moving(InetSocketAddress from, InetSocketAddress to) {
        AtomicInteger lookups = new AtomicInteger();
        return _ -> List.of(lookups.getAndIncrement() == 0 ? from : to);
    }

    /** Runs until an exchange with the second address. */
    private void follow(RunConfig.Builder run, InetSocketAddress from, InetSocketAddress to)
            throws IOException {
        RunConfig config = run.endless().lookupInterval(Duration.ofMillis(50)).build();
        List<List<InetSocketAddress>> changes = new ArrayList<>();
        RecordingRunListener listener =
                new RecordingRunListener() {
                    @Override
                    public void onExchange(Exchange exchange) throws IOException {
                        super.onExchange(exchange);
                        if (exchange.peer().equals(to)) {
                            Thread.currentThread().interrupt();
                        }
                    }

                    @Override
                    public void onAddresses(List<InetSocketAddress> addresses) {
                        changes.add(addresses);
                    }
                };
        RunResult result = new Run(config, listener, moving(from, to)).run();
        assertTrue(Thread.interrupted());
        assertEquals(List.of(List.of(to)), changes);
        assertEquals(from, listener.exchanges.getFirst().peer());
        assertEquals(to, listener.exchanges.getLast().peer());
        assertEquals(0, result.failed());
    }

    @Test
    void tcpRunFollowsItsNameToAnotherAddress() throws Exception {
        try (OpenServer before = OpenServer.echoing();
                OpenServer after = OpenServer.echoing()) {
            follow(
                    tcp(ClientConfig.of(NAMED)).interval(Duration.ofMillis(1)),
                    before.address(),
                    after.address());
        }
    }

    private static void answer(OpenServer.Peer peer, byte[] question) {
        try {
            peer.write(question);
        } catch (IOException expected) {
            // The test has ended.
        }
    }

    @Test
    void pipelinedRunFollowsItsNameToAnotherAddress() throws Exception {
        // Several requests are always in flight.
        OpenServer.Script slow =
                peer -> {
                    while (true) {
                        byte[] question = peer.read(12);
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            LockSupport.parkNanos(100_000_000);
                                            answer(peer, question);
                                        });
                    }
                };
        try (OpenServer before = OpenServer.running(slow);
                OpenServer after = OpenServer.echoing()) {
            follow(tcp(ClientConfig.of(NAMED)).rate(50), before.address(), after.address());
        }
    }

    @Test
    void runOfConnectionsFollowsItsNameToAnotherAddress() throws Exception {
        try (OpenServer before = OpenServer.echoing();
                OpenServer after = OpenServer.echoing()) {
            RunConfig.Builder reconnecting = tcp(ClientConfig.of(NAMED)).reconnect(true);
            follow(reconnecting.parallel(2), before.address(), after.address());
        }
    }

    @Test
    void udpRunFollowsItsNameToAnotherAddress() throws Exception {
        try (AnsweringServer before = AnsweringServer.running(List::of);
                AnsweringServer after = AnsweringServer.running(List::of)) {
            follow(
                    udp(ClientConfig.of(NAMED)).interval(Duration.ofMillis(1)),
                    before.address(),
                    after.address());
        }
    }

    @Test
    void failedLookupKeepsTheAddress() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            AtomicInteger lookups = new AtomicInteger();
            Resolver failing =
                    _ -> {
                        if (lookups.getAndIncrement() > 0) {
                            throw unknown();
                        }
                        return List.of(server.address());
                    };
            Interrupting listener =
                    new Interrupting(-1) {
                        @Override
                        public void onExchange(Exchange exchange) throws IOException {
                            super.onExchange(exchange);
                            if (lookups.get() > 3) {
                                Thread.currentThread().interrupt();
                            }
                        }
                    };
            RunConfig config =
                    tcp(ClientConfig.of(NAMED))
                            .interval(Duration.ofMillis(1))
                            .lookupInterval(Duration.ofMillis(5))
                            .endless()
                            .build();
            RunResult result = new Run(config, listener, failing).run();
            assertTrue(Thread.interrupted());
            assertEquals(0, result.failed());
            assertEquals(Map.of(), result.errors());
        }
    }

    @Test
    void interruptEndsAllRuns() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Resolver waiting =
                _ -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    throw unknown();
                };
        try (OpenServer server = OpenServer.echoing()) {
            Interrupting listener = new Interrupting(3);
            List<RunResult> results =
                    run(
                            new Run(tcp(server.config()).endless().build(), listener),
                            new Run(tcp(ClientConfig.of(NAMED)).count(2).build(), first, waiting),
                            new Run(tcp(ClientConfig.of(NAMED)).build(), second, waiting));
            assertTrue(Thread.interrupted());
            assertEquals(List.of(3L, 0L, 0L), results.stream().map(RunResult::ok).toList());
            assertEquals(List.of(), first.failures);
            assertEquals(List.of(Kind.INTERRUPTED), second.kinds());
        } finally {
            never.countDown();
        }
    }

    @Test
    void exceptionOfAListenerEndsAllRuns() throws Exception {
        IOException full = new IOException("disk full");
        RunListener failing =
                new RunListener() {
                    @Override
                    public void onExchange(Exchange exchange) throws IOException {
                        throw full;
                    }
                };
        try (OpenServer server = OpenServer.echoing()) {
            RunConfig config = tcp(server.config()).endless().build();
            Run endless = new Run(config, RunListener.NONE);
            assertSame(
                    full,
                    assertThrows(IOException.class, () -> run(endless, new Run(config, failing))));
        }
    }

    @Test
    void reportsAreRequestedForAllRuns() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        List<List<RunResult>> reports = new ArrayList<>();
        GroupListener group =
                new GroupListener() {
                    @Override
                    public void onReport(List<RunResult> soFar) {
                        reports.add(soFar);
                        Thread.currentThread().interrupt();
                    }
                };
        RecordingRunListener listener =
                new RecordingRunListener() {
                    @Override
                    public void onExchange(Exchange exchange) {
                        begun.countDown();
                    }
                };
        try (OpenServer server = OpenServer.echoing()) {
            RunConfig config =
                    tcp(server.config()).endless().interval(Duration.ofMillis(10)).build();
            RunGroup runs =
                    new RunGroup(
                            List.of(new Run(config, listener), new Run(config, second)), group);
            FutureTask<List<RunResult>> task = new FutureTask<>(runs::run);
            Thread.ofPlatform().daemon().start(task);
            assertTrue(begun.await(30, TimeUnit.SECONDS));
            runs.reportSoon();
            assertEquals(2, task.get(30, TimeUnit.SECONDS).size());
            assertEquals(List.of(List.of(listener.reports.get(0), second.reports.get(0))), reports);
        }
    }

    @Test
    void groupRequiresRuns() {
        assertThrows(
                IllegalArgumentException.class, () -> new RunGroup(List.of(), GroupListener.NONE));
        RunConfig config = tcp(ClientConfig.of(NAMED)).build();
        assertThrows(
                NullPointerException.class,
                () -> new RunGroup(List.of(new Run(config, first)), null));
    }
}
