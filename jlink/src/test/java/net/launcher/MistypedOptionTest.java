package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.command.Command;
import net.launcher.command.OptionGroup;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Options that would be parsed as something else than they look like. */
class MistypedOptionTest {
    private static final InvocationProbe<List<String>> PROBE =
            new InvocationProbe<>(MistypedOptionTest::add, line -> line.arguments());

    private static Command add(Command command) {
        command.option(OptionGroup.SCHEDULE, "TIME", "-t", "--time");
        command.option(OptionGroup.SCHEDULE, "SIZE", "-s", "--size");
        command.option(OptionGroup.SCHEDULE, "RATE", "--rate");
        command.option(OptionGroup.SCHEDULE, "N", "-c", "--count");
        command.option(OptionGroup.EXCHANGE, "TEXT", "-m", "--message");
        command.flag(OptionGroup.OUTPUT, "--quiet");
        return command.siblings(option -> option.equals("--drain") ? List.of("other") : List.of())
                .targets("Server to try");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-t 10 s| --time must have no space before its unit, as in --time 10s: 10 s",
                "-t10 ms| --time must have no space before its unit, as in --time 10ms: 10 ms",
                "-t=10 m| --time must have no space before its unit, as in --time 10m: 10 m",
                "host --time 0.5 h 80| --time must have no space before its unit, as in --time"
                        + " 0.5h: 0.5 h",
                "--time=10 us| --time must have no space before its unit, as in --time 10us: 10 us",
                "-s 16 KiB| --size must have no space before its unit, as in --size 16KiB: 16 KiB",
                "--size 1 M| --size must have no space before its unit, as in --size 1M: 1 M",
                "--rate 1 k| --rate must have no space before its unit, as in --rate 1k: 1 k",
            })
    void unitAfterASpaceIsNoOperand(String args, String message) {
        PROBE.assertRefused(message, args.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-time 5| unknown option: -time; did you mean --time?",
                "-time=5| unknown option: -time; did you mean --time?",
                "-size 5| unknown option: -size; did you mean --size?",
                "host -count 5| unknown option: -count; did you mean --count?",
                "-quiet| unknown option: -quiet; did you mean --quiet?",
                "-message hi| unknown option: -message; did you mean --message?",
                "-help| unknown option: -help; did you mean --help?",
                "-drain 5| --drain is an option of other",
                "-rat 5| unknown option: -rat; did you mean --rate?",
            })
    void singleDashIsRejectedWithTheOptionMeant(String args, String message) {
        PROBE.assertRefused(message, args.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-t| --time requires a value, as in --time TIME",
                "--time| --time requires a value, as in --time TIME",
                "host -c| --count requires a value, as in --count N",
                "-m| --message requires a value, as in --message TEXT",
                "-t -c 5| --time requires a value, as in --time TIME, not -c",
                "--size --quiet host| --size requires a value, as in --size SIZE, not --quiet",
                "--count -- host| --count requires a value, as in --count N, not --",
            })
    void missingValueIsRejectedWithItsKind(String args, String message) {
        PROBE.assertRefused(message, args.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "-t 10s s",
        "-t 10 -- s",
        "-t 10 host s",
        "-t 10 S",
        "-t 10 k",
        "-c 10 s",
        "-m 10 s",
        "--quiet s",
        "-m -time",
        "-m -c",
        "-m --",
        "-m --quiet",
        "-- -time",
        "-t5",
        "-mtime"
    })
    void otherArgumentsAreParsedAsTheyAre(String args) {
        List<String> given = List.of(args.split(" "));
        assertEquals(given, PROBE.parse(args.split(" ")));
    }
}
