package net.launcher;

import static net.launcher.ServerProbe.assertRefused;
import static net.launcher.ServerProbe.count;
import static net.launcher.ServerProbe.read;
import static net.launcher.ServerProbe.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.server.ServerOptions;
import net.protocol.Transport;
import net.server.TcpServerConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Files of {@code --config}. */
class ConfigFileTest {
    private static final int MAX_BYTES = 1 << 20;

    private static final TcpServerConfig ECHO =
            tcp("--service", "echo", "--drain", "1s", "-4", "127.0.0.1:9000", "127.0.0.2:9000");

    @TempDir private Path folder;

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("lab.conf"), text).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--service echo\n--drain 1s\n-4\n127.0.0.1:9000\n127.0.0.2:9000\n",
                "--service=echo\n  --drain\t 1s \r\n-4\n# a comment\n\n\t# another\n"
                        + "127.0.0.1\n127.0.0.2\n9000",
                "\uFEFFOPTIONS=\"--service echo --drain=1s -4 127.0.0.1:9000\"\n127.0.0.2:9000",
                "OPTIONS='--service  echo -4'\nOPTIONS=--drain 1s 127.0.0.1 127.0.0.2 9000\n"
                        + "OPTIONS=\nOPTIONS=\"\"\n"
            })
    void linesAreArguments(String text) throws IOException {
        assertEquals(ECHO, tcp("--config", file(text)));
        assertEquals(ECHO, tcp("--config=" + file(text)));
    }

    @Test
    void emptyFileHasNoArguments() throws IOException {
        assertEquals(tcp(), tcp("--config", file("")));
        assertEquals(tcp(), tcp("--config", file("# nothing")));
    }

    @Test
    void laterArgumentsReplaceEarlierOnes() throws IOException {
        String five = file("-c 5\n--allow 10.0.0.1");
        assertEquals(5, count("-c", "4", "--config", five));
        assertEquals(6, count("--config", five, "-c6"));
        String other = Files.writeString(folder.resolve("other"), "--count=7").toString();
        assertEquals(7, count("--config", five, "--config", other));
    }

    @Test
    void valueIsTheRestOfTheLine() throws IOException {
        String allowed = Files.writeString(folder.resolve("a b"), "10.0.0.1").toString();
        read(Transport.TCP, ServerOptions::rules, "--config", file("--allow @" + allowed));
        String file = file("--allow a, ,b");
        String message =
                ":1: --allow: entry must be an address, a block such as 10.0.0.0/8,"
                        + " or a name:  ";
        assertRefused(Transport.TCP, file + message, "--config", file);
    }

    @Test
    void otherArgumentsMayContainTheName() {
        assertRefused(
                Transport.TCP, "host must be a valid name or address: --config", "--", "--config");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--foo | unknown option: --foo",
                "--foo bar | unknown option: --foo",
                "--servce echo | unknown option: --servce; did you mean --service?",
                "-service echo | unknown option: -service; did you mean --service?",
                "--service | --service requires a value, as in --service NAME",
                "--service ech | --service must be greet, receive, echo, discard or chargen: ech;"
                        + " did you mean echo?",
                "--drain 10 s | --drain must be a time in us, ms, s, m or h, such as 20ms or 1.5s:"
                        + " 10 s",
                "--drain=x | --drain must be a time in us, ms, s, m or h, such as 20ms or 1.5s: x",
                "-c 0 | --count must be a number from 1 to 2^63-1: 0",
                "--sync yes | --sync has no value; write one option a line: --sync yes",
                "-4 :9000 | -4 has no value; write one option a line: -4 :9000",
                "service=echo | line must be an option with its dashes, an endpoint, a port or"
                        + " OPTIONS=...: service=echo",
                "127.0.0.1 9000 | line must be an option with its dashes, an endpoint, a port or"
                        + " OPTIONS=...: 127.0.0.1 9000",
                "127.0.0.1:99999 | port must be a number from 0 to 65535: 99999",
                "--service echo # lab | comment must be on a line of its own: --service echo # lab",
                "--output \"a b\" | value must be without quotes: --output \"a b\"",
                "--output='a b' | value must be without quotes: --output='a b'",
                "\"127.0.0.1:9000\" | value must be without quotes: \"127.0.0.1:9000\"",
                "-- | -- must not be in a file: --",
                "OPTIONS=-- 9000 | -- must not be in a file: OPTIONS=-- 9000",
                "--output a --sync | write one option a line: --output a --sync",
                "--help | --help must not be in a file: --help",
                "-V | --version must not be in a file: -V",
                "--config other | --config must not be in a file: --config other",
                "OPTIONS=--config=other | --config must not be in a file: OPTIONS=--config=other",
                "OPTIONS=\"-4 | closing quote is missing: OPTIONS=\"-4",
                "OPTIONS=\" | closing quote is missing: OPTIONS=\"",
                "OPTIONS=--output \"a b\" | OPTIONS must have no quotes or backslashes inside;"
                        + " write one option a line: OPTIONS=--output \"a b\"",
                "OPTIONS=--foo | unknown option: --foo"
            })
    void invalidLineIsReportedWithItsPlace(String line, String message) throws IOException {
        String file = file("# lab\n\n" + line + "\n--verbose\n");
        assertRefused(Transport.TCP, file + ":3: " + message, "--config", file);
    }

    @Test
    void conflictHasThePlaceOfTheOption() throws IOException {
        String file = file("--service receive\n--message-gap 1s");
        String message = ":2: --message-gap requires --service greet";
        assertRefused(Transport.TCP, file + message, "--config", file);
    }

    @Test
    void listOfSeveralPlacesHasNone() throws IOException {
        String message =
                "--allow: entry must be an address, a block such as 10.0.0.0/8, or a name: a_@";
        String good = file("--allow 10.0.0.1");
        assertRefused(Transport.TCP, message, "--allow", "a_@", "--config", good);
        String both = file("--allow a_@\n--allow 10.0.0.1");
        assertRefused(Transport.TCP, message, "--config", both);
    }

    @Test
    void errorElsewhereHasNoPlace() throws IOException {
        String file = file("-c 5\n--drain 1s");
        String message = "--count must be a number from 1 to 2^63-1: 0";
        assertRefused(Transport.TCP, message, "--config", file, "-c", "0");
        assertRefused(Transport.TCP, "unknown option: --foo", "--config", file, "--foo");
    }

    @Test
    void unreadableFileIsRefused() throws IOException {
        Path missing = folder.resolve("missing");
        refuse("--config: read " + missing + " failed: no such file or directory", missing);
        refuse("--config: read " + folder + " failed: is a directory", folder);
        assertRefused(Transport.TCP, "--config must name a file", "--config=");
        assertRefused(Transport.TCP, "--config must name a file", "--config", "");
        assertRefused(Transport.TCP, "--config requires a value, as in --config FILE", "--config");
    }

    @Test
    void fileThatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("lab.conf");
        Files.write(file, "-4\n--output gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1));
        refuse(file + ":2: line must be valid UTF-8", file);
        Files.writeString(file, "-4\n\0\n");
        refuse(file + ":2: line must not contain a NUL character: \\x00", file);
        byte[] blank = new byte[MAX_BYTES];
        Arrays.fill(blank, (byte) '\n');
        Files.write(file, blank);
        assertEquals(tcp(), tcp("--config", file.toString()));
        Files.write(file, new byte[MAX_BYTES + 1]);
        refuse("--config: file must be at most 1M: " + file, file);
    }

    private static void refuse(String message, Path file) {
        assertRefused(Transport.TCP, message, "--config", file.toString());
    }
}
