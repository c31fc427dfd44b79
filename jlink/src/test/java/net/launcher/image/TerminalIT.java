package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Runs on a terminal, with a progress line and Enter. */
class TerminalIT {
    private static final String CLIENT =
            ProcessCommand.IMAGE.resolve("bin", "tcp-client").toString();

    private static final Pattern PROGRESS =
            Pattern.compile(
                    "\r(\\d+) ok, 0 failed; last second [^\r\n]* *"
                            + "(?=\r)"); // The next one is written over it.

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
            List<Long> counts =
                    PROGRESS.matcher(ended.err())
                            .results()
                            .map(match -> Long.parseLong(match.group(1)))
                            .toList();
            assertTrue(counts.size() >= 1 && counts.size() <= 3, ended::err);
            assertEquals(counts.stream().sorted().toList(), counts);
            // No other output remains.
            String rest = PROGRESS.matcher(ended.err()).replaceAll("");
            assertTrue(rest.matches("\r +\r"), ended::err);
            assertTrue(ended.out().startsWith("exchanges   "), ended::out);
            TextSummary summary = TextSummary.of(ended.out());
            long ok = Long.parseLong(summary.rows().get("exchanges").replaceAll(" .*", ""));
            assertTrue(counts.getLast() <= ok, ended::toString);
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
                            "tcp-server: waiting up to 5\\.00 s for \\d+ connections;"
                                    + " a second signal ends it\n");
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
            String rest = ended.err().replaceAll("(^|\r)" + figures, "");
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
            assertTrue(out.indexOf("\nfirst byte ") < out.indexOf("\nhistogram "), out);
            List<String> lines = out.substring(out.indexOf("\nhistogram ") + 1).lines().toList();
            assertTrue(lines.size() <= 11 && lines.getLast().startsWith("PASS "), out);
            long count = 0;
            for (String line : lines.subList(0, lines.size() - 1)) {
                String row = "(histogram {3}| {12})from +[\\d.]+ ms  (" + bar + " )?\\d+";
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
