package net.launcher.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.client.MaxDatagramResult;
import net.client.connect.ExchangeException.Kind;
import net.client.run.RunConfig;
import net.client.run.RunResult.Datagrams;
import net.launcher.Events;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

class MaxDatagramReportTest {
    private static final RunConfig RUN =
            Exchanges.single(Transport.UDP, Service.ECHO).toBuilder().endless().build();

    /** Writes to a report. */
    @FunctionalInterface
    private interface Writer {
        void write(MaxDatagramReport report) throws IOException;
    }

    private static String written(Format format, Writer writer) throws IOException {
        CapturedOutput out = new CapturedOutput();
        Output output = new Output(out);
        writer.write(MaxDatagramReport.of(RUN, format, output));
        output.commit();
        return out.text();
    }

    /** Returns the only event written, validated against the schema. */
    private static JsonNode event(Writer writer) throws IOException {
        List<JsonNode> events = Events.parse(written(Format.JSON, writer));
        assertEquals(1, events.size());
        return events.getFirst();
    }

    private static MaxDatagramResult size(
            String host, int largest, Integer lost, boolean unfragmented) {
        OptionalInt smallest = lost == null ? OptionalInt.empty() : OptionalInt.of(lost);
        return new MaxDatagramResult(Exchanges.address(host, 7), largest, smallest, unfragmented);
    }

    /** Headers: 20 bytes of IPv4 (RFC 791) or 40 of IPv6 (RFC 8200), and 8 of UDP (RFC 768). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 1472 | 1473 | true | largest payload to 192.0.2.1:7: 1472 B (packet of"
                        + " 1500 B), not fragmented; 1473 B lost",
                "192.0.2.1 | 65507 | | true | largest payload to 192.0.2.1:7: 65507 B (packet of"
                        + " 65535 B), not fragmented; maximum of UDP",
                "2001:db8::1 | 1452 | 1453 | true | largest payload to [2001:db8::1]:7: 1452 B"
                        + " (packet of 1500 B), not fragmented; 1453 B lost",
                "2001:db8::1 | 1 | 2 | false | largest payload to [2001:db8::1]:7: 1 B (packet of"
                        + " 49 B); 2 B lost",
            })
    void textIsOneLine(String host, int largest, Integer lost, boolean unfragmented, String line)
            throws IOException {
        assertEquals(
                line + "\n",
                written(
                        Format.TEXT,
                        report -> report.found(size(host, largest, lost, unfragmented))));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1:7, 1472, 1500, 1473, true",
        "192.0.2.1, 192.0.2.1:7, 65507, 65535, , false",
        "2001:db8::1, [2001:db8::1]:7, 1452, 1500, 1453, false",
        "2001:db8::1, [2001:db8::1]:7, 65507, 65555, , true"
    })
    void jsonIsOneEvent(
            String host, String peer, int largest, int packet, Integer lost, boolean unfragmented)
            throws IOException {
        String text =
                written(
                        Format.JSON,
                        report -> report.found(size(host, largest, lost, unfragmented)));
        Events.parse(text);
        assertEquals(
                ("{\"event\":\"size\",\"transport\":\"udp\",\"peer\":\"%s\","
                                + "\"largest_bytes\":%d,\"packet_bytes\":%d,"
                                + "\"smallest_lost_bytes\":%s,\"unfragmented\":%b}\n")
                        .formatted(peer, largest, packet, lost, unfragmented),
                text.replaceFirst("\"time\":\"[^\"]+\",", ""));
    }

    @Test
    void startHasNoSize() throws IOException {
        JsonNode start = event(report -> report.start(List.of()));
        assertEquals("start", start.get("event").asText());
        assertEquals("echo", start.get("service").asText());
        assertEquals("example.org:9000", start.get("target").asText());
        assertTrue(start.get("size").isNull(), start::toString);
        assertTrue(start.get("count").isNull(), start::toString);
    }

    @Test
    void failureAndSummaryAreThoseOfARun() throws IOException {
        JsonNode error = event(report -> report.failed(Exchanges.failure(Kind.TIMEOUT, "no", "")));
        assertEquals("error", error.get("event").asText());
        assertEquals("timeout", error.get("kind").asText());
        Results results = Results.of(11, 3);
        results.datagrams = Optional.of(new Datagrams(11, 3, OptionalLong.of(0), 0, 0, 0, 0));
        JsonNode summary = event(report -> report.summary(results.result()));
        assertEquals("summary", summary.get("event").asText());
        assertEquals(11, summary.get("ok").asInt());
        assertEquals(3, summary.get("lost").asInt());
    }

    @Test
    void textHasNoOtherLines() throws IOException {
        assertEquals(
                "",
                written(
                        Format.TEXT,
                        report -> {
                            report.start(List.of());
                            report.failed(Exchanges.failure(Kind.TIMEOUT, "no", ""));
                            report.summary(Results.of(1, 0).result());
                        }));
    }
}
