package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import net.launcher.Events;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Output;
import net.launcher.output.Versions;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.BoundAddress;
import net.server.ErrorKind;
import net.server.ServerStats;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON events of a server. */
class JsonServerReportTest {
    private static final Duration UPTIME = Duration.ofSeconds(7);

    private final CapturedOutput out = new CapturedOutput();
    private final ServerReport report = new JsonServerReport(new Output(out));

    private static BoundAddress listening(String host, int receive, int send) {
        return new BoundAddress(
                new InetSocketAddress(InetAddress.ofLiteral(host), 8888), receive, send);
    }

    @Test
    void listeningHasAddressAndGrantedBuffers() throws IOException {
        Instant before = Instant.now();
        report.listening(Transport.TCP, listening("127.0.0.1", 65_536, 212_992), Service.GREET);
        JsonNode event = Events.parseLine(out.text());
        List<String> names = new ArrayList<>();
        event.fieldNames().forEachRemaining(names::add);
        assertEquals(
                List.of(
                        "event",
                        "transport",
                        "local",
                        "service",
                        "receive_buffer_bytes",
                        "send_buffer_bytes",
                        "time",
                        "version"),
                names);
        assertEquals("listening", event.get("event").textValue());
        assertEquals("tcp", event.get("transport").textValue());
        assertEquals("127.0.0.1:8888", event.get("local").textValue());
        assertEquals("greet", event.get("service").textValue());
        assertEquals(65_536, event.get("receive_buffer_bytes").intValue());
        assertEquals(212_992, event.get("send_buffer_bytes").intValue());
        Instant time = Instant.parse(event.get("time").textValue());
        assertFalse(time.isBefore(before.minusSeconds(1)), time::toString);
        assertFalse(time.isAfter(Instant.now()), time::toString);
        assertEquals(Versions.project(), event.get("version").textValue());
        assertTrue(out.text().endsWith("}\n"), out::text);
    }

    @Test
    void summaryHasTheTotalAndEachService() throws IOException {
        Map<Service, ServerStats> stats = new LinkedHashMap<>();
        stats.put(
                Service.RECEIVE,
                new ServerStats(
                        1, 2, Map.of(RefusalReason.LIMIT, 3L), 4, 5, 6, 7, 8, Map.of(), UPTIME));
        stats.put(
                Service.ECHO,
                new ServerStats(
                        10, 20, Map.of(), 40, 50, 60, 70, 80, Map.of(ErrorKind.RESET, 9L), UPTIME));
        report.summary(stats);
        String total =
                "\"accepted\":11,\"active\":22,\"messages\":44,\"bytes_received\":55,"
                        + "\"bytes_sent\":66,\"truncated\":77,\"dropped\":88,"
                        + "\"refused\":{\"limit\":3},\"errors\":{\"reset\":9},"
                        + "\"uptime_ns\":7000000000,";
        String receive =
                "\"receive\":{\"accepted\":1,\"active\":2,\"messages\":4,\"bytes_received\":5,"
                        + "\"bytes_sent\":6,\"truncated\":7,\"dropped\":8,"
                        + "\"refused\":{\"limit\":3},\"errors\":{}}";
        String echo =
                "\"echo\":{\"accepted\":10,\"active\":20,\"messages\":40,\"bytes_received\":50,"
                        + "\"bytes_sent\":60,\"truncated\":70,\"dropped\":80,"
                        + "\"refused\":{},\"errors\":{\"reset\":9}}";
        String services = "\"services\":{" + receive + "," + echo + "}}\n";
        assertEquals(total + services, out.text().substring(out.text().indexOf("\"accepted")));
        Events.parseLine(out.text());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0:8888",
        "::, [::]:8888",
        "2001:DB8:0:0:1::, '[2001:db8:0:0:1::]:8888'",
        "fe80::1%1, '[fe80::1%1]:8888'"
    })
    void eachSocketHasItsOwnLine(String host, String local) throws IOException {
        report.listening(Transport.UDP, listening("127.0.0.1", 1, 0), Service.ECHO);
        report.listening(Transport.UDP, listening(host, 0, Integer.MAX_VALUE), Service.ECHO);
        List<JsonNode> events = Events.parse(out.text());
        assertEquals(List.of("listening", "listening"), Events.names(events));
        JsonNode last = events.getLast();
        assertEquals("udp", last.get("transport").textValue());
        assertEquals("echo", last.get("service").textValue());
        assertEquals(local, last.get("local").textValue());
        assertEquals(0, last.get("receive_buffer_bytes").intValue());
        assertEquals(2_147_483_647, last.get("send_buffer_bytes").intValue());
    }
}
