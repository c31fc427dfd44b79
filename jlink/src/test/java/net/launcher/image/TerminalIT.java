package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Runs on a terminal, with a progress line and Enter. */
class TerminalIT {
    private static final String CLIENT =
            ProcessCommand.IMAGE.resolve("bin", "tcp-client").toString();

    private static final Pattern PROGRESS =
            Pattern.compile(
                    "\r\u001b\\[K\u001b\\[\\?7l(\\d+) s, (\\d+) s left, loss 0 %, ([^;]*); now"
                            + " [\\d.]+/s[^\r\n]*\u001b\\[\\?7h");

    /** Returns a client with a terminal as the given streams. */
    private static ProcessCommand client(String streams, ServerUnderTest target, String... args) {
        return ProcessCommand.python("terminal.py", streams, CLIENT, "--service", target.service())
                .with("--timeout", "20s")
                .with(args)
                .with(target.endpoint());
    }

    private static void type(RunningProcess run, String keys) throws IOException {
        run.process().getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
        run.process().getOutputStream().flush();
    }

    @Test
    void overwritesAndClearsTheProgressLine() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended = client("2", target, "-t", "2200ms").run();
            assertEquals(0, ended.status(), ended.toString());
            List<MatchResult> lines = PROGRESS.matcher(ended.err()).results().toList();
            assertTrue(lines.size() >= 1 && lines.size() <= 3, ended::err);
            long before = 0;
            for (MatchResult line : lines) {
                long elapsed = Long.parseLong(line.group(1));
                assertTrue(elapsed > before || elapsed == 2, ended::err);
                // Of 2.2 s in all, both rounded.
                assertEquals(2, elapsed + Long.parseLong(line.group(2)), 1, ended::err);
                assertEquals(target.endpoint(), line.group(3));
                before = elapsed;
            }
            // No other output remains.
            assertEquals("\r\u001b[K", PROGRESS.matcher(ended.err()).replaceAll(""));
            assertTrue(ended.out().lines().toList().get(3).startsWith("exchanges   "), ended::out);
        }
    }

    /** Above ten exchanges per second, the terminal shows a progress line instead of each. */
    @ParameterizedTest
    @CsvSource({
        "--rate 11 -t 300ms, false",
        "-i 80ms -t 300ms, false",
        "-c 21, false",
        "-i 100ms -t 2s, true",
        "-c 20, true"
    })
    void listsOnlyFewOrSlowExchangesOnATerminal(String schedule, boolean isListed) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended = client("12", target, schedule.split(" ")).run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals(isListed, ended.err().contains(": exchange 2 in "), ended::err);
        }
    }

    /** A line that reached the last column would wrap, and scroll the terminal. */
    @ParameterizedTest
    @ValueSource(ints = {100, 80, 40, 20})
    void progressLineFitsTheWidth(int columns) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    client("2", target, "-t", "1500ms")
                            .env("TERMINAL_COLUMNS", Integer.toString(columns))
                            .env("COLUMNS", "")
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            List<MatchResult> lines =
                    Pattern.compile("7l([^\r\u001b]*)").matcher(ended.err()).results().toList();
            assertTrue(!lines.isEmpty(), ended::err);
            for (MatchResult line : lines) {
                assertTrue(line.group(1).matches("[12] s, .*"), ended::err);
                assertTrue(line.group(1).length() < columns, ended::err);
                assertEquals(columns > 20, line.group(1).contains("; now "), ended::err);
            }
        }
    }

    @Test
    void progressLineNamesThePhasesOfALoadAndItsThroughput() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    client("2", target, "--load", "1", "--rate", "50", "-t", "1200ms")
                            .env("COLUMNS", "200")
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            String phases =
                    "(?s).*7lidle: [12] s, 0 s left, loss 0 %, ENDPOINT; now .*"
                            + "7lload: starting 1 connection to ENDPOINT.*"
                            + "7lloaded: [12] s, 0 s left, loss 0 %, load up [0-9.]+ [kMG]?bit/s,"
                            + " down [0-9.]+ [kMG]?bit/s, ENDPOINT; now .*";
            String expected = phases.replace("ENDPOINT", Pattern.quote(target.endpoint()));
            assertTrue(ended.err().matches(expected), ended::err);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, true", "0, false"})
    void drainingServerExplainsItsWaitOnATerminal(String streams, boolean isExplained)
            throws IOException {
        try (RunningProcess server =
                ProcessCommand.python("terminal.py", streams, ProcessCommand.bin("tcp-server"))
                        .with("127.0.0.1:0")
                        .start()) {
            int port = server.port();
            try (TcpPeer first = TcpPeer.greeted(port);
                    TcpPeer second = TcpPeer.greeted(port)) {
                ProcessHandle child = server.process().children().findFirst().orElseThrow();
                child.destroy();
                TcpPeer.awaitRefusal(port);
                assertEquals("<closed>", first.send("hello").awaitEnd());
                assertEquals("<closed>", second.send("hello").awaitEnd());
            }
            ProcessResult ended = server.end();
            assertEquals(0, ended.status());
            // A connection of the probe above may be open too.
            Pattern line =
                    Pattern.compile(
                            "tcp-server: waiting up to 5\\.00 s for \\d+ connections to end;"
                                    + " a second signal exits at once\n");
            assertEquals(isExplained, line.matcher(ended.err()).find(), ended::err);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, -t 1200ms",
        "2, -t 1200ms --quiet",
        "2, -t 1200ms --format json",
        "2, -t 1200ms --rate 50",
        "2, -c 3"
    })
    void showsProgressOnlyOnTerminalsForFastRuns(String streams, String args) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended = client(streams, target, args.split(" ")).run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("", ended.err());
        }
    }

    /** The figures have a line of their own, beside a progress line. */
    @ParameterizedTest
    @CsvSource({"0, 20", "02, 20", "02, 1000"})
    void enterPrintsFiguresAndControlCEnds(String streams, String rate) throws IOException {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo");
                RunningProcess run = client(streams, target, "--rate", rate).start()) {
            target.awaitPeer();
            type(run, "\n");
            run.awaitErr(" ok, 0 failed, loss ");
            type(run, "\u0003");
            ProcessResult ended = run.end();
            assertEquals(130, ended.status(), ended.toString());
            assertTrue(ended.out().contains("exchanges   "), ended::out);
            String figures = "tcp-client: \\d+ ok, 0 failed, loss [^\r\n]+\n";
            String rest = ended.err().replaceAll("(^|\u001b\\[K)" + figures, "");
            assertTrue(!rest.contains("tcp-client") && !rest.contains("\n"), ended::err);
        }
    }

    /** The histogram is between times and thresholds, and counts all exchanges. */
    @ParameterizedTest
    @CsvSource({"de_DE.UTF-8, '[▏▎▍▌▋▊▉█]+'", "C, #+"})
    void drawsAHistogramOnTerminals(String locale, String bar) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    client("1", target, "-c", "200", "--quiet", "--fail-if", "ok<1")
                            .env("LANG", locale)
                            .env("LC_CTYPE", "")
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            String out = ended.err();
            assertTrue(out.indexOf("\ntime ") < out.indexOf("\nhistogram "), out);
            List<String> lines = out.substring(out.indexOf("\nhistogram ") + 1).lines().toList();
            assertTrue(lines.size() <= 11 && lines.getLast().startsWith("ok   "), out);
            long count = 0;
            for (String line : lines.subList(0, lines.size() - 1)) {
                boolean isLast = line == lines.get(lines.size() - 2);
                String limit = isLast ? " and more" : " {9}";
                String row =
                        "(histogram {3}| {12})from +[\\d.]+ ms" + limit + "  (" + bar + " )?\\d+";
                assertTrue(line.matches(row), line);
                count += Long.parseLong(line.replaceAll(".* ", ""));
            }
            assertEquals(200, count, out);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, -c 200 --format json --quiet", "1, -c 9 --quiet", "02, -c 200 --quiet"})
    void drawsAHistogramOnlyOnTerminalsForManyExchanges(String streams, String args) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended = client(streams, target, args.split(" ")).run();
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(!(ended.out() + ended.err()).contains("histogram"), ended::toString);
        }
    }

    @Test
    void enterEndsALineOfTypedInput() throws IOException {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "receive");
                RunningProcess run = client("0", target, "--file", "-").start()) {
            type(run, "one\ntwo\n\u0004");
            assertEquals(new ProcessResult(0, "", ""), run.end());
            assertEquals("one\ntwo\n", target.server().signal("TERM").end().out());
        }
    }

    /** A shell stops a job in the background that reads the terminal. */
    @Test
    void backgroundRunIsNotStopped() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            String job = CLIENT + " --service echo -c 30 -i 10ms " + target.endpoint();
            ProcessResult ended =
                    ProcessCommand.python("terminal.py", "02", "sh", "-mc", job + " & wait $!")
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(ended.out().contains("\nexchanges   30 ok, "), ended::out);
        }
    }
}
