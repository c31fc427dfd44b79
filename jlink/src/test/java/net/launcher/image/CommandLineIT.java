package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Command-line parsing of the launchers, and their usage errors. */
class CommandLineIT {
    static final List<String> LAUNCHERS =
            List.of("tcp-server", "tcp-client", "udp-server", "udp-client", "selftest");

    static Stream<Arguments> badArguments() {
        List<Arguments> cases = new ArrayList<>();
        for (String launcher : List.of("tcp-server", "tcp-client", "udp-server", "udp-client")) {
            for (String endpoint :
                    List.of(
                            "",
                            "99999",
                            "-1",
                            "8888x",
                            "127.1",
                            "1.2.3.4.5",
                            "::1::2",
                            "::1:8888",
                            "http://localhost:8888/",
                            "host:80:90",
                            "[::1",
                            "host:",
                            "host:8888x",
                            "host:65536",
                            "host:-1",
                            "a b",
                            " ",
                            "x".repeat(65_536))) {
                cases.add(Arguments.of(launcher, List.of(endpoint)));
            }
            cases.add(Arguments.of(launcher, List.of("localhost", "8888x")));
            cases.add(Arguments.of(launcher, List.of("localhost", "+80")));
            cases.add(Arguments.of(launcher, List.of("localhost", "٨")));
            cases.add(Arguments.of(launcher, List.of("localhost:1", "2")));
            cases.add(Arguments.of(launcher, List.of("localhost", "1", "2")));
            cases.add(Arguments.of(launcher, List.of("--nope")));
            cases.add(Arguments.of(launcher, List.of("--format", "xml")));
            cases.add(Arguments.of(launcher, List.of("--format")));
            cases.add(Arguments.of(launcher, List.of("-format", "json")));
        }
        for (String client : List.of("tcp-client", "udp-client")) {
            for (String time :
                    List.of("0", "-1", "+1", "1d", "1.5.5s", "٣", "9999999999999s", "")) {
                cases.add(Arguments.of(client, List.of("--timeout=" + time)));
            }
            cases.add(Arguments.of(client, List.of("-m", "x".repeat(1025))));
            cases.add(Arguments.of(client, List.of("localhost:0")));
            cases.add(Arguments.of(client, List.of("-t", "10", "s")));
            cases.add(Arguments.of(client, List.of("-t", "-c", "5")));
        }
        cases.add(Arguments.of("tcp-client", List.of("--connect-timeout", "5x")));
        cases.add(Arguments.of("selftest", List.of("localhost")));
        badServerOptions()
                .forEach(
                        (server, options) ->
                                options.forEach(
                                        option ->
                                                cases.add(
                                                        Arguments.of(
                                                                server,
                                                                List.of(option.split(" "))))));
        return cases.stream();
    }

    private static Map<String, List<String>> badServerOptions() {
        List<String> both =
                List.of(
                        "--service=",
                        "--service=nope",
                        "--count=0",
                        "--count=-1",
                        "-c 1.5",
                        "-c 99999999999999999999",
                        "--drain=-1",
                        "--drain=none",
                        "--drain=1d",
                        "--sync",
                        "--output");
        List<String> udp = List.of("--service=greet", "--service=chargen", "--backlog=1");
        List<String> tcp =
                List.of(
                        "--service=stamp",
                        "--service=GREET",
                        "--max-connections=0",
                        "--max-connections=9999999999",
                        "--max-per-source=0",
                        "--max-per-source=x",
                        "--idle-timeout=0",
                        "--idle-timeout=5d",
                        "--session-timeout=-1",
                        "--session-timeout=",
                        "--message-gap=0",
                        "--message-gap=none",
                        "--message-gap=1s --service=echo",
                        "--backlog=0",
                        "--backlog=+1");
        return Map.of(
                "tcp-server",
                Stream.concat(both.stream(), tcp.stream()).toList(),
                "udp-server",
                Stream.concat(both.stream(), udp.stream()).toList());
    }

    @ParameterizedTest
    @MethodSource("badArguments")
    void invalidArgumentIsOneLineAndExit2(String launcher, List<String> args) {
        ProcessResult ended = ProcessCommand.of(launcher, args.toArray(String[]::new)).run();
        assertEquals(2, ended.status(), ended::err);
        assertEquals("", ended.out());
        assertEquals(1, ended.err().lines().count(), ended::err);
        assertTrue(ended.err().startsWith(launcher + ": "), ended::err);
        assertTrue(ended.err().endsWith(" (see " + launcher + " --help)\n"), ended::err);
        assertTrue(ended.err().length() < 400, "too long: " + ended.err().length());
    }

    @Test
    void rejectsDigitsAsHostWithAHint() {
        assertEquals(
                "tcp-client: host must not have digits only (a port is written :PORT): 8888"
                        + " (see tcp-client --help)\n",
                ProcessCommand.of("tcp-client", "8888", "9000").run().err());
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void summaryFitsATerminal(String launcher) {
        ProcessResult ended = ProcessCommand.of(launcher, "-h").run();
        assertEquals(0, ended.status());
        assertEquals("", ended.err());
        List<String> lines = ended.out().lines().toList();
        assertTrue(lines.getFirst().startsWith("Usage: " + launcher + " [OPTIONS]"), ended::out);
        assertTrue(lines.contains("Examples:"), ended::out);
        assertTrue(lines.size() <= 24, ended::out);
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), ended::out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp-client|-timeout 5 ::1|unknown option: -timeout; did you mean --timeout?",
                "udp-server|-backlog 5|--backlog is an option of tcp-server",
                "tcp-client|-t 10 s|--duration must have no space before its unit, as in"
                        + " --duration 10s: 10 s",
                "tcp-client|-t|--duration requires a value, as in --duration TIME",
                "tcp-client|http://localhost:8888/|endpoint must be HOST or HOST:PORT, not a URL:"
                        + " http://localhost:8888/",
                "udp-server|host:80:90|endpoint must be HOST or HOST:PORT, with one port:"
                        + " host:80:90",
                "tcp-server|::1:9000|endpoint must be [::1:9000] or [::1]:9000: ::1:9000",
                "tcp-client|--servce echo|unknown option: --servce; did you mean --service?",
                "udp-server|--alow ::1|unknown option: --alow; did you mean --allow?",
                "selftest|--fromat json|unknown option: --fromat; did you mean --format?",
                "tcp-server|--service ehco|--service must be greet, receive, echo, discard or"
                        + " chargen: ehco; did you mean echo?",
                "udp-client|--service echo --format jsn|--format must be text, json or raw: jsn;"
                        + " did you mean json?",
                "udp-client|--load 1 --load-service chargne --service echo|--load-service must be"
                        + " echo, discard or chargen: chargne; did you mean chargen?",
                "tcp-client|--answer-rate 5|--answer-rate is an option of udp-server",
                "tcp-server|-m hi|-m is an option of tcp-client and udp-client",
                "udp-client|--nodelay|unknown option: --nodelay"
            })
    void errorSuggestsTheClosestName(String launcher, String args, String message) {
        assertEquals(
                new ProcessResult(
                        2, "", launcher + ": " + message + " (see " + launcher + " --help)\n"),
                ProcessCommand.of(launcher, args.split(" ")).run());
    }

    @Test
    void numberAloneIsThePortOverTcp() {
        try (RunningProcess server = ProcessCommand.of("tcp-server", "0").start()) {
            String port = Integer.toString(server.port());
            ProcessResult ended = ProcessCommand.of("tcp-client", port).run();
            assertEquals(new ProcessResult(0, "hello client!\n", ""), ended);
            assertEquals("hello sever!", server.awaitOut("hello"));
        }
    }

    @Test
    void numberAloneIsThePortOverUdp() {
        try (RunningProcess server =
                ProcessCommand.of("udp-server", "0", "--service", "echo").start()) {
            String port = Integer.toString(server.port());
            ProcessResult ended = ProcessCommand.of("udp-client", "--service", "echo", port).run();
            assertEquals(new ProcessResult(0, "hello sever!\n", ""), ended);
        }
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void printsHelpOnStandardOutput(String launcher) {
        ProcessResult ended = ProcessCommand.of(launcher, "--help").run();
        assertEquals(0, ended.status());
        assertEquals("", ended.err());
        assertTrue(ended.out().startsWith("Usage: " + launcher + " [OPTIONS]"), ended::out);
        for (String part : List.of("--format", "--verbose", "--version", "Exit status:")) {
            assertTrue(ended.out().contains(part), part);
        }
        String examples = ended.out().substring(ended.out().indexOf("Examples:"));
        assertTrue(examples.contains("  " + launcher), examples);
        assertTrue(ended.out().lines().allMatch(line -> line.length() <= 80), ended::out);
    }

    @ParameterizedTest
    @FieldSource("LAUNCHERS")
    void versionListsProjectJdkAndModules(String launcher) {
        ProcessResult ended = ProcessCommand.of(launcher, "--version").run();
        assertEquals(ended, ProcessCommand.of(launcher, "-V").run());
        String version = System.getProperty("netpair.version");
        assertEquals(0, ended.status());
        assertEquals("", ended.err());
        List<String> lines = ended.out().lines().toList();
        assertEquals("netpair " + version, lines.get(0));
        assertEquals("JDK " + Runtime.version(), lines.get(1));
        for (String module : List.of("net.protocol", "net.server", "net.client", "net.launcher")) {
            assertTrue(lines.contains(module + " " + version), ended::out);
        }
        assertTrue(ended.out().contains("info.picocli "), ended::out);
        assertTrue(ended.out().contains("com.google.gson "), ended::out);
    }

    @Test
    void lastOptionWinsAndValuesMayLookLikeOptions() {
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            String port = Integer.toString(server.port());
            ProcessCommand.of(
                            "tcp-client",
                            "-m",
                            "first",
                            "--message=--help",
                            "--",
                            "127.0.0.1",
                            port)
                    .run();
            assertEquals("--help", server.awaitOut("--help"));
            ProcessCommand.of("tcp-client", "127.0.0.1:" + port, "-m", "@file ${user.home}").run();
            assertEquals("@file ${user.home}", server.awaitOut("@file"));
        }
    }

    /** What people type; the peer drops what it receives. */
    @ParameterizedTest
    @CsvSource({
        "-t 24h",
        "--timeout 0.25",
        "-i 1.5s",
        "-s 1KiB",
        "-s 1KB",
        "--rate 1k",
        "--rate 2.5M",
        "--timeout 1m"
    })
    void acceptsHoursFractionsAndUnits(String options) throws IOException {
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ProcessResult ended =
                    ProcessCommand.of("udp-client", options.split(" "))
                            .with("--service", "discard", "-c", "1")
                            .with("127.0.0.1:" + peer.getLocalPort())
                            .run();
            assertEquals(new ProcessResult(0, ended.out(), ""), ended);
        }
    }
}
