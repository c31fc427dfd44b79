package net.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.Relay.Fate;
import net.client.Relay.StampSession;
import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.Payload;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.Datagrams;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

@Timeout(60)
class UdpEchoRunTest {
    /** Far above a round trip on the loopback interface. */
    private static final Duration WAIT = Duration.ofMillis(300);

    private static RunConfig.Builder echo(ClientConfig client) {
        return RunConfig.builder(Transport.UDP, Service.ECHO, client);
    }

    /** Notifies the relay of each timeout, so that it sends the late answers. */
    static final class TimeoutReporter extends RecordingRunListener {
        private final Relay relay;

        TimeoutReporter(Relay relay) {
            this.relay = relay;
        }

        @Override
        public void onFailure(OptionalLong number, ExchangeException failure) throws IOException {
            super.onFailure(number, failure);
            if (failure.kind() == Kind.TIMEOUT) {
                relay.timedOut();
            }
        }
    }

    /** Compares all counters with the fates that the relay applied. */
    static void assertTrueTo(Relay relay, RunResult result, RecordingRunListener listener) {
        long sent = relay.played(Fate.values());
        long silent = relay.played(Fate.LOST_UP, Fate.LOST_DOWN, Fate.UNKNOWN);
        long elsewhere = relay.played(Fate.OTHER_PORT, Fate.OTHER_ADDRESS);
        long late = relay.played(Fate.LATE);
        long corrupt = relay.played(Fate.CORRUPT);
        long lost = silent + elsewhere;
        assertEquals(
                new Datagrams(
                        sent - lost,
                        lost,
                        OptionalLong.of(0),
                        late,
                        relay.played(Fate.TWICE_UP, Fate.TWICE_DOWN),
                        relay.played(Fate.OVERTAKEN),
                        corrupt + relay.played(Fate.UNKNOWN)),
                result.datagrams().orElseThrow());
        assertEquals(sent, result.sent());
        assertEquals(lost + late + corrupt, result.failed());
        assertEquals(sent, result.ok() + result.failed());
        assertEquals(result.ok(), result.histogram().count());
        List<Long> numbers = new ArrayList<>(listener.numbers());
        listener.failureNumbers.forEach(number -> number.ifPresent(numbers::add));
        Collections.sort(numbers);
        assertEquals(LongStream.rangeClosed(1, sent).boxed().toList(), numbers);
        Map<Kind, Long> errors = new EnumMap<>(Kind.class);
        errors.put(Kind.TIMEOUT, silent + late);
        errors.put(Kind.CORRUPT, corrupt);
        errors.put(Kind.WRONG_SOURCE, elsewhere + relay.played(Fate.STRAY));
        errors.values().removeIf(count -> count == 0);
        assertEquals(errors, result.errors());
        for (Kind kind : Kind.values()) {
            assertEquals(
                    errors.getOrDefault(kind, 0L), Collections.frequency(listener.kinds(), kind));
        }
        assertEquals(result.ok(), listener.exchanges.size());
    }

    private static void assertTrueTo(Relay relay, RunConfig.Builder config) throws IOException {
        TimeoutReporter listener = new TimeoutReporter(relay);
        RunResult result = new Run(config.answerWait(WAIT).build(), listener).run();
        assertTrueTo(relay, result, listener);
        int size = echoBytes(config);
        assertEquals(result.sent() * size, result.bytesSent());
        assertEquals(result.ok() * size, result.bytesReceived());
    }

    private static int echoBytes(RunConfig.Builder config) {
        return config.build().payload().size() + RunConfig.HEADER_BYTES;
    }

    /** One datagram of each fate, each followed by one that is reflected. */
    private static List<Fate> each(Fate... excluded) {
        List<Fate> fates = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            if (!List.of(excluded).contains(fate)) {
                fates.add(Fate.PASS);
                fates.add(fate);
            }
        }
        return fates;
    }

    /** Datagrams are sent one at a time, so none can be reordered. */
    @Test
    void closedLoopCountsEachFate() throws Exception {
        try (Relay relay = Relay.running(StampSession.ECHO, each(Fate.OVERTAKEN))) {
            assertTrueTo(relay, echo(relay.config()).count(40));
        }
    }

    @Test
    void openLoopWithIntervalCountsEachFate() throws Exception {
        try (Relay relay = Relay.running(StampSession.ECHO, each())) {
            assertTrueTo(relay, echo(relay.config()).interval(Duration.ofMillis(5)).count(150));
        }
    }

    /** The last third is reflected, so that the run lasts until all late answers have arrived. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void openLoopWithRateCountsAnyMixture(int seed) throws Exception {
        Random random = new Random(seed);
        Fate[] fates = Fate.values();
        Fate[] script = new Fate[600];
        Arrays.fill(script, Fate.PASS);
        for (int i = 1; i < 300; i++) {
            script[i] = fates[random.nextInt(fates.length)];
            if (script[i] == Fate.OVERTAKEN) {
                // The datagram that overtakes it must be reflected at once.
                i++;
            }
        }
        try (Relay relay = Relay.running(StampSession.ECHO, List.of(script))) {
            assertTrueTo(relay, echo(relay.config()).rate(500).count(600));
            assertEquals(fates.length, relay.played().size());
        }
    }

    /** No late answers: with several sockets, the relay does not know which one has timed out. */
    @Test
    void severalSocketsCountEachFate() throws Exception {
        List<Fate> fates = each(Fate.OVERTAKEN, Fate.LATE);
        try (Relay relay = Relay.running(StampSession.ECHO, place -> fates.get(place % 20))) {
            assertTrueTo(relay, echo(relay.config()).parallel(4).count(60));
        }
    }

    @Test
    void severalSocketsShareRate() throws Exception {
        List<Fate> fates = each(Fate.OVERTAKEN, Fate.LATE);
        try (Relay relay = Relay.running(StampSession.ECHO, place -> fates.get(place % 20))) {
            assertTrueTo(relay, echo(relay.config()).parallel(4).rate(1000).count(200));
        }
    }

    @Test
    void answerFromOtherAddressIsWrongSource() throws Exception {
        List<Fate> fates = List.of(Fate.OTHER_PORT, Fate.OTHER_ADDRESS, Fate.STRAY);
        try (Relay relay = Relay.running(StampSession.ECHO, fates)) {
            RecordingRunListener listener = new RecordingRunListener();
            RunResult result = new Run(echo(relay.config()).count(4).build(), listener).run();
            int port = relay.address().getPort();
            String failed = "exchange with 127.0.0.1:" + port + " failed: answer from ";
            String detail = ", which is not the server's address";
            assertEquals(
                    List.of(
                            failed + "127.0.0.1:" + relay.otherPort() + detail,
                            failed + "127.0.0.2:" + port + detail,
                            failed + "127.0.0.1:" + relay.otherPort() + detail),
                    listener.messages());
            assertEquals(Map.of(Kind.WRONG_SOURCE, 3L), result.errors());
            assertEquals(2, result.failed());
            assertEquals(2, result.ok());
        }
    }

    @Test
    void lossIsTimeout() throws Exception {
        try (Relay relay = Relay.running(StampSession.ECHO, List.of(Fate.LOST_UP))) {
            TimeoutReporter listener = new TimeoutReporter(relay);
            long start = System.nanoTime();
            new Run(echo(relay.config()).count(2).answerWait(WAIT).build(), listener).run();
            long elapsed = System.nanoTime() - start;
            assertEquals(
                    List.of(
                            "exchange with "
                                    + Endpoint.of(relay.address())
                                    + " failed: no answer in time"),
                    listener.messages());
            assertEquals(28, listener.failures.getFirst().bytesSent());
            assertTrue(elapsed >= WAIT.toNanos());
        }
    }

    /** The timeout of 30 s is longer, and three round trips are much shorter. */
    @Test
    void waitIsOneSecondIfRoundTripsAreShort() throws Exception {
        try (Relay relay =
                Relay.running(StampSession.ECHO, List.of(Fate.PASS, Fate.LOST_UP, Fate.PASS))) {
            long start = System.nanoTime();
            RunConfig config = echo(relay.config()).count(3).build();
            RunResult result = new Run(config, new TimeoutReporter(relay)).run();
            long elapsed = System.nanoTime() - start;
            assertEquals(2, result.ok());
            assertTrue(elapsed >= 1_000_000_000L);
            assertTrue(elapsed < 10_000_000_000L);
        }
    }

    @Test
    void waitIsLimitedToTimeout() throws Exception {
        try (Relay relay = Relay.running(StampSession.ECHO, List.of(Fate.PASS, Fate.LOST_UP))) {
            long start = System.nanoTime();
            ClientConfig client =
                    relay.config().toBuilder().timeout(Duration.ofMillis(200)).build();
            new Run(echo(client).count(3).build(), new TimeoutReporter(relay)).run();
            long elapsed = System.nanoTime() - start;
            assertTrue(elapsed >= 200_000_000 && elapsed < 1_000_000_000, elapsed + " ns");
        }
    }

    /** The requests in order of arrival, with their senders. */
    private static final class Questions implements StampSession {
        private final List<ByteBuffer> packets = new CopyOnWriteArrayList<>();
        private final List<SocketAddress> clients = new CopyOnWriteArrayList<>();

        @Override
        public byte[] reflect(byte[] question, SocketAddress client) {
            packets.add(ByteBuffer.wrap(question));
            clients.add(client);
            return question;
        }
    }

    private static Questions questions(RunConfig.Builder config) throws IOException {
        Questions questions = new Questions();
        try (Relay relay = Relay.passing(questions)) {
            RunConfig to = echo(relay.config()).payload(config.build().payload()).build();
            RunConfig run =
                    to.toBuilder()
                            .count(config.build().count().orElseThrow())
                            .parallel(config.build().parallel())
                            .build();
            assertEquals(run.count().orElseThrow(), new Run(run, RunListener.NONE).run().ok());
        }
        return questions;
    }

    private static RunConfig.Builder anywhere() {
        return echo(ClientConfig.of(new Endpoint("127.0.0.1", 7)));
    }

    @Test
    void requestsHaveTokenOfRunAndSequenceOfSocket() throws Exception {
        Questions questions = questions(anywhere().count(30).parallel(3));
        long token = questions.packets.getFirst().getLong(0);
        Map<SocketAddress, Long> next = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            ByteBuffer packet = questions.packets.get(i);
            assertEquals(28, packet.capacity());
            assertEquals(token, packet.getLong(0));
            long sequence = next.merge(questions.clients.get(i), 1L, Long::sum) - 1;
            assertEquals(sequence, packet.getLong(8));
            assertEquals(ByteBuffer.wrap("hello sever!".getBytes()), packet.slice(16, 12));
        }
        assertEquals(3, next.size());
        Questions others = questions(anywhere().count(2));
        assertNotEquals(token, others.packets.getFirst().getLong(0));
    }

    @Test
    void singleExchangeSendsOnlyThePayload() throws Exception {
        Questions questions = questions(anywhere());
        assertArrayEquals("hello sever!".getBytes(), questions.packets.getFirst().array());
    }

    /** IPv4 has room for 65,507 bytes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1472, 65_491})
    void returnsDatagramsOfAnySize(int size) throws Exception {
        Questions questions = questions(anywhere().payload(Payload.pattern(size)).count(3));
        assertEquals(size + 16, questions.packets.getFirst().capacity());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_507})
    void returnsSingleDatagramOfAnySize(int size) throws Exception {
        Questions questions = questions(anywhere().payload(Payload.pattern(size)));
        assertEquals(size, questions.packets.getFirst().capacity());
    }

    @Test
    void exchangeHasAnswerAndBothAddresses() throws Exception {
        Questions questions = new Questions();
        try (Relay relay = Relay.passing(questions)) {
            RecordingRunListener listener = new RecordingRunListener();
            RunResult result = new Run(echo(relay.config()).count(2).build(), listener).run();
            Exchange exchange = listener.exchanges.getLast();
            assertEquals(2, exchange.number());
            assertEquals(relay.address(), exchange.peer());
            assertEquals(questions.clients.getLast(), exchange.local());
            assertEquals(Message.of("hello sever!"), exchange.answer());
            assertEquals(28, exchange.bytesSent());
            assertEquals(28, exchange.bytesReceived());
            assertEquals(Optional.empty(), exchange.connect());
            assertEquals(Optional.empty(), exchange.firstByte());
            assertEquals(exchange.rawDuration(), exchange.duration());
            assertEquals(Optional.empty(), result.rawTime());
            assertEquals(Optional.empty(), result.lateness());
        }
    }

    @Test
    void intervalIsOpenLoop() throws Exception {
        try (Relay relay = Relay.passing(StampSession.ECHO)) {
            RecordingRunListener listener = new RecordingRunListener();
            RunConfig.Builder config = echo(relay.config()).interval(Duration.ofMillis(10));
            RunResult result = new Run(config.count(11).build(), listener).run();
            assertTrue(result.duration().compareTo(Duration.ofMillis(99)) >= 0);
            assertTrue(result.rawTime().isPresent());
            assertTrue(result.lateness().isPresent());
            for (Exchange exchange : listener.exchanges) {
                assertTrue(exchange.duration().compareTo(exchange.rawDuration()) >= 0);
            }
        }
    }

    @Test
    void warmUpIsNotMeasured() throws Exception {
        List<Fate> fates = each(Fate.OVERTAKEN);
        int warmup = fates.size() + 1;
        try (Relay relay = Relay.running(StampSession.ECHO, fates)) {
            RunConfig.Builder config = echo(relay.config()).answerWait(WAIT).warmup(warmup);
            RecordingRunListener listener = new RecordingRunListener();
            RunResult result = new Run(config.count(5).build(), listener).run();
            assertEquals(warmup, result.warmup());
            assertEquals(
                    new Datagrams(5, 0, OptionalLong.of(0), 0, 0, 0, 0),
                    result.datagrams().orElseThrow());
            assertEquals(5, result.sent());
            assertEquals(5, result.ok());
            assertEquals(5 * 28, result.bytesSent());
            assertEquals(Map.of(), result.errors());
            assertEquals(List.of(), listener.failures);
        }
    }

    @Test
    void countsRefusalOfEachDatagram() throws Exception {
        try (Loopback refusing = Loopback.refusingUdp()) {
            RecordingRunListener listener = new RecordingRunListener();
            ClientConfig client = ClientConfig.of(Endpoint.of(refusing.address()));
            RunResult result = new Run(echo(client).count(3).build(), listener).run();
            assertEquals(Map.of(Kind.REFUSED, 3L), result.errors());
            assertEquals(
                    new Datagrams(0, 3, OptionalLong.of(0), 0, 0, 0, 0),
                    result.datagrams().orElseThrow());
            assertEquals(3, result.sent());
            assertEquals(
                    "send to 127.0.0.1:" + refusing.port() + " failed: connection refused",
                    listener.messages().getLast());
        }
    }

    /** At a rate, several datagrams are in flight when the refusal arrives. */
    @ParameterizedTest
    @CsvSource({"ECHO, 1", "ECHO, 10000", "STAMP, 1", "STAMP, 10000"})
    void runContinuesAtAddressThatDoesNotRefuse(Service service, int rate) throws Exception {
        StampSession reflector =
                service == Service.ECHO ? StampSession.ECHO : StampReflector.counting(0);
        try (Loopback refusing = Loopback.refusingUdp();
                Relay relay = Relay.passing(reflector)) {
            List<InetSocketAddress> peers = List.of(refusing.address(), relay.address());
            ClientConfig client = ClientConfig.of(new Endpoint("several.invalid", 8888));
            RunConfig.Builder config = RunConfig.builder(Transport.UDP, service, client).count(5);
            if (rate > 1) {
                config.rate(rate).parallel(2).count(40);
            }
            RecordingRunListener listener = new RecordingRunListener();
            RunResult result = new Run(config.build(), listener, _ -> peers).run();
            assertEquals(List.of(), listener.messages());
            assertEquals(result.ok(), result.sent());
            assertEquals(config.build().count().orElseThrow(), result.ok());
            for (Exchange exchange : listener.exchanges) {
                assertEquals(relay.address(), exchange.peer());
            }
        }
    }

    @Test
    void singleAnswerWithOtherBytesIsCorrupt() throws Exception {
        StampSession other = (question, _) -> new byte[question.length];
        try (Relay relay = Relay.passing(other)) {
            RecordingRunListener listener = new RecordingRunListener();
            RunResult result = new Run(echo(relay.config()).build(), listener).run();
            assertEquals(List.of(Kind.CORRUPT), listener.kinds());
            assertEquals(
                    new Datagrams(1, 0, OptionalLong.of(0), 0, 0, 0, 1),
                    result.datagrams().orElseThrow());
        }
    }

    @Test
    void largestTimeoutDoesNotOverflow() throws Exception {
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
        try (Relay relay = Relay.passing(StampSession.ECHO)) {
            ClientConfig client = relay.config().toBuilder().timeout(ages).build();
            assertEquals(1, new Run(echo(client).build(), RunListener.NONE).run().ok());
            RunConfig.Builder config = echo(client).count(2).answerWait(ages);
            assertEquals(2, new Run(config.build(), RunListener.NONE).run().ok());
        }
    }

    @Test
    void interruptEndsRunWithoutCountingExchangesInFlight() throws Exception {
        CountDownLatch silent = new CountDownLatch(3);
        Relay.Script script =
                place -> {
                    if (place < 5) {
                        return Fate.PASS;
                    }
                    silent.countDown();
                    return Fate.LOST_DOWN;
                };
        try (Relay relay = Relay.running(StampSession.ECHO, script)) {
            RecordingRunListener listener = new RecordingRunListener();
            Run run = new Run(echo(relay.config()).rate(100).endless().build(), listener);
            FutureTask<RunResult> task = new FutureTask<>(run::run);
            Thread thread = Thread.ofPlatform().daemon().start(task);
            assertTrue(silent.await(30, TimeUnit.SECONDS));
            thread.interrupt();
            RunResult result = task.get(30, TimeUnit.SECONDS);
            assertEquals(5, result.ok());
            assertEquals(5, result.sent());
            assertEquals(0, result.failed());
            assertEquals(
                    new Datagrams(5, 0, OptionalLong.of(0), 0, 0, 0, 0),
                    result.datagrams().orElseThrow());
            assertEquals(List.of(), listener.failures);
        }
    }

    @Test
    void receiveSendsEachDatagramWithoutLatencies() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            server.setSoTimeout(30_000);
            ClientConfig client = ClientConfig.of(new Endpoint("127.0.0.1", server.getLocalPort()));
            RunConfig.Builder config = RunConfig.builder(Transport.UDP, Service.RECEIVE, client);
            RecordingRunListener listener = new RecordingRunListener();
            RunResult result = new Run(config.count(50).parallel(3).build(), listener).run();
            assertEquals(50, result.ok());
            assertEquals(50, result.sent());
            assertEquals(600, result.bytesSent());
            assertEquals(0, result.histogram().count());
            assertEquals(Optional.empty(), result.datagrams());
            assertEquals(50, listener.exchanges.size());
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            for (int i = 0; i < 50; i++) {
                server.receive(packet);
                assertEquals(
                        Message.of("hello sever!"),
                        Message.of(packet.getData(), 0, packet.getLength()));
            }
        }
    }

    @Test
    void receiveReportsRefusals() throws Exception {
        try (Loopback refusing = Loopback.refusingUdp()) {
            ClientConfig client = ClientConfig.of(Endpoint.of(refusing.address()));
            RunConfig.Builder config = RunConfig.builder(Transport.UDP, Service.RECEIVE, client);
            RunResult result = new Run(config.count(3).build(), RunListener.NONE).run();
            assertEquals(0, result.ok());
            assertEquals(Map.of(Kind.REFUSED, 3L), result.errors());
            assertEquals(3, result.sent());
        }
    }
}
