package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The Tab key in interactive shells. */
@Tag("release")
class CompletionIT {
    static final List<String> SHELLS = List.of("bash", "bash-completion", "zsh", "fish");

    private static final String BASH_COMPLETION = "/usr/share/bash-completion/bash_completion";

    private static final Pattern OPTION = Pattern.compile("(?m)^ {2,6}(?:-\\w, )?(--[\\w-]+)");

    @TempDir private Path folder;

    @BeforeEach
    void createFiles() throws IOException {
        Files.createFile(folder.resolve("rules.txt"));
        Files.createFile(folder.resolve("run.html"));
        Files.createFile(Files.createDirectory(folder.resolve("logs")).resolve("old.txt"));
    }

    /** Types each text and Tab; returns the lines without blanks at the end. */
    private List<String> completed(String shell, List<String> typed) {
        Assume.success(shell.replaceFirst("-.*", ""), "-c", "true");
        if (shell.equals("bash-completion")) {
            Assume.success("test", "-e", BASH_COMPLETION);
        }
        ProcessResult ended =
                ProcessCommand.python("complete.py", shell, ProcessCommand.IMAGE.toString())
                        .with(typed.toArray(String[]::new))
                        .in(folder)
                        .run();
        assertEquals(0, ended.status(), ended::err);
        return ended.out().lines().map(line -> line.replaceFirst("[ =]$", "")).toList();
    }

    /** Asserts that Tab completes the part of each line before the bar to the whole. */
    private void assertCompleted(String shell, String... lines) {
        List<String> typed = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String line : lines) {
            typed.add(line.substring(0, line.indexOf('|')));
            expected.add(line.replace("|", "").stripTrailing());
        }
        assertEquals(expected, completed(shell, typed));
    }

    @ParameterizedTest
    @FieldSource("SHELLS")
    void completesNamesOfOptions(String shell) {
        assertCompleted(
                shell,
                "tcp-server --ser|vice",
                "tcp-client --fail|-if",
                "udp-server --answer|-rate",
                "udp-client --verb|ose",
                "selftest --form|at");
    }

    @ParameterizedTest
    @FieldSource("SHELLS")
    void completesValues(String shell) {
        assertCompleted(
                shell,
                "tcp-server --service e|cho",
                "tcp-server --service=e|cho",
                "udp-client --service st|amp",
                "tcp-client --load 1 --load-service ch|argen",
                "tcp-server disc|ard",
                "udp-server stamp=:862 disc|ard",
                "udp-server --format=r|aw",
                "selftest --format j|son");
    }

    @ParameterizedTest
    @FieldSource("SHELLS")
    void completesFiles(String shell) {
        assertCompleted(
                shell,
                "tcp-server --output rul|es.txt",
                "tcp-server --output=logs/o|ld.txt",
                "tcp-client --report run|.html",
                "udp-client --file rul|es.txt",
                "tcp-server --allow @rul|es.txt",
                "udp-server --deny=10.0.0.0/8,@rul|es.txt",
                "udp-server --deny=@lo|gs/");
    }

    @ParameterizedTest
    @FieldSource("SHELLS")
    void completesNothingElse(String shell) {
        assertCompleted(
                shell,
                "tcp-server --nosuch|",
                "tcp-server -- --ser|",
                "tcp-server --service x|",
                "tcp-server --service=x|",
                "udp-client --format rul|",
                "udp-client --count |",
                "udp-server --output nosuch|",
                "tcp-server --allow @nosuch|",
                "tcp-client rul|",
                "selftest rul|",
                "selftest x|");
    }

    @ParameterizedTest
    @FieldSource("SHELLS")
    void listsServices(String shell) {
        completed(
                shell,
                List.of(
                        "tcp-server --service \tgreet receive echo discard chargen",
                        "udp-client --service=\treceive echo discard stamp pipe"));
    }

    /** The options of --help, which come from the same model. */
    @ParameterizedTest
    @FieldSource("SHELLS")
    void listsAllOptions(String shell) {
        List<String> typed = new ArrayList<>();
        for (String launcher : UnpackedArchive.LAUNCHERS) {
            String help = ProcessCommand.of(launcher, "--help").run().out();
            List<String> options =
                    OPTION.matcher(help).results().map(match -> match.group(1)).toList();
            assertTrue(options.size() > 3, help);
            typed.add(launcher + " --\t" + String.join(" ", options));
        }
        completed(shell, typed);
    }
}
