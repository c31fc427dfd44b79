package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Access control with {@code --allow} and {@code --deny}. */
class AccessIT {
    private static final List<String> SOURCES =
            List.of("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4");

    /** The peer of a record, with the last octet of its address. */
    private static final Pattern SENDER =
            Pattern.compile(
                    "\"peer\":\"127\\.0\\.0\\.(\\d):\\d+\",\"service\":\"\\w+\",\"bytes\":5,");

    private static final String GREETED = TcpPeer.GREETING + "<closed>";

    /** Options, and the last octets of the sources that are served. */
    static final List<Arguments> RULES =
            List.of(
                    Arguments.of("--allow 127.0.0.2", "2"),
                    Arguments.of("--deny 127.0.0.2", "134"),
                    // Blocks, with their last address and the next one.
                    Arguments.of("--allow 127.0.0.2/31", "23"),
                    Arguments.of("--deny 127.0.0.1/30", "4"),
                    Arguments.of("--allow 127.0.0.0/8", "1234"),
                    // All addresses of a family.
                    Arguments.of("--allow 0.0.0.0/0", "1234"),
                    Arguments.of("--deny 0.0.0.0/0", ""),
                    Arguments.of("--allow ::/0", ""),
                    Arguments.of("--deny ::/0", "1234"),
                    // Lists, and repeated options.
                    Arguments.of("--deny 127.0.0.1,127.0.0.4", "23"),
                    Arguments.of("--allow 127.0.0.1,::1 --allow=127.0.0.4", "14"),
                    Arguments.of("--deny 127.0.0.1 --deny ::1,127.0.0.3", "24"),
                    // Deny takes precedence over allow, whatever the prefix length or order.
                    Arguments.of("--deny 127.0.0.2 --allow 127.0.0.0/8", "134"),
                    Arguments.of("--allow 127.0.0.2 --deny 127.0.0.0/8", ""),
                    Arguments.of("--deny 127.0.0.2,127.0.0.3 --allow 127.0.0.1/30", "1"),
                    Arguments.of("--allow 127.0.0.1/30 --deny 127.0.0.3,127.0.0.2", "1"),
                    Arguments.of("--deny 127.0.0.3 --allow 127.0.0.1/30 --deny 127.0.0.2", "1"),
                    // IPv4-mapped addresses.
                    Arguments.of("--allow ::ffff:127.0.0.2", "2"),
                    Arguments.of("--deny ::ffff:7f00:3", "124"),
                    // Names.
                    Arguments.of("--allow localhost", "1"),
                    Arguments.of("--deny 127.0.0.4,localhost", "23"),
                    // Files; this one contains 127.0.0.2 and 127.0.0.3.
                    Arguments.of("--allow @FILE", "23"),
                    Arguments.of("--deny @FILE", "14"),
                    Arguments.of("--deny 127.0.0.1,@FILE", "4"),
                    Arguments.of("--allow @FILE,localhost --deny 127.0.0.2", "13"),
                    Arguments.of("--allow @FILE --deny @FILE", ""),
                    Arguments.of("--allow @EMPTY", ""),
                    Arguments.of("--deny @EMPTY", "1234"));

    @TempDir private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("EMPTY"), "# empty\n");
        Files.writeString(
                folder.resolve("FILE"), "# two\r\n127.0.0.2,\t::1 # one\r\n\n  127.0.0.3/32");
    }

    private RunningProcess serve(String server, String rules) {
        return ProcessCommand.of(server, "--format", "json", "127.0.0.1:0")
                .with(rules.replace("@", "@" + folder + "/").split(" "))
                .start();
    }

    /** Checks the summary of a server to which each source connected once. */
    private static void assertCounted(String served, ProcessResult ended) {
        assertEquals(0, ended.status());
        int denied = SOURCES.size() - served.length();
        String refused = "\"refused\":{" + (denied == 0 ? "" : "\"denied\":" + denied) + "},";
        assertTrue(ended.lastLine().contains(refused), ended::out);
        String accepted = "\"accepted\":%1$d,\"active\":0,\"messages\":%1$d,";
        assertTrue(ended.lastLine().contains(accepted.formatted(served.length())), ended::out);
        String senders =
                SENDER.matcher(ended.out())
                        .results()
                        .map(sender -> sender.group(1))
                        .collect(Collectors.joining());
        assertEquals(served, senders);
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void tcpServerGreetsThosePermittedAndResetsTheOthers(String rules, String served)
            throws IOException {
        try (RunningProcess server = serve("tcp-server", rules)) {
            int port = server.port();
            for (String source : SOURCES) {
                boolean isServed = served.contains(source.substring(source.length() - 1));
                assertEquals(
                        isServed ? GREETED : "<reset>", new LoopbackSource(source).exchange(port));
            }
            assertCounted(served, server.signal("TERM").end());
        }
    }

    /** Each form once: the rules are parsed by the same code as for TCP. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--allow 127.0.0.2 | 2",
                "--deny 127.0.0.1/30 | 4",
                "--deny 0.0.0.0/0 | ''",
                "--allow 127.0.0.1,::1 --allow=127.0.0.4 | 14",
                "--deny 127.0.0.2 --allow 127.0.0.0/8 | 134",
                "--allow 127.0.0.2 --deny 127.0.0.0/8 | ''",
                "--deny ::ffff:127.0.0.3 | 124",
                "--deny 127.0.0.4,localhost | 23",
                "--allow @FILE,localhost --deny 127.0.0.2 | 13"
            })
    void udpServerRecordsOnlyPermittedPeers(String rules, String served) throws IOException {
        try (RunningProcess server = serve("udp-server", rules)) {
            int port = server.port();
            for (String source : SOURCES) {
                try (UdpPeer peer = new LoopbackSource(source).udp(port)) {
                    peer.send("hello");
                }
            }
            assertCounted(served, server.signal("TERM").end());
        }
    }

    @Test
    void udpServerAnswersOnlyPermittedPeers() throws IOException {
        String rules = "--service echo --deny 127.0.0.2";
        try (RunningProcess server = serve("udp-server", rules);
                UdpPeer denied = new LoopbackSource("127.0.0.2").udp(server.port());
                UdpPeer permitted = new LoopbackSource("127.0.0.3").udp(server.port())) {
            denied.send("denied");
            // In sequence: after this reply the other datagram has been handled.
            assertEquals("hello", permitted.send("hello").receive());
            assertFalse(denied.hasAnswer());
            ProcessResult ended = server.signal("TERM").end();
            assertTrue(ended.lastLine().contains("\"refused\":{\"denied\":1},"), ended::out);
            assertTrue(ended.lastLine().contains("\"bytes_received\":5,\"bytes_sent\":5,"));
        }
    }

    /** On a dual-stack socket, IPv4 peers have IPv4-mapped addresses. */
    @ParameterizedTest
    @CsvSource({
        "--deny=127.0.0.2, true, false, true",
        "--deny=::ffff:127.0.0.2, true, false, true",
        "--allow=127.0.0.2, false, true, false",
        "--allow=::1, false, false, true",
        "--deny=::/0, true, true, false",
        "--deny=::/128, true, true, true"
    })
    void bothFamiliesAreToldApartOnOneSocket(
            String rules, boolean servesFirst, boolean servesSecond, boolean servesIpv6)
            throws IOException {
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", "[::]:0").with(rules.split(" ")).start()) {
            int port = server.port();
            assertEquals(
                    servesFirst ? GREETED : "<reset>",
                    new LoopbackSource("127.0.0.1").exchange(port));
            assertEquals(
                    servesSecond ? GREETED : "<reset>",
                    new LoopbackSource("127.0.0.2").exchange(port));
            ProcessResult client = ProcessCommand.of("tcp-client", "[::1]:" + port).run();
            assertEquals(servesIpv6 ? 0 : 1, client.status());
            assertEquals(servesIpv6 ? "hello client!\n" : "", client.out());
        }
    }

    @Test
    void countsRefusalsByReason() throws IOException {
        String limits = "--max-connections 2 --max-per-source 1 --deny 127.0.0.4";
        try (RunningProcess server = serve("tcp-server", limits)) {
            int port = server.port();
            try (TcpPeer first = TcpPeer.greeted(port)) {
                assertEquals("<reset>", new LoopbackSource("127.0.0.1").exchange(port));
                assertEquals("<reset>", new LoopbackSource("127.0.0.4").exchange(port));
                try (TcpPeer second = TcpPeer.connect("127.0.0.2", port)) {
                    assertEquals(TcpPeer.GREETING, second.read(TcpPeer.GREETING.length()));
                    assertEquals("<reset>", new LoopbackSource("127.0.0.3").exchange(port));
                    assertEquals("<reset>", new LoopbackSource("127.0.0.4").exchange(port));
                    assertEquals("<reset>", new LoopbackSource("127.0.0.3").exchange(port));
                    assertEquals("<reset>", new LoopbackSource("127.0.0.4").exchange(port));
                    assertEquals("<closed>", second.send("second").awaitEnd());
                }
                assertEquals("<closed>", first.send("first").awaitEnd());
            }
            ProcessResult ended = server.signal("TERM").end();
            String refused = "\"refused\":{\"denied\":3,\"limit\":2,\"source_limit\":1},";
            assertTrue(ended.lastLine().contains(refused), ended::out);
            assertTrue(ended.lastLine().contains("\"accepted\":2,"), ended::out);
            String first = ended.err().lines().skip(1).findFirst().orElse("");
            assertTrue(
                    first.matches("tcp-server: refused 127\\.0\\.0\\.1:\\d+: source_limit"), first);
        }
    }
}
