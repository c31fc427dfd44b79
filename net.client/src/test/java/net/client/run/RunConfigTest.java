package net.client.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.SocketConfig;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

class RunConfigTest {
    private static final ClientConfig CLIENT = ClientConfig.of(new Endpoint("127.0.0.1", 8888));

    private static RunConfig one(Transport transport, Service service) {
        return RunConfig.of(transport, service, CLIENT);
    }

    private static RunConfig.Builder tcp(Service service) {
        return one(Transport.TCP, service).toBuilder();
    }

    private static RunConfig.Builder udp(Service service) {
        return one(Transport.UDP, service).toBuilder();
    }

    private static void assertRejects(String message, RunConfig.Builder config) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, config::build);
        assertEquals(message, thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"TCP, GREET", "TCP, ECHO", "TCP, RECEIVE", "UDP, ECHO", "UDP, RECEIVE"})
    void defaultIsOneExchangeWithTheGreeting(Transport transport, Service service) {
        RunConfig config = one(transport, service);
        assertEquals(Payload.of("hello sever!"), config.payload());
        assertEquals(OptionalLong.of(1), config.count());
        assertEquals(Optional.empty(), config.duration());
        assertEquals(1, config.parallel());
        assertTrue(config.isSingle());
        assertFalse(config.isOpenLoop());
        assertFalse(config.reconnect() || config.bulk() || config.probeTls());
        assertEquals(config, RunConfig.builder(transport, service, CLIENT).build());
    }

    @Test
    void defaultOfStampIsTheShortestPacket() {
        assertEquals(44, one(Transport.UDP, Service.STAMP).payload().size());
    }

    @ParameterizedTest
    @CsvSource({"TCP, STAMP", "UDP, GREET", "UDP, CHARGEN"})
    void rejectsServicesNotAvailableOverTheTransport(Transport transport, Service service) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> one(transport, service));
        assertEquals(
                "service must be available over %s: %s"
                        .formatted(transport.label(), service.label()),
                thrown.getMessage());
    }

    @Test
    void builderSetsEachPropertyAndKeepsTheOthers() {
        RunConfig config =
                tcp(Service.ECHO)
                        .payload(Payload.of("x"))
                        .reconnect(true)
                        .count(5)
                        .duration(Duration.ofSeconds(6))
                        .interval(Duration.ofSeconds(7))
                        .parallel(8)
                        .warmup(9)
                        .answerWait(Duration.ofSeconds(10))
                        .probeTls(true)
                        .build();
        assertEquals(Payload.of("x"), config.payload());
        assertTrue(config.reconnect());
        assertTrue(config.probeTls());
        assertEquals(OptionalLong.of(5), config.count());
        assertEquals(Optional.of(Duration.ofSeconds(6)), config.duration());
        assertEquals(Optional.of(Duration.ofSeconds(7)), config.interval());
        assertEquals(8, config.parallel());
        assertEquals(9, config.warmup());
        assertEquals(Optional.of(Duration.ofSeconds(10)), config.answerWait());
        assertEquals(config, config.toBuilder().build());
        assertNotEquals(config, config.toBuilder().count(4).build());
        RunConfig rated = tcp(Service.ECHO).rate(11).endless().build();
        assertEquals(OptionalInt.of(11), rated.rate());
        assertEquals(OptionalLong.empty(), rated.count());
        assertEquals(rated, rated.toBuilder().build());
    }

    @Test
    void labelsKeepTheirOrderAndAreCopied() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("site", "lab");
        labels.put("rack", "");
        RunConfig config = tcp(Service.ECHO).labels(labels).build();
        labels.clear();
        assertEquals(List.of("site", "rack"), List.copyOf(config.labels().keySet()));
        assertEquals(config, config.toBuilder().build());
        assertNotEquals(config, config.toBuilder().labels(Map.of()).build());
        assertThrows(UnsupportedOperationException.class, () -> config.labels().clear());
    }

    @Test
    void checkOfAPortSendsOnlyOverUdp() {
        assertEquals(0, one(Transport.TCP, Service.CONNECT).payload().size());
        assertEquals(12, one(Transport.UDP, Service.CONNECT).payload().size());
        assertRejects(
                "payload must be empty for connect: 1",
                tcp(Service.CONNECT).payload(Payload.of("x")));
    }

    /** A late answer would otherwise be taken for that to a later datagram. */
    @Test
    void checkWithAnIntervalWaitsForTheAnswer() {
        RunConfig checks = udp(Service.CONNECT).interval(Duration.ofSeconds(1)).build();
        assertTrue(checks.isAnswered());
        assertFalse(checks.isOpenLoop());
        assertTrue(udp(Service.CONNECT).rate(5).build().isOpenLoop());
    }

    @Test
    void builderCallsCommute() {
        Duration second = Duration.ofSeconds(1);
        Payload payload = Payload.of("x");
        assertEquals(
                tcp(Service.ECHO).bulk().bytes(5).duration(second).payload(payload).build(),
                tcp(Service.ECHO).payload(payload).duration(second).bytes(5).bulk().build());
        assertEquals(
                tcp(Service.ECHO).endless().count(5).duration(second).build(),
                tcp(Service.ECHO).duration(second).count(5).endless().build());
        assertEquals(
                tcp(Service.ECHO).count(5).duration(second).build(),
                tcp(Service.ECHO).duration(second).count(5).build());
    }

    @Test
    void defaultCountAppliesOnlyWithoutADuration() {
        Duration second = Duration.ofSeconds(1);
        assertEquals(OptionalLong.empty(), tcp(Service.ECHO).duration(second).build().count());
        assertEquals(OptionalLong.of(1), tcp(Service.ECHO).rate(5).build().count());
        RunConfig endless = tcp(Service.ECHO).count(2).duration(second).endless().build();
        assertEquals(OptionalLong.empty(), endless.count());
        assertEquals(Optional.empty(), endless.duration());
    }

    @Test
    void defaultDurationOfAStreamAppliesOnlyWithoutALimitOfBytes() {
        RunConfig limited = tcp(Service.DISCARD).bytes(5).build();
        assertEquals(Optional.empty(), limited.duration());
        RunConfig echo = tcp(Service.ECHO).bulk().build();
        assertEquals(Optional.of(RunConfig.DEFAULT_BULK_DURATION), echo.duration());
        assertEquals(OptionalLong.empty(), echo.count());
        assertEquals(RunConfig.DEFAULT_BLOCK_BYTES, echo.payload().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024})
    void acceptsMessagesUpToTheLimit(int size) {
        Payload payload = Payload.pattern(size);
        assertEquals(payload, tcp(Service.GREET).payload(payload).build().payload());
        assertEquals(payload, udp(Service.RECEIVE).payload(payload).build().payload());
        assertEquals(payload, tcp(Service.RECEIVE).payload(payload).build().payload());
    }

    @Test
    void rejectsMessagesOf1025Bytes() {
        Payload payload = Payload.pattern(1025);
        String message = "message must be at most 1024 bytes: 1025";
        assertRejects(message, tcp(Service.GREET).payload(payload));
        assertRejects(message, udp(Service.RECEIVE).payload(payload));
        String line = "line must be at most 1024 bytes: 1025";
        assertRejects(line, tcp(Service.RECEIVE).payload(payload));
    }

    @Test
    void limitAppliesToEachLine() {
        String line = "x".repeat(1024);
        Payload lines = Payload.of(line + "\n" + line + "\r\n" + line);
        assertEquals(3075, tcp(Service.RECEIVE).payload(lines).build().payload().size());
        assertRejects(
                "line must be at most 1024 bytes: 1025",
                tcp(Service.RECEIVE).payload(Payload.of("a\n" + line + "x\n")));
    }

    @Test
    void rejectsEmptyEchoOnlyOverTcp() {
        Payload empty = Payload.pattern(0);
        assertRejects("payload to echo must not be empty: 0", tcp(Service.ECHO).payload(empty));
        assertEquals(empty, udp(Service.ECHO).payload(empty).build().payload());
        Payload most = Payload.pattern(16_777_216);
        assertEquals(most, tcp(Service.ECHO).payload(most).build().payload());
    }

    /** The maximum over IPv4 is 65,507 bytes, including the header of 16 bytes. */
    @Test
    void maximumDatagramIncludesTheMark() {
        Payload most = Payload.pattern(65_507);
        assertEquals(most, udp(Service.ECHO).payload(most).build().payload());
        assertRejects(
                "datagram must be at most 65507 bytes: 65508",
                udp(Service.ECHO).payload(Payload.pattern(65_508)));
        Payload marked = Payload.pattern(65_491);
        assertEquals(marked, udp(Service.ECHO).payload(marked).count(2).build().payload());
        String message = "payload must be at most 65491 bytes: 65492";
        Payload more = Payload.pattern(65_492);
        assertEquals(more, udp(Service.ECHO).payload(more).build().payload());
        assertRejects(message, udp(Service.ECHO).payload(more).count(2));
        assertRejects(message, udp(Service.ECHO).payload(more).warmup(1));
        assertRejects(message, udp(Service.ECHO).payload(more).endless());
    }

    @Test
    void packetOfStampIsFrom44BytesToADatagram() {
        assertRejects(
                "payload of stamp must be at least 44 bytes: 43",
                udp(Service.STAMP).payload(Payload.pattern(43)));
        assertEquals(45, udp(Service.STAMP).payload(Payload.pattern(45)).build().payload().size());
        RunConfig.Builder most = udp(Service.STAMP).payload(Payload.pattern(65_507)).count(2);
        assertEquals(65_507, most.build().payload().size());
        assertRejects(
                "datagram must be at most 65507 bytes: 65508",
                udp(Service.STAMP).payload(Payload.pattern(65_508)));
    }

    @Test
    void reconnectIsForEchoOverTcp() {
        assertTrue(tcp(Service.ECHO).reconnect(true).build().reconnect());
        assertRejects(
                "reconnect must be used only for echo over tcp: greet over tcp",
                tcp(Service.GREET).reconnect(true));
        assertRejects(
                "reconnect must be used only for echo over tcp: echo over udp",
                udp(Service.ECHO).reconnect(true));
    }

    @Test
    void countIsFrom1() {
        assertRejects("count must be at least 1: 0", tcp(Service.ECHO).count(0));
        assertRejects("count must be at least 1: -1", tcp(Service.ECHO).count(-1));
        assertTrue(tcp(Service.ECHO).count(1).build().isSingle());
        assertFalse(tcp(Service.ECHO).count(2).build().isSingle());
    }

    @Test
    void durationsAreAboveZero() {
        assertRejects(
                "duration must be above zero: PT0S", tcp(Service.ECHO).duration(Duration.ZERO));
        assertRejects(
                "duration must be above zero: PT-0.000000001S",
                tcp(Service.ECHO).duration(Duration.ofNanos(-1)));
        assertRejects(
                "interval must be above zero: PT0S", tcp(Service.ECHO).interval(Duration.ZERO));
        assertRejects(
                "answerWait must be above zero: PT0S", udp(Service.ECHO).answerWait(Duration.ZERO));
        Duration least = Duration.ofNanos(1);
        RunConfig.Builder builder = udp(Service.ECHO).duration(least).interval(least);
        assertEquals(Optional.of(least), builder.answerWait(least).build().answerWait());
    }

    @Test
    void rateIsFrom1ToTenMillion() {
        String message = "rate must be from 1 to 10000000: ";
        assertRejects(message + "0", tcp(Service.ECHO).rate(0));
        assertRejects(message + "10000001", tcp(Service.ECHO).rate(10_000_001));
        assertEquals(OptionalInt.of(1), tcp(Service.ECHO).rate(1).build().rate());
        assertEquals(OptionalInt.of(10_000_000), tcp(Service.ECHO).rate(10_000_000).build().rate());
    }

    @Test
    void rejectsIntervalWithRate() {
        assertRejects(
                "rate must not be given with an interval: 5",
                tcp(Service.ECHO).interval(Duration.ofSeconds(1)).rate(5));
    }

    @Test
    void parallelIsFrom1ToTenThousand() {
        String message = "parallel must be from 1 to 10000: ";
        assertRejects(message + "0", tcp(Service.ECHO).parallel(0));
        assertRejects(message + "10001", tcp(Service.ECHO).parallel(10_001));
        assertEquals(1, tcp(Service.ECHO).parallel(1).build().parallel());
        assertEquals(10_000, tcp(Service.ECHO).parallel(10_000).build().parallel());
    }

    @Test
    void warmupIsFrom0() {
        assertRejects("warmup must not be negative: -1", tcp(Service.ECHO).warmup(-1));
        assertTrue(tcp(Service.ECHO).warmup(0).build().isSingle());
        assertFalse(tcp(Service.ECHO).warmup(1).build().isSingle());
    }

    @Test
    void loopIsOpenWithARateAndOverUdpWithAnInterval() {
        Duration interval = Duration.ofSeconds(1);
        assertTrue(tcp(Service.ECHO).rate(1).build().isOpenLoop());
        assertFalse(tcp(Service.ECHO).interval(interval).build().isOpenLoop());
        assertTrue(udp(Service.ECHO).interval(interval).build().isOpenLoop());
        assertFalse(udp(Service.ECHO).count(2).build().isOpenLoop());
    }

    @Test
    void onlyReceiveOverUdpIsNotAnswered() {
        assertFalse(one(Transport.UDP, Service.RECEIVE).isAnswered());
        assertTrue(one(Transport.TCP, Service.RECEIVE).isAnswered());
        assertTrue(one(Transport.UDP, Service.STAMP).isAnswered());
    }

    @Test
    void rejectsNull() {
        assertThrows(
                NullPointerException.class, () -> RunConfig.of(Transport.TCP, Service.ECHO, null));
        assertThrows(NullPointerException.class, () -> tcp(Service.ECHO).payload(null).build());
    }

    @Test
    void defaultOfDiscardAndChargenIsAStreamOfTenSeconds() {
        RunConfig up = one(Transport.TCP, Service.DISCARD);
        RunConfig down = one(Transport.TCP, Service.CHARGEN);
        for (RunConfig stream : List.of(up, down)) {
            assertTrue(stream.bulk());
            assertTrue(stream.isStream());
            assertFalse(stream.isSingle());
            assertFalse(stream.isAnswered());
            assertEquals(OptionalLong.empty(), stream.count());
            assertEquals(Optional.of(Duration.ofSeconds(10)), stream.duration());
        }
        assertEquals(Payload.pattern(524_288), up.payload());
        assertEquals(Payload.of(""), down.payload());
    }

    @Test
    void discardOverUdpIsAnExchangeWithoutAnAnswer() {
        RunConfig config = one(Transport.UDP, Service.DISCARD);
        assertTrue(config.bulk());
        assertFalse(config.isStream());
        assertTrue(config.isSingle());
        assertFalse(config.isAnswered());
        assertEquals(
                65_507,
                udp(Service.DISCARD).payload(Payload.pattern(65_507)).build().payload().size());
        assertRejects(
                "datagram must be at most 65507 bytes: 65508",
                udp(Service.DISCARD).payload(Payload.pattern(65_508)));
    }

    @Test
    void echoCanBeBulk() {
        RunConfig stream = tcp(Service.ECHO).bulk().bytes(1).build();
        assertTrue(stream.isStream());
        assertEquals(OptionalLong.of(1), stream.bytes());
        assertEquals(stream, stream.toBuilder().build());
        RunConfig paced = udp(Service.ECHO).bulk().rate(5).endless().build();
        assertTrue(paced.bulk());
        assertFalse(paced.isStream());
        assertTrue(paced.isAnswered());
        assertFalse(one(Transport.TCP, Service.ECHO).bulk());
    }

    @Test
    void rejectsBulkOfOtherServices() {
        assertRejects(
                "bulk must be used only for discard, chargen or echo: greet",
                tcp(Service.GREET).bulk());
        assertRejects(
                "bulk must be used only for discard, chargen or echo: stamp",
                udp(Service.STAMP).bulk());
    }

    @Test
    void rejectsSettingsThatDoNotApplyToAStream() {
        assertRejects(
                "count must not be given for a bulk run over tcp: 5",
                tcp(Service.DISCARD).count(5));
        assertRejects(
                "interval must not be given for a bulk run over tcp: PT1S",
                tcp(Service.CHARGEN).interval(Duration.ofSeconds(1)));
        assertRejects(
                "rate must not be given for a bulk run over tcp: 7", tcp(Service.DISCARD).rate(7));
        assertRejects(
                "warmup must be 0 for a bulk run over tcp: 1", tcp(Service.DISCARD).warmup(1));
        assertRejects(
                "reconnect must not be given for a bulk run: true",
                tcp(Service.ECHO).bulk().reconnect(true));
        assertRejects("block must not be empty: 0", tcp(Service.DISCARD).payload(Payload.of("")));
        assertRejects(
                "payload must be empty for chargen: 1",
                tcp(Service.CHARGEN).payload(Payload.of("x")));
    }

    @Test
    void rejectsBytesBelowOneOrWithoutAStream() {
        assertRejects("bytes must be at least 1: 0", tcp(Service.DISCARD).bytes(0));
        assertRejects(
                "bytes must be given only for a bulk run over tcp: echo over tcp",
                tcp(Service.ECHO).bytes(1));
        assertRejects(
                "bytes must be given only for a bulk run over tcp: discard over udp",
                udp(Service.DISCARD).bytes(1));
    }

    @Test
    void bandwidthIsFrom1To100Gigabit() {
        String message = "bandwidth must be from 1 to 100000000000: ";
        assertRejects(message + "0", tcp(Service.DISCARD).bandwidth(0));
        assertRejects(message + "100000000001", tcp(Service.DISCARD).bandwidth(100_000_000_001L));
        RunConfig least = tcp(Service.DISCARD).bandwidth(1).build();
        assertEquals(OptionalLong.of(1), least.bandwidth());
        assertEquals(least, least.toBuilder().build());
        assertNotEquals(least, least.toBuilder().bandwidth(2).build());
        RunConfig most = udp(Service.DISCARD).bandwidth(100_000_000_000L).build();
        assertEquals(OptionalLong.of(100_000_000_000L), most.bandwidth());
        assertEquals(OptionalLong.empty(), one(Transport.TCP, Service.DISCARD).bandwidth());
    }

    @Test
    void bandwidthIsOnlyForBulkRunsThatSend() {
        String message = "bandwidth must be given only for a bulk run that sends: ";
        assertRejects(message + "echo over tcp", tcp(Service.ECHO).bandwidth(5));
        assertRejects(message + "echo over udp", udp(Service.ECHO).bandwidth(5));
        assertRejects(message + "receive over udp", udp(Service.RECEIVE).bandwidth(5));
        assertRejects(message + "chargen over tcp", tcp(Service.CHARGEN).bandwidth(5));
        assertEquals(OptionalLong.of(5), tcp(Service.ECHO).bulk().bandwidth(5).build().bandwidth());
    }

    @Test
    void rejectsBandwidthWithAnotherSchedule() {
        String message = "bandwidth must not be given with an interval or a rate: 5";
        assertRejects(message, udp(Service.DISCARD).bandwidth(5).rate(7));
        assertRejects(message, udp(Service.DISCARD).bandwidth(5).interval(Duration.ofSeconds(1)));
    }

    /** 10,000,000 datagrams of 100 bytes are 8 Gbit. */
    @Test
    void bandwidthOverUdpIsAtMostTheMaximumRate() {
        RunConfig.Builder small = udp(Service.DISCARD).payload(Payload.pattern(100));
        assertRejects(
                "bandwidth must be at most 8000000000 for a datagram size of 100: 8000000001",
                small.bandwidth(8_000_000_001L));
        assertEquals(8_000_000_000L, small.bandwidth(8_000_000_000L).build().bandwidth().orElse(0));
        assertRejects(
                "bandwidth must be at most 0 for a datagram size of 0: 1",
                udp(Service.DISCARD).payload(Payload.of("")).bandwidth(1));
        RunConfig.Builder echo = udp(Service.ECHO).bulk().payload(Payload.pattern(84));
        assertEquals(8_000_000_000L, echo.bandwidth(8_000_000_000L).build().bandwidth().orElse(0));
    }

    @Test
    void bandwidthOverUdpIsAnOpenLoopOfTenSeconds() {
        RunConfig config = udp(Service.DISCARD).bandwidth(5).build();
        assertTrue(config.isOpenLoop());
        assertFalse(config.isSingle());
        assertEquals(OptionalLong.empty(), config.count());
        assertEquals(Optional.of(Duration.ofSeconds(10)), config.duration());
        RunConfig counted = udp(Service.DISCARD).bandwidth(5).count(3).build();
        assertEquals(OptionalLong.of(3), counted.count());
        assertEquals(Optional.empty(), counted.duration());
        assertFalse(tcp(Service.DISCARD).bandwidth(5).build().isOpenLoop());
    }

    @Test
    void datagramsOfABulkRunHave1400Bytes() {
        assertEquals(Payload.pattern(1400), udp(Service.DISCARD).count(2).build().payload());
        assertEquals(
                Payload.pattern(1400), udp(Service.DISCARD).rate(5).endless().build().payload());
        // Its header has 16 bytes.
        RunConfig echo = udp(Service.ECHO).bulk().count(2).build();
        assertEquals(Payload.pattern(1384), echo.payload());
        Payload greeting = Payload.of("hello sever!");
        assertEquals(greeting, one(Transport.UDP, Service.DISCARD).payload());
        assertEquals(greeting, udp(Service.DISCARD).count(2).payload(greeting).build().payload());
        assertEquals(greeting, udp(Service.RECEIVE).count(2).build().payload());
        assertEquals(greeting, udp(Service.ECHO).count(2).build().payload());
    }

    /** Two connections from one port to one server would have the same addresses. */
    @ParameterizedTest
    @CsvSource({"TCP, 1, 1", "UDP, 1, 1", "TCP, 0, 2", "UDP, 0, 10000", "TCP, 65535, 1"})
    void acceptsSourcePortForOneConnection(Transport transport, int port, int parallel) {
        RunConfig run = from(transport, port).parallel(parallel).build();
        assertEquals(parallel, run.parallel());
    }

    @ParameterizedTest
    @CsvSource({"TCP, 1, 2", "UDP, 1, 2", "TCP, 65535, 10000"})
    void rejectsSourcePortForSeveralConnections(Transport transport, int port, int parallel) {
        assertRejects(
                "source must not have a port with several connections: " + parallel,
                from(transport, port).parallel(parallel));
    }

    private static RunConfig.Builder from(Transport transport, int port) {
        InetSocketAddress source = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        ClientConfig client =
                CLIENT.toBuilder().socket(SocketConfig.builder().source(source).build()).build();
        return RunConfig.builder(transport, Service.ECHO, client);
    }
}
