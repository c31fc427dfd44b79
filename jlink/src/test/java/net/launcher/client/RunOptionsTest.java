package net.launcher.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.launcher.InvocationProbe;
import net.launcher.client.metric.Threshold;
import net.launcher.command.Invocation;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

class RunOptionsTest {
    private static final InvocationProbe<RunConfig> TCP = probe(Transport.TCP);
    private static final InvocationProbe<RunConfig> UDP = probe(Transport.UDP);

    private static final InvocationProbe<List<Threshold>> THRESHOLDS =
            new InvocationProbe<>(
                    command -> RunOptions.add(Transport.TCP, command.targets("Server")),
                    invocation -> new RunOptions(Transport.TCP, invocation).thresholds());

    private static InvocationProbe<RunConfig> probe(Transport transport) {
        return new InvocationProbe<>(
                command -> RunOptions.add(transport, command.targets("Server")),
                invocation -> config(transport, invocation));
    }

    private static RunConfig config(Transport transport, Invocation invocation) {
        try {
            return new RunOptions(transport, invocation).config();
        } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvocationProbe<RunConfig> of(Transport transport) {
        return transport == Transport.TCP ? TCP : UDP;
    }

    @Test
    void withoutOptionsItIsOneExchangeOfTheTutorial() {
        ClientConfig client = ClientConfig.of(new Endpoint("localhost", 8888));
        RunConfig greet = RunConfig.of(Transport.TCP, Service.GREET, client);
        assertEquals(greet.toBuilder().probeTls(true).build(), TCP.parse());
        assertEquals(RunConfig.of(Transport.UDP, Service.RECEIVE, client), UDP.parse());
        assertEquals(Payload.of("hello sever!"), TCP.parse().payload());
        assertTrue(TCP.parse().isSingle());
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, greet, GREET",
        "TCP, echo, ECHO",
        "TCP, receive, RECEIVE",
        "TCP, discard, DISCARD",
        "TCP, chargen, CHARGEN",
        "UDP, discard, DISCARD",
        "UDP, receive, RECEIVE",
        "UDP, echo, ECHO",
        "UDP, stamp, STAMP"
    })
    void serviceIsTheOneNamed(Transport transport, String name, Service service) {
        assertEquals(service, of(transport).parse("--service", name).service());
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, stamp, 'greet, echo, receive, discard, chargen, connect or pipe', ''",
        "TCP, ECHO, 'greet, echo, receive, discard, chargen, connect or pipe', ; did you mean"
                + " echo?",
        "TCP, '', 'greet, echo, receive, discard, chargen, connect or pipe', ''",
        "UDP, chargen, 'receive, echo, stamp, discard, connect or pipe', ''",
        "UDP, greet, 'receive, echo, stamp, discard, connect or pipe', ''"
    })
    void serviceThatARunCannotAskIsRefused(
            Transport transport, String name, String names, String question) {
        String message = "--service must be " + names + ": " + name + question;
        of(transport).assertRefused(message, "--service=" + name);
    }

    /** Returns the count, or empty if there is no limit. */
    @ParameterizedTest
    @CsvSource({
        "'', 1",
        "-P 4, 4",
        "-c 7, 7",
        "-c 7 -P 4, 7",
        "--warmup 5, 1",
        "-t 1s,",
        "-i 1s,",
        "--rate 5,",
        "--rate max,",
        "-t 1s -P 4,",
        "-i 1s -c 3, 3",
        "-t 1s -c 3, 3",
        "--rate max -c 3, 3",
        "--count 9223372036854775807, 9223372036854775807"
    })
    void countIsOneEachUnlessTheRunHasAnotherEnd(String args, Long count) {
        OptionalLong expected = count == null ? OptionalLong.empty() : OptionalLong.of(count);
        String[] words = args.isEmpty() ? new String[0] : args.split(" ");
        assertEquals(expected, TCP.parse(words).count());
        assertEquals(expected, UDP.parse(words).count());
    }

    @Test
    void scheduleIsAsGiven() {
        RunConfig run =
                UDP.parse(
                        "-i=500us",
                        "--duration",
                        "1m",
                        "--parallel=10000",
                        "--warmup=0",
                        "--service=echo");
        assertEquals(Optional.of(Duration.ofNanos(500_000)), run.interval());
        assertEquals(Optional.of(Duration.ofSeconds(60)), run.duration());
        assertEquals(10_000, run.parallel());
        assertEquals(0, run.warmup());
        assertEquals(OptionalInt.empty(), run.rate());
        assertTrue(run.isOpenLoop());
        RunConfig fast = TCP.parse("--rate", "10000000", "--warmup=3", "-s5", "--service=echo");
        assertEquals(OptionalInt.of(10_000_000), fast.rate());
        assertEquals(3, fast.warmup());
        assertTrue(fast.isOpenLoop());
    }

    @Test
    void rateWithoutALimitIsAClosedLoop() {
        RunConfig run = TCP.parse("--rate=max");
        assertEquals(OptionalInt.empty(), run.rate());
        assertFalse(run.isOpenLoop());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c 0 | --count must be a number from 1 to 2^63-1: 0",
                "-c x | --count must be a number from 1 to 2^63-1: x",
                "-P 0 | --parallel must be a number from 1 to 10000: 0",
                "-P 10001 | --parallel must be a number from 1 to 10000: 10001",
                "--rate 0 | --rate must be a rate from 1 to 10000000 per second: 0",
                "--rate 10000001 | --rate must be a rate from 1 to 10000000 per second: 10000001",
                "--rate MAX | --rate must be a rate such as 100, 1k or 2.5M, or max: MAX",
                "--warmup -1 | --warmup must be a number from 0 to 2^63-1: -1",
                "-t 0 | --duration must be above zero: 0",
                "-i 0us | --interval must be above zero: 0us",
                "-i 1d | --interval must be a time in us, ms, s, m or h, such as 20ms or 1.5s: 1d",
                "-i 1s --rate 5 | --rate cannot be used with --interval",
                "--rate max -i 1s | --rate cannot be used with --interval",
                "localhost 0 | port of a server must be from 1 to 65535: 0"
            })
    void scheduleOutOfRangeIsRefused(String args, String message) {
        TCP.assertRefused(message, args.split(" "));
        UDP.assertRefused(message, args.split(" "));
    }

    @Test
    void timeoutOverUdpIsTheWaitForEachAnswerIfGiven() {
        RunConfig run = UDP.parse("--timeout=2s", "--service=echo");
        assertEquals(Optional.of(Duration.ofSeconds(2)), run.answerWait());
        assertEquals(Duration.ofSeconds(2), run.client().timeout());
        assertEquals(Optional.empty(), UDP.parse("--service=echo").answerWait());
        assertEquals(Optional.empty(), TCP.parse("--timeout=2s").answerWait());
        assertEquals(
                Duration.ofSeconds(3), TCP.parse("--connect-timeout=3").client().connectTimeout());
    }

    @Test
    void reconnectIsForEchoOverTcpAlone() {
        assertTrue(TCP.parse("--service=echo", "--reconnect").reconnect());
        assertFalse(TCP.parse("--service=echo").reconnect());
        TCP.assertRefused("--reconnect requires --service echo", "--reconnect");
        UDP.assertRefused("unknown option: --reconnect", "--reconnect");
    }

    @Test
    void thresholdsAreThoseOfAllOptionsInOrderAndNotSplit() {
        assertEquals(List.of(), THRESHOLDS.parse());
        assertEquals(
                List.of("p99>20ms", "loss>1%", "p99>20ms"),
                THRESHOLDS
                        .parse("--fail-if", "p99 > 20ms", "--fail-if=loss>1%", "--fail-if=p99>20ms")
                        .stream()
                        .map(Threshold::expression)
                        .toList());
        THRESHOLDS.assertRefused(
                "--fail-if must compare loss with a share from 0% to 100%, such as 1% or 0.5%:"
                        + " loss>1%,ok<5",
                "--fail-if=loss>1%,ok<5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--reconnect", "--connect-timeout=1s"})
    void whatIsOfTcpIsNotInTheHelpOfUdp(String option) {
        String name = option.split("=")[0];
        assertTrue(TCP.help().contains(name), name);
        assertFalse(UDP.help().contains(name), name);
    }

    @Test
    void streamsGoOnForTenSecondsUnlessTheyHaveAnotherEnd() {
        RunConfig plain = TCP.parse("--service=discard");
        assertTrue(plain.isStream());
        assertEquals(Optional.of(Duration.ofSeconds(10)), plain.duration());
        assertEquals(OptionalLong.empty(), plain.bytes());
        assertEquals(524_288, plain.payload().size());
        RunConfig timed = TCP.parse("--service=chargen", "-t", "3s", "-P", "4");
        assertEquals(Optional.of(Duration.ofSeconds(3)), timed.duration());
        assertEquals(4, timed.parallel());
        RunConfig counted = TCP.parse("--service=echo", "--bulk", "--bytes", "1M", "-s", "64K");
        assertEquals(Optional.empty(), counted.duration());
        assertEquals(OptionalLong.of(1_048_576), counted.bytes());
        assertEquals(65_536, counted.payload().size());
        RunConfig both = TCP.parse("--service=discard", "--bytes", "5", "-t", "1s");
        assertEquals(OptionalLong.of(5), both.bytes());
        assertEquals(Optional.of(Duration.ofSeconds(1)), both.duration());
    }

    @ParameterizedTest
    @CsvSource({
        "-b 100M, 100000000",
        "--bandwidth 1G, 1000000000",
        "--bandwidth=2.5k, 2500",
        "-b1, 1",
        "-b 100G, 100000000000"
    })
    void bandwidthIsInBitsPerSecond(String args, long bitsPerSecond) {
        for (String service : List.of("discard", "echo --bulk")) {
            String[] words = ("--service " + service + " " + args).split(" ");
            assertEquals(OptionalLong.of(bitsPerSecond), TCP.parse(words).bandwidth());
            RunConfig datagrams = UDP.parse(words);
            assertEquals(OptionalLong.of(bitsPerSecond), datagrams.bandwidth());
            assertEquals(Optional.of(Duration.ofSeconds(10)), datagrams.duration());
            assertEquals(OptionalLong.empty(), datagrams.count());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discard -b 0 | --bandwidth must be a rate from 1 to 100000000000 per second: 0",
                "discard -b 101G"
                        + " | --bandwidth must be a rate from 1 to 100000000000 per second: 101G",
                "discard -b fast | --bandwidth must be a rate such as 100, 1k or 2.5M: fast",
                "discard -b -1 | --bandwidth must be a rate such as 100, 1k or 2.5M: -1",
                "discard -b 0.5 | --bandwidth must be a rate from 1 to 100000000000 per second:"
                        + " 0.5",
                "echo -b 5 | --bandwidth requires --service discard, or --bulk",
                "receive -b 5 | --bandwidth requires --service discard, or --bulk"
            })
    void bandwidthOutOfPlaceIsRefused(String args, String message) {
        String[] words = ("--service " + args).split(" ");
        TCP.assertRefused(message, words);
        UDP.assertRefused(message, words);
    }

    @Test
    void bandwidthOfAServerCannotBeSet() {
        TCP.assertRefused(
                "--bandwidth cannot be used with --service chargen",
                "--service=chargen",
                "--bulk",
                "-b",
                "1M");
        UDP.assertRefused(
                "--bandwidth cannot be used with --rate",
                "--service=discard",
                "-b",
                "1M",
                "--rate",
                "5");
        UDP.assertRefused(
                "bandwidth must be at most 80000000 for a datagram size of 1: 1000000000",
                "--service=discard",
                "-b",
                "1G",
                "-s",
                "1");
    }

    /** Including the header of 16 bytes for echo. */
    @ParameterizedTest
    @CsvSource({
        "discard -c 2, 1400",
        "discard --rate 5, 1400",
        "discard -b 5, 1400",
        "discard -t 1s -s 7, 7",
        "discard -t 1s -m hi, 2",
        "discard, 12",
        "discard -m hi, 2",
        "echo --bulk -t 1s, 1400",
        "echo --bulk -t 1s -s 64, 64",
        "echo -t 1s, 28",
        "receive -t 1s, 12"
    })
    void datagramsOfABulkRunHaveAUsefulSize(String args, int size) {
        RunConfig run = UDP.parse(("--service " + args).split(" "));
        assertEquals(size, run.payload().size() + run.headerBytes());
    }

    @Test
    void bulkOverUdpIsPaced() {
        RunConfig echo = UDP.parse("--service=echo", "--bulk", "--rate", "5000");
        assertTrue(echo.bulk());
        assertFalse(echo.isStream());
        assertEquals(OptionalInt.of(5000), echo.rate());
        assertTrue(UDP.parse("--service=discard", "-c", "5").bulk());
        assertFalse(UDP.parse("--service=echo", "-c", "5").bulk());
    }
}
