package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.measure.LatencySummary;
import net.client.run.Exchange;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

@Timeout(60)
class RunTest {
    private static final int QUESTION_BYTES = 12;

    private final RecordingRunListener recorded = new RecordingRunListener();

    private static RunConfig.Builder echo(ClientConfig client) {
        return RunConfig.builder(Transport.TCP, Service.ECHO, client);
    }

    /** Answers a number of requests on each connection, then reads one more and stays silent. */
    private static OpenServer.Script answering(int count, CountDownLatch silent) {
        return peer -> {
            for (int i = 0; i < count; i++) {
                peer.write(peer.read(QUESTION_BYTES));
            }
            peer.read(QUESTION_BYTES);
            silent.countDown();
            peer.awaitEnd();
        };
    }

    private static boolean await(CountDownLatch latch) throws InterruptedException {
        return latch.await(30, TimeUnit.SECONDS);
    }

    /** The result of an interrupted run, and the interrupt status of its thread. */
    private record Interrupted(RunResult result, boolean isSet) {}

    private FutureTask<Interrupted> task(RunConfig config) {
        Run run = new Run(config, recorded);
        return new FutureTask<>(
                () -> new Interrupted(run.run(), Thread.currentThread().isInterrupted()));
    }

    @ParameterizedTest(name = "virtual: {0}")
    @ValueSource(booleans = {false, true})
    void interruptEndsRunWithoutCountingExchangesInFlight(boolean virtual) throws Exception {
        CountDownLatch silent = new CountDownLatch(2);
        try (OpenServer server = OpenServer.running(answering(5, silent))) {
            FutureTask<Interrupted> task =
                    task(echo(server.config()).endless().parallel(2).build());
            Thread thread =
                    (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(task);
            assertTrue(await(silent));
            thread.interrupt();
            Interrupted ended = task.get(30, TimeUnit.SECONDS);
            assertTrue(ended.isSet);
            assertEquals(10, ended.result.ok());
            assertEquals(0, ended.result.failed());
            assertEquals(10, ended.result.sent());
            assertEquals(Map.of(), ended.result.errors());
            assertEquals(10, recorded.exchanges.size());
            assertEquals(List.of(), recorded.failures);
        }
    }

    @Test
    void interruptedThreadStartsNoExchange() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RunConfig config = echo(server.config()).count(5).build();
            FutureTask<Interrupted> task =
                    new FutureTask<>(
                            () -> {
                                Thread.currentThread().interrupt();
                                RunResult result = new Run(config, recorded).run();
                                return new Interrupted(
                                        result, Thread.currentThread().isInterrupted());
                            });
            Thread.ofPlatform().daemon().start(task);
            Interrupted ended = task.get(30, TimeUnit.SECONDS);
            assertTrue(ended.isSet);
            assertEquals(0, ended.result.ok() + ended.result.failed() + ended.result.sent());
            assertEquals(Duration.ZERO, ended.result.duration());
            assertEquals(List.of(), recorded.failures);
        }
    }

    @Test
    void unknownNameCountsAsOneFailure() throws Exception {
        ClientConfig client =
                ClientConfig.builder(new Endpoint("nosuch.invalid", 8888))
                        .timeout(ScriptedServer.PATIENCE)
                        .build();
        RunResult result = new Run(echo(client).count(5).build(), recorded).run();
        assertEquals(Map.of(Kind.DNS, 1L), result.errors());
        assertEquals(1, result.failed());
        assertEquals(0, result.sent());
        assertEquals(
                List.of("lookup of nosuch.invalid:8888 failed: name not found"),
                recorded.messages());
    }

    @Test
    void lookupIsTimedSeparately() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            Endpoint endpoint = new Endpoint("localhost", server.address().getPort());
            RunConfig config = echo(ClientConfig.of(endpoint)).count(2).build();
            RunResult result = new Run(config, RunListener.NONE).run();
            assertTrue(result.resolve().orElseThrow().isPositive());
            assertEquals(2, result.ok());
        }
    }

    @Test
    void listenerIsNotNotifiedOfUnwantedExchanges() throws Exception {
        RecordingRunListener deaf =
                new RecordingRunListener() {
                    @Override
                    public boolean needsExchanges() {
                        return false;
                    }
                };
        try (OpenServer server = OpenServer.echoing()) {
            assertEquals(3, new Run(echo(server.config()).count(3).build(), deaf).run().ok());
            assertEquals(List.of(), deaf.exchanges);
        }
    }

    private static void assertEnds(Exception thrown, OpenServer server, RunListener listener) {
        RunConfig.Builder config = echo(server.config()).rate(500).parallel(3).endless();
        Exception caught =
                assertThrows(thrown.getClass(), () -> new Run(config.build(), listener).run());
        assertSame(thrown, caught);
    }

    @Test
    void exceptionFromOnExchangeEndsRun() throws Exception {
        CountDownLatch gone = new CountDownLatch(3);
        IOException thrown = new IOException("disk full");
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            try {
                                peer.echo();
                            } finally {
                                gone.countDown();
                            }
                        })) {
            AtomicInteger calls = new AtomicInteger();
            assertEnds(
                    thrown,
                    server,
                    new RecordingRunListener() {
                        @Override
                        public void onExchange(Exchange exchange) throws IOException {
                            if (calls.incrementAndGet() >= 10) {
                                throw thrown;
                            }
                        }
                    });
            assertEquals(10, calls.get());
            assertTrue(await(gone), "all connections are closed");
        }
    }

    @Test
    void exceptionFromOnFailureEndsRun() throws Exception {
        IOException thrown = new IOException("disk full");
        try (OpenServer server = OpenServer.running(peer -> peer.read(QUESTION_BYTES))) {
            assertEnds(
                    thrown,
                    server,
                    new RecordingRunListener() {
                        @Override
                        public void onFailure(OptionalLong number, ExchangeException failure)
                                throws IOException {
                            super.onFailure(number, failure);
                            assertEquals(1, failures.size());
                            throw thrown;
                        }
                    });
        }
    }

    /** An exception of the listener must not be taken for a failed lookup. */
    @Test
    void listenerMayRethrowFailure() throws Exception {
        RecordingRunListener strict =
                new RecordingRunListener() {
                    @Override
                    public void onFailure(OptionalLong number, ExchangeException failure)
                            throws IOException {
                        super.onFailure(number, failure);
                        throw failure;
                    }
                };
        try (OpenServer server = OpenServer.running(peer -> peer.read(QUESTION_BYTES))) {
            Run run = new Run(echo(server.config()).count(5).build(), strict);
            ExchangeException thrown = assertThrows(ExchangeException.class, run::run);
            assertSame(strict.failures.getFirst(), thrown);
            assertEquals(1, strict.failures.size());
        }
    }

    @Test
    void listenerMayThrowEarlierFailure() throws Exception {
        ExchangeException thrown =
                new ExchangeException(Kind.OTHER, "enough", null, 0, new IOException());
        try (OpenServer server = OpenServer.echoing()) {
            assertEnds(
                    thrown,
                    server,
                    new RecordingRunListener() {
                        @Override
                        public void onExchange(Exchange exchange) throws IOException {
                            throw thrown;
                        }
                    });
        }
    }

    @Test
    void uncheckedExceptionFromListenerEndsRun() throws Exception {
        IllegalStateException thrown = new IllegalStateException("a fault");
        try (OpenServer server = OpenServer.echoing()) {
            assertEnds(
                    thrown,
                    server,
                    new RecordingRunListener() {
                        @Override
                        public void onExchange(Exchange exchange) {
                            throw thrown;
                        }
                    });
        }
    }

    /** The third exchange is not answered before the report. */
    @Test
    void reportIsMadeWhileRunWaits() throws Exception {
        CountDownLatch silent = new CountDownLatch(1);
        CountDownLatch reported = new CountDownLatch(1);
        RecordingRunListener listener =
                new RecordingRunListener() {
                    @Override
                    public void onReport(RunResult soFar) throws IOException {
                        super.onReport(soFar);
                        reported.countDown();
                    }
                };
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            peer.write(peer.read(QUESTION_BYTES));
                            peer.write(peer.read(QUESTION_BYTES));
                            byte[] third = peer.read(QUESTION_BYTES);
                            silent.countDown();
                            assertTrue(await(reported));
                            peer.write(third);
                        })) {
            Run run = new Run(echo(server.config()).count(3).build(), listener);
            run.reportSoon();
            FutureTask<RunResult> task = new FutureTask<>(run::run);
            Thread.ofPlatform().daemon().start(task);
            assertTrue(await(silent));
            run.reportSoon();
            assertEquals(3, task.get(30, TimeUnit.SECONDS).ok());
            run.reportSoon();
            assertEquals(1, listener.reports.size());
            RunResult report = listener.reports.getFirst();
            assertEquals(2, report.ok());
            assertEquals(3, report.sent());
            assertEquals(2, report.histogram().count());
        }
    }

    @Test
    void exceptionFromOnReportEndsRun() throws Exception {
        IOException thrown = new IOException("disk full");
        CountDownLatch silent = new CountDownLatch(1);
        try (OpenServer server = OpenServer.running(answering(1, silent))) {
            RecordingRunListener listener =
                    new RecordingRunListener() {
                        @Override
                        public void onReport(RunResult soFar) throws IOException {
                            throw thrown;
                        }
                    };
            Run run = new Run(echo(server.config()).endless().build(), listener);
            FutureTask<IOException> task =
                    new FutureTask<>(() -> assertThrows(IOException.class, run::run));
            Thread.ofPlatform().daemon().start(task);
            assertTrue(await(silent));
            run.reportSoon();
            assertSame(thrown, task.get(30, TimeUnit.SECONDS));
        }
    }

    /** Compares each interval with the events reported since the previous one. */
    private static final class Adding extends RecordingRunListener {
        private int ok;
        private int failed;
        private long sent;

        @Override
        public void onInterval(RunResult interval) throws IOException {
            super.onInterval(interval);
            assertEquals(exchanges.size() - ok, interval.ok());
            assertEquals(failures.size() - failed, interval.failed());
            assertEquals(interval.ok(), interval.histogram().count());
            ok = exchanges.size();
            failed = failures.size();
            sent += interval.sent();
        }
    }

    /** Every 20th exchange ends its connection, so some fail. */
    @Test
    void intervalsAreReportedEverySecondAndAddUp() throws Exception {
        Adding adding = new Adding();
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            for (int i = 0; i < 20; i++) {
                                peer.write(peer.read(QUESTION_BYTES));
                            }
                            peer.read(QUESTION_BYTES);
                        })) {
            RunConfig.Builder config = echo(server.config()).rate(500);
            Duration duration = Duration.ofMillis(2300);
            RunResult result = new Run(config.duration(duration).build(), adding).run();
            assertEquals(3, adding.intervals.size());
            for (RunResult whole : adding.intervals.subList(0, 2)) {
                assertTrue(whole.duration().compareTo(Duration.ofSeconds(1)) >= 0);
            }
            assertEquals(1150, result.ok() + result.failed());
            assertEquals(adding.exchanges.size(), result.ok());
            assertEquals(adding.failures.size(), result.failed());
            // A request sent after the FIN is reset, if the reset arrives in time.
            assertTrue(Set.of(Kind.CLOSED, Kind.RESET).containsAll(result.errors().keySet()));
            assertEquals(result.failed(), sum(result.errors().values()));
            assertTrue(result.failed() > 0);
            assertEquals(result.sent(), adding.sent);
            assertEquals(result.ok(), adding.ok);
            assertMonotone(result);
            adding.intervals.forEach(RunTest::assertMonotone);
        }
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    private static void assertMonotone(RunResult result) {
        assertEquals(result.ok(), result.histogram().count());
        assertEquals(result.histogram().max(), result.time().max());
        Stream.of(
                        Stream.of(result.time()),
                        result.rawTime().stream(),
                        result.lateness().stream(),
                        result.connect().stream(),
                        result.firstByte().stream())
                .flatMap(timings -> timings)
                .forEach(RunTest::assertMonotone);
    }

    private static void assertMonotone(LatencySummary timings) {
        List<Long> figures =
                Stream.of(
                                timings.min(),
                                timings.p50(),
                                timings.p90(),
                                timings.p99(),
                                timings.p999(),
                                timings.max())
                        .flatMapToLong(OptionalLong::stream)
                        .boxed()
                        .toList();
        assertEquals(figures.stream().sorted().toList(), figures);
        assertTrue(figures.size() >= 2);
        long mean = timings.mean().orElseThrow();
        assertTrue(mean >= figures.getFirst() && mean <= figures.getLast());
    }

    @Test
    void singleExchangeHasNoInterval() throws Exception {
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            byte[] question = peer.read(QUESTION_BYTES);
                            Thread.sleep(1200);
                            peer.write(question);
                        })) {
            assertEquals(1, new Run(echo(server.config()).build(), recorded).run().ok());
            assertEquals(List.of(), recorded.intervals);
        }
    }

    @Test
    void rejectsNull() {
        RunConfig config = echo(ClientConfig.of(new Endpoint("127.0.0.1", 7))).build();
        assertThrows(NullPointerException.class, () -> new Run(null, recorded));
        assertThrows(NullPointerException.class, () -> new Run(config, null));
    }
}
