package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mockConstruction;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;

import net.launcher.output.CapturedOutput;
import net.launcher.selftest.ExchangeCheck;
import net.launcher.selftest.SelfTestReport.CheckException;

import org.junit.jupiter.api.Test;
import org.mockito.MockedConstruction;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** {@code selftest} from its first check to its exit status. */
class SelfTestTest {
    private static final List<String> CHECKS =
            List.of(
                    "TCP over IPv4, text",
                    "TCP over IPv4, json",
                    "TCP over IPv6, text",
                    "TCP over IPv6, json",
                    "UDP over IPv4, text",
                    "UDP over IPv4, json",
                    "UDP over IPv6, text",
                    "UDP over IPv6, json",
                    "TCP receive, text",
                    "TCP receive, json",
                    "TCP echo, text",
                    "TCP echo, json",
                    "TCP discard",
                    "TCP chargen",
                    "UDP echo, text",
                    "UDP echo, json",
                    "UDP stamp, text",
                    "UDP stamp, json",
                    "UDP echo, all addresses",
                    "TCP connect, text",
                    "UDP connect, text",
                    "TCP by name, text",
                    "TCP denied, text",
                    "TCP refusal, text");

    /** Interrupts the thread that writes a certain line. */
    private static final class InterruptingOutput extends FilterOutputStream {
        private final String part;

        InterruptingOutput(OutputStream out, String part) {
            super(out);
            this.part = part;
        }

        @Override
        public void write(byte[] array, int offset, int length) throws IOException {
            out.write(array, offset, length);
            if (new String(array, offset, length, StandardCharsets.UTF_8).contains(part)) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void allChecksPassInText() throws Exception {
        try (RunningLauncher selfTest = RunningLauncher.start(new SelfTest())) {
            assertEquals(0, selfTest.status(), selfTest::out);
            List<String> lines = selfTest.out().lines().toList();
            assertEquals(CHECKS.size() + 2, lines.size(), selfTest::out);
            assertTrue(lines.getFirst().matches("CHECK +RESULT +TIME"), lines.getFirst());
            for (int i = 0; i < CHECKS.size(); i++) {
                String row = lines.get(i + 1);
                String skipped = row.contains("IPv6") ? "|skipped: no IPv6" : "";
                String result = " +(ok +\\d+\\.\\d\\d? m?s" + skipped + ")";
                assertTrue(row.matches(CHECKS.get(i) + result), row);
            }
            String counts = "(24 ok, 0 failed, 0 skipped|20 ok, 0 failed, 4 skipped)";
            assertTrue(lines.getLast().matches(counts + " in .+"), lines.getLast());
            assertEquals("", selfTest.err());
        }
    }

    @Test
    void allChecksPassInJson() throws Exception {
        try (RunningLauncher selfTest = RunningLauncher.start(new SelfTest(), "--format", "json")) {
            assertEquals(0, selfTest.status(), selfTest::out);
            List<JsonNode> events = Events.parse(selfTest.out());
            assertEquals(CHECKS.size() + 1, events.size());
            List<JsonNode> checks = events.subList(0, CHECKS.size());
            assertEquals(CHECKS, checks.stream().map(check -> check.get("name").asText()).toList());
            for (JsonNode check : checks) {
                assertEquals("check", check.get("event").asText());
                boolean ok = check.get("result").asText().equals("ok");
                assertTrue(ok || check.get("detail").asText().equals("no IPv6"), check::toString);
                assertEquals(ok, check.get("time_ns").canConvertToLong(), check::toString);
                assertFalse(ok && check.has("detail"), check::toString);
            }
            assertEquals("summary", events.getLast().get("event").asText());
            assertEquals(0, events.getLast().get("failed").asInt());
            assertEquals("", selfTest.err());
        }
    }

    @Test
    void failingOutputExitsWith2() throws Exception {
        FailingOutput out = new FailingOutput(3);
        try (RunningLauncher selfTest = RunningLauncher.start(new SelfTest(), out)) {
            assertEquals(2, selfTest.status());
            assertEquals("selftest: " + FailingOutput.ERROR + "\n", selfTest.err());
            assertEquals(3, selfTest.out().lines().count());
        }
    }

    @Test
    void interruptExitsWith130AndASummary() {
        CapturedOutput out = new CapturedOutput();
        CapturedOutput err = new CapturedOutput();
        OutputStream interrupting = new InterruptingOutput(out, CHECKS.get(1));
        assertEquals(
                130, new SelfTest().run(interrupting, new PrintStream(err, true), "--format=json"));
        // Clears the interrupt for other tests in this thread.
        Thread.interrupted();
        List<JsonNode> events = Events.parse(out.text());
        assertEquals(List.of("check", "check", "summary"), Events.names(events));
        assertEquals(2, events.getLast().get("ok").asInt());
        assertEquals(0, events.getLast().get("failed").asInt());
        assertEquals(0, events.getLast().get("skipped").asInt());
        assertEquals("", err.text());
    }

    /** A mock, since no check of {@code selftest} fails on a machine that can run tests. */
    @Test
    void failedCheckExitsWith1AfterAllOthersRan() {
        CapturedOutput out = new CapturedOutput();
        CapturedOutput err = new CapturedOutput();
        try (MockedConstruction<ExchangeCheck> checks =
                mockConstruction(
                        ExchangeCheck.class,
                        (check, context) -> {
                            when(check.runDenied()).thenReturn(Duration.ofMillis(1));
                            when(check.runRefused()).thenReturn(Duration.ofMillis(1));
                            when(check.run()).thenReturn(Duration.ofMillis(1));
                            if (context.getCount() == 2) {
                                when(check.run()).thenThrow(new CheckException("no receipt"));
                            }
                        })) {
            assertEquals(1, new SelfTest().run(out, new PrintStream(err, true)));
            assertTrue(checks.constructed().size() >= 5);
        }
        Stream<String> failed = out.text().lines().filter(line -> line.contains("fail"));
        assertEquals(
                List.of("TCP over IPv4, json failed: no receipt"),
                failed.filter(line -> line.startsWith("TCP"))
                        .map(line -> line.replaceAll(" +", " "))
                        .toList());
        assertTrue(
                out.text().lines().anyMatch(line -> line.matches("(23|19) ok, 1 failed, [04] s.*")),
                out::text);
        assertEquals("", err.text());
    }
}
