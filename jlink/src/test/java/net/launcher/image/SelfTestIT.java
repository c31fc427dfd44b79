package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import java.util.List;

/** {@code selftest} on this machine. */
class SelfTestIT {
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

    @Test
    void tableHasResultAndDurationOfEachCheck() {
        ProcessResult ended = ProcessCommand.of("selftest").run();
        assertEquals(0, ended.status(), ended::out);
        assertEquals("", ended.err());
        List<String> lines = ended.out().lines().toList();
        assertTrue(lines.getFirst().matches("CHECK +RESULT +TIME"), ended::out);
        for (int i = 0; i < CHECKS.size(); i++) {
            String row = lines.get(i + 1);
            assertTrue(row.startsWith(CHECKS.get(i)), row);
            assertTrue(row.matches(".* (ok +\\d+\\.\\d+ m?s|skipped: no IPv6)"), row);
        }
        assertTrue(
                lines.getLast().matches("\\d+ ok, 0 failed, \\d skipped in \\d+\\.\\d+ m?s"),
                ended::out);
        assertEquals(CHECKS.size() + 2, lines.size());
    }

    @Test
    void jsonHasResultAndDurationOfEachCheck() {
        ProcessResult ended = ProcessCommand.of("selftest", "--format", "json").run();
        assertEquals(0, ended.status(), ended::out);
        List<JsonNode> events = EventList.of(ended.out()).all();
        int ok = 0;
        for (int i = 0; i < CHECKS.size(); i++) {
            JsonNode check = events.get(i);
            assertEquals("check", check.get("event").asText());
            assertEquals(CHECKS.get(i), check.get("name").asText());
            ok += check.get("result").asText().equals("ok") ? 1 : 0;
        }
        JsonNode summary = events.getLast();
        assertEquals("summary", summary.get("event").asText());
        assertEquals(ok, summary.get("ok").asInt());
        assertEquals(0, summary.get("failed").asInt());
        assertEquals(CHECKS.size() - ok, summary.get("skipped").asInt());
    }
}
