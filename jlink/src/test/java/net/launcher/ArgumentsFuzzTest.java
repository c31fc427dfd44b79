package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.command.Command;
import net.launcher.command.Exit;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Format;
import net.launcher.server.ServerOptions;
import net.protocol.Endpoint;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Random endpoints and command lines of servers. */
class ArgumentsFuzzTest {
    private static final int ENDPOINTS = 250_000;
    private static final int COMMAND_LINES = 15_000;

    private static final String ENDPOINT_CHARACTERS =
            "::::[[]]..%0011256789aAfFzZ-_ \u0000\n\u0663\uFF1A\u3002\u00FC\uD83D\uDE00@/\\";

    private static final String[] WORDS = {
        "--count",
        "-c",
        "-c5",
        "-c=5",
        "-cc",
        "--service",
        "--service=echo",
        "--sync",
        "--output",
        "--max-connections",
        "--idle-timeout=none",
        "--drain",
        "--message-gap",
        "--format",
        "--",
        "--help",
        "--version",
        "--verbose",
        "--verbose=true",
        "--no-sync",
        "--sync=",
        "--=",
        "-",
        "=",
        "",
        "5",
        "0",
        "-1",
        "greet",
        "json",
        "300ms",
        "localhost",
        "127.0.0.1",
        ":9000",
        "[::1]:1",
        "@file",
        "@",
        "${sys:user.home}",
        "%s%n",
        "\"a",
        "'",
        "\u0000",
        "\n",
        "\uD83D",
        "\u202E",
        "\u00FC"
    };

    private static String text(Random random, String characters, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    @Test
    void parsesItsOwnTextOrRejects() {
        Random random = new Random(6);
        for (int i = 0; i < ENDPOINTS; i++) {
            String text = text(random, ENDPOINT_CHARACTERS, 14);
            Endpoint endpoint;
            try {
                endpoint = Endpoint.parse(text, random.nextInt(65_536));
            } catch (IllegalArgumentException expected) {
                assertTrue(!expected.getMessage().isEmpty(), text);
                continue;
            }
            assertEquals(endpoint, Endpoint.parse(endpoint.toString(), 1), text);
        }
    }

    @Test
    void acceptsOrRejectsAnyCommandLineInOneLine() {
        Random random = new Random(7);
        int understood = 0;
        for (int i = 0; i < COMMAND_LINES; i++) {
            String[] args = new String[random.nextInt(6)];
            for (int n = 0; n < args.length; n++) {
                args[n] = word(random);
            }
            CapturedOutput err = new CapturedOutput();
            int status = run(err, args);
            String line = String.join(" ", args);
            if (status == Exit.OK) {
                understood++;
                assertEquals("", err.text(), line);
            } else {
                assertEquals(Exit.USAGE, status, line);
                assertTrue(err.text().startsWith("probe: "), line);
                String printed = err.text().lines().findFirst().orElseThrow();
                UnsafeCharacters.assertNone(printed);
                // A stack trace follows only with --verbose.
                assertTrue(line.contains("--verbose") || err.text().equals(printed + "\n"), line);
            }
        }
        assertTrue(understood > COMMAND_LINES / 20, "hardly any was understood: " + understood);
    }

    private static String word(Random random) {
        String word = WORDS[random.nextInt(WORDS.length)];
        return switch (random.nextInt(6)) {
            case 0 -> word + "=" + WORDS[random.nextInt(WORDS.length)];
            case 1 -> word + text(random, ENDPOINT_CHARACTERS, 3);
            default -> word;
        };
    }

    private static int run(CapturedOutput err, String... args) {
        Command command = new Command("probe", "Tries.").targets("Address");
        return ServerOptions.add(Transport.TCP, command)
                .complete(Format.values())
                .run(
                        invocation -> {
                            ServerOptions options = new ServerOptions(Transport.TCP, invocation);
                            options.tcp();
                            assertFalse(invocation.endpointsByService(Transport.TCP).isEmpty());
                            options.count();
                            options.rules();
                            invocation.format();
                            return Exit.OK;
                        },
                        new CapturedOutput(),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        args.clone());
    }
}
