package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Socket options of clients, as set and as granted. */
class SocketOptionsIT {
    private static final Path LIMITS = Path.of("/proc/sys/net/core");

    @BeforeAll
    static void checkLimits() {
        Assume.success("cat", LIMITS.resolve("rmem_max").toString());
    }

    private static long granted(String limit, long asked) throws IOException {
        // Not readString, whose first read of one byte ends this kind of file.
        long most = Long.parseLong(Files.readAllLines(LIMITS.resolve(limit)).getFirst());
        return Math.min(asked, most);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 64K, 65536, 32K, 32768",
        "tcp, 1G, 1073741824, 1G, 1073741824",
        "udp, 64K, 65536, 32K, 32768",
        "udp, 1G, 1073741824, 1G, 1073741824"
    })
    void buffersThatWereGrantedAreSaid(
            String transport, String receive, long receiveBytes, String send, long sendBytes)
            throws IOException {
        long in = granted("rmem_max", receiveBytes);
        long out = granted("wmem_max", sendBytes);
        String[] sizes = {"--receive-buffer", receive, "--send-buffer", send};
        try (ServerUnderTest target = ServerUnderTest.of(transport, "echo")) {
            EventList events = target.events(sizes);
            assertEquals(
                    List.of("start", "connection", "reply", "summary"),
                    events.all().stream().map(event -> event.get("event").asText()).toList());
            JsonNode connection = events.named("connection").getFirst();
            assertEquals(in, connection.get("receive_buffer_bytes").asLong());
            assertEquals(out, connection.get("send_buffer_bytes").asLong());
            assertEquals(0, connection.get("failures").size());

            ProcessResult verbose = target.client(sizes).with("--verbose").run();
            assertEquals(0, verbose.status(), verbose.toString());
            String end = "; receive buffer " + in + " B, send buffer " + out + " B";
            assertTrue(verbose.err().lines().findFirst().orElseThrow().endsWith(end), verbose::err);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verbose", "--no-nodelay"})
    void setsTcpNodelay(String option) {
        Assume.success("strace", "-V");
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessCommand traced =
                    ProcessCommand.at(Path.of("strace"), "-f", "-e", "trace=setsockopt")
                            .with(ProcessCommand.bin("tcp-client"), "--service", "echo", option)
                            .with(target.endpoint());
            Assume.success("strace", "-f", "-e", "trace=none", "true");
            ProcessResult ended = traced.run();
            assertEquals(0, ended.status(), ended.toString());
            String value = option.equals("--verbose") ? "[1]" : "[0]";
            assertTrue(ended.err().contains("TCP_NODELAY, " + value + ", 4) = 0"), ended::err);
        }
    }

    /** All options at once. */
    @Test
    void combinesAllOptionsInARun() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            EventList events =
                    target.events(
                            "-4",
                            "--source=127.0.0.9",
                            "--no-nodelay",
                            "--dscp=EF",
                            "--send-buffer=20K",
                            "-c5",
                            "-P2",
                            "--reconnect");
            assertEquals(5, events.total("ok"));
            for (JsonNode reply : events.named("reply")) {
                assertTrue(reply.get("local").asText().startsWith("127.0.0.9:"), reply::toString);
            }
            assertEquals(1, events.named("connection").size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void rejectsASourcePortForSeveralConnections(String transport) {
        String launcher = transport + "-client";
        assertEquals(
                new ProcessResult(
                        2,
                        "",
                        launcher
                                + ": source must not have a port with several connections: 2"
                                + (" (see " + launcher + " --help)\n")),
                ProcessCommand.of(launcher, "-P", "2", "--source", "127.0.0.1:4000", "127.0.0.1:9")
                        .run());
    }

    @ParameterizedTest
    @CsvSource({"-4, IPv4, [::1]:9", "-6, IPv6, 127.0.0.1:9", "--source=127.0.0.1, IPv4, [::1]:9"})
    void rejectsAnAddressOfAnotherFamily(String option, String label, String endpoint) {
        for (String launcher : new String[] {"tcp-client", "udp-client"}) {
            assertEquals(
                    new ProcessResult(
                            2,
                            "",
                            ("%1$s: endpoint must be a name or an %2$s address with %3$s: %4$s"
                                            + " (see %1$s --help)\n")
                                    .formatted(
                                            launcher, label, option.replace('=', ' '), endpoint)),
                    ProcessCommand.of(launcher, option, endpoint).run());
        }
    }
}
