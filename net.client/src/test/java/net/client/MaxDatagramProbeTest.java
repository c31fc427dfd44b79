package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.AnsweringServer.Script;
import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.SocketConfig;
import net.client.run.RunResult;
import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class MaxDatagramProbeTest {
    /** An IPv4 packet has at most 65,535 bytes (RFC 791), its headers 20, and UDP's 8. */
    private static final int MAX = 65_507;

    /** {@link MaxDatagramProbe#TRIES} of each size. */
    private static final int TRIES = 3;

    /** 1, 65,507, and one size for each of the sixteen bits. */
    private static final int MAX_SIZES = 18;

    private final List<Integer> reported = new CopyOnWriteArrayList<>();

    private MaxDatagramProbe probe(ClientConfig client) {
        return new MaxDatagramProbe(client, reported::add);
    }

    private MaxDatagramResult found(AnsweringServer server) throws Exception {
        return probe(server.config(ScriptedServer.PATIENCE)).run();
    }

    /** Drops larger datagrams. */
    private static Script dropping(int largest) {
        return question -> question.length <= largest ? List.of(question) : List.of();
    }

    /** Truncates larger datagrams, so that the client need not wait for a timeout. */
    private static Script cutting(int largest) {
        return question -> List.of(Arrays.copyOf(question, Math.min(question.length, largest)));
    }

    private static MaxDatagramResult size(AnsweringServer server, int largest) {
        OptionalInt lost = largest == MAX ? OptionalInt.empty() : OptionalInt.of(largest + 1);
        return new MaxDatagramResult(server.address(), largest, lost, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_250, 65_506, 65_507})
    void findsLargestSizeThatIsNotDropped(int largest) throws Exception {
        try (AnsweringServer server = AnsweringServer.running(dropping(largest))) {
            assertEquals(size(server, largest), found(server));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 508, 1472, 32_753, 32_754, 32_755, 65_506, 65_507})
    void truncatedAnswerCountsAsLost(int largest) throws Exception {
        try (AnsweringServer server = AnsweringServer.running(cutting(largest))) {
            assertEquals(size(server, largest), found(server));
        }
    }

    @Test
    void reportsEachOfFewTriesForAnyLimit() throws Exception {
        Random random = new Random(6);
        for (int i = 0; i < 30; i++) {
            int largest = 1 + random.nextInt(MAX);
            reported.clear();
            try (AnsweringServer server = AnsweringServer.running(cutting(largest))) {
                assertEquals(size(server, largest), found(server));
                assertEquals(server.sizes(), reported);
                Map<Integer, Integer> tries = new HashMap<>();
                for (int size : reported) {
                    tries.merge(size, 1, Integer::sum);
                }
                assertTrue(tries.size() <= MAX_SIZES, reported::toString);
                assertTrue(tries.values().stream().allMatch(n -> n <= TRIES), reported::toString);
                assertTrue(tries.containsKey(largest), reported::toString);
                assertTrue(largest == MAX || tries.containsKey(largest + 1), reported::toString);
            }
        }
    }

    @Test
    void findsLimitOfIpv6LoopbackWithoutFragments() throws Exception {
        Loopback.assumeIpv6();
        int mtu = loopbackMtu();
        // RFC 8200, section 3: 40 bytes of header, and UDP's 8.
        int largest = Math.min(mtu - 48, MAX);
        InetAddress host = InetAddress.ofLiteral("::1");
        try (AnsweringServer server = AnsweringServer.at(host, dropping(MAX))) {
            assertEquals(size(server, largest), found(server));
            assertEquals(Set.of(), tooLarge(server.sizes(), largest));
        }
    }

    private static int loopbackMtu() throws Exception {
        return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")).getMTU();
    }

    private static Set<Integer> tooLarge(List<Integer> sizes, int largest) {
        Set<Integer> all = new HashSet<>(sizes);
        all.removeIf(size -> size <= largest);
        return all;
    }

    @Test
    void retriesAfterSingleLoss() throws Exception {
        Set<Integer> seen = new HashSet<>();
        Script second = question -> seen.add(question.length) ? List.of() : List.of(question);
        try (AnsweringServer server = AnsweringServer.running(second)) {
            MaxDatagramProbe probe = probe(server.config(Duration.ofSeconds(1)));
            assertEquals(size(server, MAX), probe.run());
            assertEquals(List.of(1, 1, MAX, MAX), reported);
            assertCounts(probe.result(), 2, 4, Map.of(Kind.TIMEOUT, 2L));
        }
    }

    @Test
    void retriesAfterSingleCorruptAnswer() throws Exception {
        Set<Integer> seen = new HashSet<>();
        Script first =
                question -> {
                    question[0] += (byte) (seen.add(question.length) ? 1 : 0);
                    return List.of(question);
                };
        try (AnsweringServer server = AnsweringServer.running(first)) {
            MaxDatagramProbe probe = probe(server.config(ScriptedServer.PATIENCE));
            assertEquals(size(server, MAX), probe.run());
            assertEquals(List.of(1, 1, MAX, MAX), reported);
            assertCounts(probe.result(), 2, 4, Map.of(Kind.CORRUPT, 2L));
        }
    }

    /** With a configured source port, a late answer arrives at the next socket. */
    @Test
    void lateAnswerIsIgnoredByTheNextSize() throws Exception {
        List<byte[]> late = new ArrayList<>();
        Script overtaken =
                question -> {
                    if (question.length == MAX) {
                        late.add(question);
                        return List.of();
                    }
                    List<byte[]> answers = new ArrayList<>(late);
                    late.clear();
                    answers.add(question);
                    return answers;
                };
        try (AnsweringServer server = AnsweringServer.running(overtaken)) {
            InetSocketAddress source;
            try (DatagramSocket free = new DatagramSocket(0, AnsweringServer.IPV4)) {
                source = new InetSocketAddress(AnsweringServer.IPV4, free.getLocalPort());
            }
            ClientConfig client = server.config(ScriptedServer.PATIENCE);
            SocketConfig socket = client.socket().toBuilder().source(source).build();
            assertEquals(
                    size(server, MAX - 1), probe(client.toBuilder().socket(socket).build()).run());
        }
    }

    private static void assertCounts(RunResult result, long ok, long sent, Map<Kind, Long> errors) {
        assertEquals(ok, result.ok());
        assertEquals(sent, result.sent());
        assertEquals(errors, result.errors());
        assertEquals(errors.values().stream().mapToLong(Long::longValue).sum(), result.failed());
    }

    @Test
    void resultCountsEachTryAndItsBytes() throws Exception {
        try (AnsweringServer server = AnsweringServer.running(dropping(MAX - 1))) {
            MaxDatagramProbe probe = probe(server.config(ScriptedServer.PATIENCE));
            assertCounts(probe.result(), 0, 0, Map.of());
            probe.run();
            RunResult result = probe.result();
            assertCounts(result, reported.size() - 3, reported.size(), Map.of(Kind.TIMEOUT, 3L));
            long sent = reported.stream().mapToLong(Integer::longValue).sum();
            assertEquals(sent, result.bytesSent());
            assertEquals(sent - 3 * MAX, result.bytesReceived());
            assertEquals(3, result.datagrams().orElseThrow().lost());
            assertEquals(result.ok(), result.histogram().count());
        }
    }

    @Test
    void failsIfSmallestSizeIsNotAnswered() throws Exception {
        try (AnsweringServer server = AnsweringServer.running(dropping(0))) {
            MaxDatagramProbe probe = probe(server.config(Duration.ofMillis(20)));
            ExchangeException thrown = assertThrows(ExchangeException.class, probe::run);
            assertEquals(Kind.TIMEOUT, thrown.kind());
            assertEquals(
                    "exchange with " + Endpoint.of(server.address()) + " failed: no answer in time",
                    thrown.getMessage());
            assertEquals(List.of(1, 1, 1), reported);
            assertCounts(probe.result(), 0, 3, Map.of(Kind.TIMEOUT, 3L));
        }
    }

    @Test
    void failsAtOnceIfSmallestSizeIsRefused() throws Exception {
        try (Loopback refusing = Loopback.refusingUdp()) {
            MaxDatagramProbe probe = probe(ClientConfig.of(Endpoint.of(refusing.address())));
            assertRefused(refusing.address(), probe);
            assertEquals(List.of(1), reported);
            assertCounts(probe.result(), 0, 1, Map.of(Kind.REFUSED, 1L));
        }
    }

    @Test
    void failsOnLaterRefusal() throws Exception {
        CompletableFuture<AnsweringServer> self = new CompletableFuture<>();
        Script ending =
                question -> {
                    if (question.length > 1 && question.length < MAX) {
                        self.join().refuse();
                        return List.of();
                    }
                    return List.of(Arrays.copyOf(question, Math.min(question.length, 1000)));
                };
        try (AnsweringServer server = AnsweringServer.running(ending)) {
            self.complete(server);
            MaxDatagramProbe probe = probe(server.config(ScriptedServer.PATIENCE));
            assertRefused(server.address(), probe);
            assertEquals(1, probe.result().ok());
        }
    }

    private static void assertRefused(InetSocketAddress address, MaxDatagramProbe probe) {
        ExchangeException thrown = assertThrows(ExchangeException.class, probe::run);
        assertEquals(Kind.REFUSED, thrown.kind());
        assertEquals(
                "send to " + Endpoint.of(address) + " failed: connection refused",
                thrown.getMessage());
    }

    @Test
    void probesFirstAddressThatAnswers() throws Exception {
        try (Loopback refusing = Loopback.refusingUdp();
                AnsweringServer server = AnsweringServer.running(cutting(5000))) {
            ClientConfig client =
                    ClientConfig.builder(new Endpoint("several.invalid", 8888))
                            .timeout(ScriptedServer.PATIENCE)
                            .build();
            List<InetSocketAddress> peers = List.of(refusing.address(), server.address());
            MaxDatagramProbe probe = new MaxDatagramProbe(client, reported::add, _ -> peers);
            assertEquals(size(server, 5000), probe.run());
            assertEquals(reported, server.sizes());
            assertTrue(probe.result().resolve().isPresent());
            assertEquals(Set.of(Kind.CORRUPT), probe.result().errors().keySet());
        }
    }

    @Test
    void unknownNameFailsWithoutTries() {
        MaxDatagramProbe probe = probe(ClientConfig.of(new Endpoint("nosuch.invalid", 8888)));
        ExchangeException thrown = assertThrows(ExchangeException.class, probe::run);
        assertEquals(Kind.DNS, thrown.kind());
        assertEquals(List.of(), reported);
    }

    @ParameterizedTest(name = "virtual: {0}")
    @ValueSource(booleans = {false, true})
    void interruptedThreadFails(boolean virtual) throws Exception {
        try (AnsweringServer server = AnsweringServer.running(dropping(MAX))) {
            MaxDatagramProbe probe = probe(server.config(ScriptedServer.PATIENCE));
            assertInterrupted(server, TestThreads.interruptedBefore(virtual, probe::run));
            assertEquals(List.of(1), reported);
        }
    }

    /** The wait for the first datagram, which is longer, and for one that may be too large. */
    @ParameterizedTest
    @CsvSource({"true, 0", "false, 0", "true, 1000"})
    void interruptEndsWaitForAnswer(boolean virtual, int largest) throws Exception {
        CountDownLatch silent = new CountDownLatch(1);
        Script silenced =
                question -> {
                    if (question.length > largest) {
                        silent.countDown();
                        return List.of();
                    }
                    return List.of(question);
                };
        try (AnsweringServer server = AnsweringServer.running(silenced)) {
            MaxDatagramProbe probe = probe(server.config(ScriptedServer.PATIENCE));
            TestThreads run = TestThreads.start(virtual, probe::run);
            assertTrue(silent.await(30, TimeUnit.SECONDS));
            run.interrupt();
            assertInterrupted(server, run.outcome());
            assertTrue(largest > 0 || reported.equals(List.of(1)), reported::toString);
        }
    }

    private static void assertInterrupted(AnsweringServer server, TestThreads.Outcome outcome) {
        assertEquals(Kind.INTERRUPTED, outcome.failure().kind());
        assertEquals(
                "exchange with " + Endpoint.of(server.address()) + " failed: interrupted",
                outcome.failure().getMessage());
        assertTrue(outcome.interrupted());
    }
}
