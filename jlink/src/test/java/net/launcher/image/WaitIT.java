package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients with {@code --wait}. */
class WaitIT {
    private static final Pattern GAVE_UP =
            Pattern.compile("; gave up after (.*) and (\\d+) attempts?\n");

    private static ProcessCommand client(String transport, String service, String... args) {
        return ProcessCommand.of(transport + "-client", "--service", service).with(args);
    }

    private static int attempts(ProcessResult ended) {
        Matcher matcher = GAVE_UP.matcher(ended.err());
        assertTrue(matcher.find(), ended::err);
        return Integer.parseInt(matcher.group(2));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, greet,   greet,   'hello client!\n'",
        "tcp, echo,    echo,    'hello sever!\n'",
        "tcp, connect, receive, '127.0.0.1:PORT open in TIME\n'",
        "udp, echo,    echo,    'hello sever!\n'",
        "udp, connect, echo,    '127.0.0.1:PORT open in TIME\n'",
        "udp, receive, receive, ''"
    })
    void succeedsOnceTheServerListens(String transport, String service, String offered, String out)
            throws IOException {
        try (RefusingPort refusing = RefusingPort.of(transport);
                RunningProcess waiting =
                        client(transport, service, "--wait", "30s", "--verbose")
                                .with(refusing.endpoint())
                                .start()) {
            String port = refusing.port();
            waiting.awaitErr(" failed: connection refused");
            String status = waiting.signal("USR1").awaitErr(": waiting for 127.0.0.1:" + port);
            assertTrue(
                    status.matches(".* attempts? in [0-9.]+ m?s; .* failed: connection refused.*"),
                    status);
            refusing.release();
            try (RunningProcess server =
                    ProcessCommand.of(transport + "-server", "--service", offered)
                            .with("127.0.0.1", port)
                            .start()) {
                ProcessResult ended = waiting.end();
                assertEquals(0, ended.status(), ended.toString());
                assertEquals(
                        out.replace("PORT", port),
                        ended.out().replaceAll("in [0-9.]+ m?s", "in TIME"));
                assertFalse(ended.err().contains("gave up"), ended::err);
                assertEquals(Integer.parseInt(port), server.port());
            }
        }
    }

    /** Nothing is written about the attempts, unless standard error is a terminal. */
    @Test
    void isSilentAboutFailedAttempts() throws IOException {
        AtomicInteger clients = new AtomicInteger();
        try (ScriptedTcpServer server =
                new ScriptedTcpServer(
                        client -> {
                            if (clients.incrementAndGet() > 3) {
                                client.getOutputStream()
                                        .write("hello client!".getBytes(StandardCharsets.UTF_8));
                                client.getInputStream().readAllBytes();
                            }
                        })) {
            ProcessResult ended =
                    client("tcp", "greet", "--wait", "30s", "127.0.0.1", server.port()).run();
            assertEquals(new ProcessResult(0, "hello client!\n", ""), ended);
        }
    }

    @Test
    void terminalShowsOnceWhatIsWaitedFor() throws IOException {
        try (RefusingPort refusing = RefusingPort.of("tcp")) {
            ProcessResult ended =
                    ProcessCommand.python("terminal.py", "2", ProcessCommand.bin("tcp-client"))
                            .with("--wait", "2s", refusing.endpoint())
                            .run();
            assertEquals(1, ended.status(), ended.toString());
            List<String> lines = ended.err().lines().toList();
            assertEquals(
                    "tcp-client: waiting up to 2.00 s: connect to "
                            + refusing.endpoint()
                            + " failed: connection refused",
                    lines.getFirst());
            assertEquals(3, lines.size(), ended::err);
            assertTrue(lines.get(1).contains("; gave up after "), ended::err);
            assertTrue(lines.get(2).contains(": hint: "), ended::err);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void givesUpWithTheLastReason(String transport) throws IOException {
        try (RefusingPort refusing = RefusingPort.of(transport)) {
            ProcessResult ended =
                    client(transport, "connect", "--wait", "1s", refusing.endpoint()).run();
            assertEquals(1, ended.status(), ended.toString());
            assertEquals("", ended.out());
            String verb = transport.equals("tcp") ? "connect" : "send";
            assertTrue(
                    ended.err()
                            .matches(
                                    transport
                                            + "-client: "
                                            + verb
                                            + " to "
                                            + refusing.endpoint()
                                            + " failed: connection refused; gave up after [0-9.]+"
                                            + " m?s and \\d+ attempts; the port is closed\n"),
                    ended::err);
        }
    }

    /** Pauses of 100, 200 and 400 ms leave time for at most five attempts in a second. */
    @Test
    void pausesGrow() throws IOException {
        try (RefusingPort refusing = RefusingPort.of("tcp")) {
            ProcessResult ended = client("tcp", "greet", "--wait", "1s", refusing.endpoint()).run();
            int attempts = attempts(ended);
            assertTrue(attempts >= 2 && attempts <= 5, ended::err);
        }
    }

    @Test
    void unansweredDatagramIsRepeatedAfterItsTimeout() {
        try (ServerUnderTest target = ServerUnderTest.of("udp", "receive")) {
            ProcessResult ended =
                    client("udp", "echo", "--wait", "1s", "--timeout", "100ms", target.endpoint())
                            .run();
            assertEquals(1, ended.status(), ended.toString());
            assertTrue(ended.err().contains(" failed: no answer in time; gave up"), ended::err);
            assertTrue(attempts(ended) >= 2, ended::err);
            target.server().awaitOut(lines -> lines.size() >= 2);
        }
    }

    /** The default timeout, 10 seconds, is longer. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void timeBoundsAnAttempt(String transport) throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedTcpServer tcp = new ScriptedTcpServer(client -> await(over));
                ScriptedUdpServer udp = new ScriptedUdpServer((self, request, from) -> {})) {
            String port = transport.equals("tcp") ? tcp.port() : udp.port();
            long startNanos = System.nanoTime();
            ProcessResult ended =
                    client(transport, "echo", "--wait", "300ms", "127.0.0.1", port).run();
            Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
            over.countDown();
            assertEquals(1, ended.status(), ended.toString());
            assertTrue(ended.err().contains(" failed: no answer in time; gave up"), ended::err);
            assertTrue(time.toSeconds() < 9, time::toString);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void failedLookupIsRepeated() {
        ProcessResult ended =
                client("tcp", "greet", "--wait", "2s", "--timeout", "500ms", "nosuch.invalid")
                        .run();
        assertEquals(1, ended.status(), ended.toString());
        assertTrue(ended.err().startsWith("tcp-client: lookup of nosuch.invalid:8888 failed: "));
        assertTrue(attempts(ended) >= 2, ended::err);
    }

    /** The address is one for documentation (RFC 5737), which this machine does not have. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void failureOfThisMachineEndsTheWait(String transport) throws IOException {
        ProcessResult ended =
                client(transport, "connect", "--wait", "1h", "--source", "192.0.2.1")
                        .with("127.0.0.1:9")
                        .run();
        assertEquals(2, ended.status(), ended.toString());
        assertFalse(ended.err().contains("gave up"), ended::err);
    }

    @ParameterizedTest
    @CsvSource({"tcp, INT, 130", "tcp, TERM, 143", "udp, INT, 130"})
    void signalEndsAPauseOrAttempt(String transport, String signal, int status) throws IOException {
        try (RefusingPort refusing = RefusingPort.of(transport);
                RunningProcess waiting =
                        client(transport, "connect", "--wait", "1h", "--verbose")
                                .with("--format", "json", refusing.endpoint())
                                .start()) {
            waiting.awaitErr(" failed: connection refused");
            ProcessResult ended = waiting.signal(signal).end();
            assertEquals(status, ended.status(), ended.toString());
            assertTrue(ended.err().contains("; interrupted after "), ended::err);
            assertEquals(1, EventList.of(ended.out()).total("failed"));
        }
    }

    @Test
    void jsonHasTheEventsOfTheLastAttempt() throws IOException {
        try (RefusingPort refusing = RefusingPort.of("tcp")) {
            ProcessResult failed =
                    client("tcp", "connect", "--wait", "400ms", "--format", "json")
                            .with(refusing.endpoint())
                            .run();
            assertEquals(List.of("start", "error", "summary"), names(failed));
            EventList events = EventList.of(failed.out());
            assertEquals(1, events.total("failed"));
            String message = events.named("error").getFirst().get("message").asText();
            assertTrue(message.contains("; gave up after "), message);
        }
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ok =
                    client("tcp", "connect", "--wait", "1s", "--format", "json")
                            .with(target.endpoint())
                            .run();
            assertEquals(0, ok.status(), ok.toString());
            assertEquals(List.of("start", "reply", "summary"), names(ok));
        }
    }

    private static List<String> names(ProcessResult ended) {
        return EventList.of(ended.out()).all().stream()
                .map(event -> event.get("event").asText())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, -c 5,                --count",
        "tcp, -t 5s,               --duration",
        "tcp, -i 1s,               --interval",
        "tcp, --rate 5,            --rate",
        "tcp, -P 5,                --parallel",
        "tcp, --warmup 5,          --warmup",
        "tcp, --service pipe,      --service pipe",
        "tcp, --service discard,   --service discard",
        "tcp, --service chargen,   --service chargen",
        "tcp, --service echo --bulk, --bulk",
        "tcp, --service echo --load 1, --load",
        "udp, --service pipe,      --service pipe",
        "udp, --service echo --bulk, --bulk",
        "udp, --probe-size,        --probe-size",
        "udp, -c 5,                --count"
    })
    void usesOfSeveralExchangesAreRejected(String transport, String options, String named) {
        ProcessResult ended =
                ProcessCommand.of(transport + "-client", "--wait", "5s")
                        .with(options.split(" "))
                        .run();
        assertEquals(2, ended.status());
        assertEquals("", ended.out());
        assertEquals(
                "%s-client: --wait cannot be used with %s (see %s-client --help)\n"
                        .formatted(transport, named, transport),
                ended.err());
    }

    @Test
    void timeMustBeValid() {
        ProcessResult ended = client("tcp", "greet", "--wait", "0", "--format", "json").run();
        assertEquals(
                new ProcessResult(
                        2,
                        "",
                        "tcp-client: --wait must be above zero: 0 (see tcp-client --help)\n"),
                ended);
    }
}
