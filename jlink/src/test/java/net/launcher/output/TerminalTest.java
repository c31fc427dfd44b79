package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @ParameterizedTest
    @CsvSource({
        "/dev/pts/0, true",
        "/dev/tty, true",
        "/dev/tty1, true",
        "/dev/ttyS0, true",
        "/dev/console, true",
        "/dev/null, false",
        "pipe:[123], false",
        "socket:[123], false",
        "/home/dev/pts/0, false",
        "/dev/consoles, false"
    })
    void recognisesTerminalsByName(String file, boolean isTerminal) {
        assertEquals(isTerminal, Terminal.isTerminal(file));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "40, 40", "0, 80", "-1, 80", "'', 80", "x, 80", ", 80"})
    void unknownWidthIs80Columns(String text, int columns) {
        assertEquals(columns, Terminal.columns(text));
    }
}
