package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Lines on standard error with the command name as prefix. */
class DiagnosticsTest {
    private final CapturedOutput err = new CapturedOutput();

    private Diagnostics diagnostics(boolean isDebug) {
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Diagnostics("probe", print, !isDebug, isDebug);
    }

    @Test
    void printsAnyTextAsOneLine() {
        diagnostics(false).print("a\nprobe: forged\u001b[31m\u202e");
        assertEquals("probe: a\\x0Aprobe: forged\\x1B[31m\\u{202E}\n", err.text());
    }

    @Test
    void printsTheMessageOrElseTheType() {
        diagnostics(false).error(new IOException("read failed: reset"));
        diagnostics(false).error(new IllegalStateException());
        assertEquals(
                "probe: read failed: reset\nprobe: java.lang.IllegalStateException\n", err.text());
    }

    @Test
    void debugPrintsAStackTrace() {
        diagnostics(true).error(new IOException("reset"));
        assertTrue(
                err.text().startsWith("probe: reset\njava.io.IOException: reset\n\tat "),
                err::text);
    }
}
