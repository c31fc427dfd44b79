package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs without an end: intervals, and names whose addresses change. */
class WatchIT {
    private static final Pattern INTERVAL =
            Pattern.compile(
                    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z +(\\d+) +(\\d+) .*");

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void intervalsOfAnEndlessRunAddUpToTheSummary(String transport) throws IOException {
        try (ServerUnderTest server = ServerUnderTest.of(transport, "echo");
                RunningProcess run =
                        server.client("-i", "10ms", "--window", "100ms", "--format", "json")
                                .start()) {
            run.awaitOut(
                    lines ->
                            lines.stream().filter(line -> line.contains("\"interval\"")).count()
                                    > 2);
            ProcessResult ended = run.signal("INT").end();
            assertEquals(130, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            long ok = 0;
            for (JsonNode interval : events.named("interval")) {
                ok += interval.get("ok").asLong();
                assertTrue(interval.get("time_ns").has("p99"));
            }
            assertEquals(events.total("ok"), ok);
            assertEquals(List.of(), events.named("reply"));
        }
    }

    @Test
    void textListsIntervalsWithTheirTime() {
        try (ServerUnderTest server = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    server.client("-i", "10ms", "--window", "100ms", "-c", "35").run();
            assertEquals(0, ended.status(), ended.toString());
            long ok = 0;
            int intervals = 0;
            for (String line : ended.out().lines().toList()) {
                Matcher interval = INTERVAL.matcher(line);
                if (interval.matches()) {
                    ok += Long.parseLong(interval.group(1));
                    assertEquals("0", interval.group(2));
                    intervals++;
                }
            }
            assertEquals(35, ok, ended::out);
            assertTrue(intervals >= 3, ended::out);
            assertFalse(ended.out().contains(": exchange "), ended::out);
            assertTrue(ended.out().contains("\nexchanges   35 ok, 0 failed"), ended::out);
        }
    }

    /** Overwrites the file without truncating it first; all texts have the same length. */
    private static void write(Path hosts, String address) throws IOException {
        String text = "127.0.0.1 localhost\n" + address + " moving.test\n";
        Files.writeString(hosts, text, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The name is moved from one of the server's addresses to another. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void followsANameToItsNewAddress(String transport) throws IOException {
        Path hosts = folder.resolve("hosts");
        write(hosts, "127.0.0.2");
        try (NetworkNamespace host = NetworkNamespace.start()) {
            host.need("mount --bind " + hosts + " /etc/hosts");
            try (RunningProcess server =
                    host.launch(transport + "-server", "echo=127.0.0.2:9000")
                            .with("echo=127.0.0.3:9000")
                            .start()) {
                server.awaitErr("127.0.0.3:9000");
                follow(host, transport, hosts);
            }
        }
    }

    private static void follow(NetworkNamespace host, String transport, Path hosts)
            throws IOException {
        try (RunningProcess run =
                host.launch(transport + "-client", "--service", "echo", "-i", "20ms")
                        .with("--lookup-interval", "100ms", "--timeout", "20s")
                        .with("--format", "json", "moving.test:9000")
                        .start()) {
            run.awaitOut("\"peer\":\"127.0.0.2:9000\"");
            write(hosts, "127.0.0.3");
            run.awaitOut("\"peer\":\"127.0.0.3:9000\"");
            ProcessResult ended = run.signal("TERM").end();
            assertEquals(143, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            JsonNode change = events.named("addresses").getFirst();
            assertEquals("moving.test:9000", change.get("target").asText());
            assertEquals("127.0.0.3:9000", change.get("addresses").get(0).asText());
            assertEquals(0, events.total("failed"));
            assertEquals(
                    transport + "-client: addresses of moving.test:9000 changed: 127.0.0.3\n",
                    ended.err());
        }
    }

    @Test
    void endlessRunWaitsForItsName() throws IOException {
        Path hosts = folder.resolve("hosts");
        Files.writeString(hosts, "127.0.0.1 localhost\n");
        try (NetworkNamespace host = NetworkNamespace.start()) {
            host.need("mount --bind " + hosts + " /etc/hosts");
            try (RunningProcess server = host.launch("tcp-server", "echo=127.0.0.2:9000").start();
                    RunningProcess run =
                            host.launch("tcp-client", "--service", "echo", "-i", "100ms")
                                    .with("--timeout", "20s", "--format", "json")
                                    .with("moving.test:9000")
                                    .start()) {
                server.awaitErr("127.0.0.2:9000");
                run.awaitOut("\"error\"");
                write(hosts, "127.0.0.2");
                run.awaitOut("\"reply\"");
                assertEquals(143, run.signal("TERM").end().status());
            }
        }
    }
}
