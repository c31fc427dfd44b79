package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs against third-party servers, on a separate host. */
class RunForeignIT {
    private static final String ECHO_PORT = "7007";
    private static final String DISCARD_PORT = "7009";

    private static final String DEFAULTS =
            """
            defaults
            {
                instances = UNLIMITED
                cps = 100000 1
            }
            """;

    private static final String SERVICE =
            """
            service %1$s
            {
                type = INTERNAL UNLISTED
                id = %1$s-%2$s
                socket_type = %2$s
                protocol = %3$s
                port = %4$s
                wait = %5$s
                user = root
            }
            """;

    @TempDir private static Path folder;
    @AutoClose private static NetworkNamespace host;
    @AutoClose private static RunningProcess xinetd;

    @BeforeAll
    static void startHost() throws IOException {
        host = NetworkNamespace.start();
        Path file = folder.resolve("xinetd.conf");
        Files.writeString(
                file,
                DEFAULTS
                        + SERVICE.formatted("echo", "stream", "tcp", ECHO_PORT, "no")
                        + SERVICE.formatted("echo", "dgram", "udp", ECHO_PORT, "yes")
                        + SERVICE.formatted("discard", "stream", "tcp", DISCARD_PORT, "no")
                        + SERVICE.formatted("discard", "dgram", "udp", DISCARD_PORT, "yes"));
        Path log = folder.resolve("xinetd.log");
        xinetd = serve("xinetd -dontfork -f " + file + " -filelog " + log);
    }

    private static RunningProcess serve(String command) {
        return host.script("exec " + command).start();
    }

    private static void need(String tool) {
        Assume.success("sh", "-c", "command -v " + tool);
    }

    private static ProcessCommand client(
            String transport, String service, String port, String... args) {
        return host.launch(transport + "-client", "--service", service, "127.0.0.1", port)
                .with(args);
    }

    /** Waits until the server accepts connections, and runs. */
    private static EventList run(String transport, String service, String port, String... args) {
        ProcessCommand probe = client(transport, service, port, "--timeout", "1s");
        Await.holds("answers", () -> probe.run().status() == 0);
        ProcessResult ended = client(transport, service, port, args).with("--format", "json").run();
        assertEquals(0, ended.status(), ended.toString());
        return EventList.of(ended.out());
    }

    @ParameterizedTest
    @CsvSource({
        "2000, 1000, -P 4",
        "100, 10, --reconnect",
        "300, 64, --rate 1000",
        "4, 1048576, -P 2"
    })
    void xinetdEchoesOverTcp(int count, int size, String args) {
        need("xinetd");
        EventList events =
                run(
                        "tcp",
                        "echo",
                        ECHO_PORT,
                        ("-c " + count + " --size " + size + " " + args).split(" "));
        assertEquals(count, events.total("ok"));
        assertEquals((long) count * size, events.total("bytes_sent"));
        assertEquals((long) count * size, events.total("bytes_received"));
    }

    /** One at a time: xinetd loses some of several datagrams. */
    @Test
    void xinetdEchoesOverUdp() {
        need("xinetd");
        EventList events =
                run("udp", "echo", ECHO_PORT, "-c", "20", "--size", "1400", "--fail-if", "ok<10");
        long ok = events.total("ok");
        assertEquals(20, events.total("sent"));
        assertEquals(20 - ok, events.total("lost"));
        assertEquals(ok, events.total("received"));
        assertEquals(1400 * ok, events.total("bytes_received"));
    }

    /** A server that reads to the FIN has received everything. */
    @ParameterizedTest
    @CsvSource({"tcp, true", "udp, false"})
    void xinetdDiscards(String transport, boolean isAnswered) {
        need("xinetd");
        EventList events = run(transport, "receive", DISCARD_PORT, "-c", "20", "-m", "line");
        assertEquals(20, events.total("ok"));
        assertEquals(80, events.total("bytes_sent"));
        assertEquals(0, events.total("bytes_received"));
        assertEquals(isAnswered, events.summary().get("time_ns").get("p50").isNumber());
    }

    @ParameterizedTest
    @CsvSource({
        "ncat, ncat -k -l -e /bin/cat 127.0.0.1 7010, tcp, 7010",
        "socat, 'socat TCP-LISTEN:7011,bind=127.0.0.1,reuseaddr,fork PIPE', tcp, 7011",
        "socat, 'socat TCP-LISTEN:7012,bind=127.0.0.1,reuseaddr,fork EXEC:cat', tcp, 7012",
        "socat, 'socat UDP-LISTEN:7013,bind=127.0.0.1,reuseaddr,fork PIPE', udp, 7013",
        "socat, 'socat UDP-LISTEN:7014,bind=127.0.0.1,reuseaddr,fork EXEC:cat', udp, 7014"
    })
    void thirdPartyServersEcho(String tool, String command, String transport, String port) {
        need(tool);
        try (RunningProcess _ = serve(command)) {
            EventList events = run(transport, "echo", port, "-c", "300");
            assertEquals(300, events.total("ok"));
            assertEquals(events.total("bytes_sent"), events.total("bytes_received"));
            assertTrue(events.summary().get("time_ns").get("min").asLong() > 0);
        }
    }
}
