package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.command.Command;
import net.launcher.command.OptionGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Options that may be given many times, and options that are sizes. */
class OptionValuesTest {
    private static final InvocationProbe<List<String>> LIST =
            new InvocationProbe<>(OptionValuesTest::add, line -> line.values("--allow"));

    private static final InvocationProbe<Integer> SIZE =
            new InvocationProbe<>(OptionValuesTest::add, line -> line.size("--buffer", 7, 1 << 30));

    private static Command add(Command command) {
        command.list(OptionGroup.ACCESS, "ADDRESSES", "-a", "--allow");
        command.list(OptionGroup.ACCESS, "ADDRESSES", "--deny");
        command.option(OptionGroup.NETWORK, "SIZE", "--buffer");
        return command.targets("Server to try");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--allow a | a",
                "--allow=a | a",
                "-a a | a",
                "-aa | a",
                "--allow a,b --allow c | a b c",
                "--allow c --allow=b,a -a c | c b a c",
                "--allow a host --allow b 1 --deny c | a b",
                "--allow @FILE | @FILE",
                "--allow=@FILE | @FILE",
                "--allow @a,@b | @a @b",
                "--allow @@FILE | @@FILE",
                "--allow 10.0.0.0/8,::1/128,[::1] | 10.0.0.0/8 ::1/128 [::1]",
                "--allow=a=b | a=b",
                "--allow --deny | --deny",
                "--allow -- | --",
                "--allow ${sys:user.home} | ${sys:user.home}",
                "--allow a;b | a;b"
            })
    void valuesAreThoseOfAllListsInOrder(String args, String values) {
        assertEquals(List.of(values.split(" ")), LIST.parse(args.split(" ")));
    }

    @Test
    void valuesKeepTheirBlanks() {
        assertEquals(List.of(" a", "b c "), LIST.parse("--allow", " a,b c "));
        assertEquals(List.of("\"a", "b\""), LIST.parse("--allow", "\"a,b\""));
    }

    @Test
    void optionThatIsNotGivenHasNoValues() {
        assertEquals(List.of(), LIST.parse());
        assertEquals(List.of(), LIST.parse("--deny", "a", "host", "--", "--allow"));
    }

    @Test
    void valuesDoNotChange() {
        List<String> values = LIST.parse("--allow=a");
        assertThrows(UnsupportedOperationException.class, () -> values.add("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a,,b", ",a", "a,", ",,"})
    void emptyPartIsRefused(String list) {
        String message = "--allow must not have an empty part: " + list;
        LIST.assertRefused(message, "--allow", list);
        LIST.assertRefused(message, "--allow=a,b", "--allow=" + list);
    }

    @Test
    void emptyListIsRefused() {
        LIST.assertRefused("--allow must not be empty", "--allow", "");
        LIST.assertRefused("--allow must not be empty", "--allow=a,b", "--allow=");
    }

    @Test
    void listWithoutItsValueIsRefused() {
        LIST.assertRefused("--allow requires a value, as in --allow ADDRESSES", "-a");
    }

    @Test
    void helpShowsAListAsOneValue() {
        assertTrue(LIST.help().contains("\n  -a, --allow ADDRESSES"), LIST::help);
        assertTrue(LIST.help().contains("\n      --deny ADDRESSES"), LIST::help);
    }

    @Test
    void sizeIsTheDefaultUnlessGiven() {
        assertEquals(7, SIZE.parse());
        assertEquals(65_536, SIZE.parse("--buffer=64K"));
        assertEquals(1_073_741_824, SIZE.parse("--buffer=1K", "--buffer", "1G"));
        SIZE.assertRefused(
                "--buffer must be in bytes, K, M or G (1024-based), or KB, MB or GB (1000-based):"
                        + " 12Q",
                "--buffer=12Q");
        SIZE.assertRefused(
                "--buffer must be a size from 1 to 1G, such as 64K or 1M: 1073741825",
                "--buffer=1073741825");
    }
}
