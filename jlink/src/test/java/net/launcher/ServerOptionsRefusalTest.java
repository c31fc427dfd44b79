package net.launcher;

import static net.launcher.ServerProbe.assertRefused;
import static net.launcher.ServerProbe.count;
import static net.launcher.ServerProbe.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Transport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of servers at their limits, and beyond. */
class ServerOptionsRefusalTest {
    @ParameterizedTest
    @CsvSource({
        "TCP, stamp, ''",
        "TCP, '', ''",
        "TCP, Greet, ; did you mean greet?",
        "TCP, 'greet ', ; did you mean greet?",
        "TCP, http, ''",
        "TCP, gree, ; did you mean greet?",
        "UDP, greet, ''",
        "UDP, chargen, ''",
        "UDP, '', ''",
        "UDP, ehco, ; did you mean echo?",
        "UDP, none, ''"
    })
    void serviceOfTheOtherTransportOrOfNoneIsRefused(
            Transport transport, String name, String question) {
        String names =
                transport == Transport.TCP
                        ? "greet, receive, echo, discard or chargen"
                        : "receive, echo, discard or stamp";
        String message = "--service must be " + names + ": " + name + question;
        assertRefused(transport, message, "--service", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "echo", "discard", "chargen"})
    void messageGapIsForGreetAlone(String name) {
        assertRefused(
                Transport.TCP,
                "--message-gap requires --service greet",
                "--message-gap=300ms",
                "--service",
                name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--max-connections", "--max-per-source", "--backlog"})
    void limitIsFromOneToTheLargestInt(String option) {
        assertEquals(
                tcp(),
                tcp(option + "=" + 1, option + "=" + (option.equals("--backlog") ? 4096 : 10_000)));
        tcp(option + "=2147483647");
        assertRefused(
                Transport.TCP, option + " must be a number from 1 to 2147483647: 0", option, "0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | a rate from 1 to 2147483647 per second",
                "2147483648 | a rate from 1 to 2147483647 per second",
                "-1 | a rate such as 100, 1k or 2.5M",
                "+1 | a rate such as 100, 1k or 2.5M",
                "1K | a rate such as 100, 1k or 2.5M",
                "'' | a rate such as 100, 1k or 2.5M"
            })
    void answerRateIsFromOneToTheLargestInt(String text, String rule) {
        assertRefused(
                Transport.UDP,
                "--answer-rate must be " + rule + ": " + text,
                "--service=echo",
                "--answer-rate",
                text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "discard"})
    void answerRateIsForServicesThatAnswer(String service) {
        assertRefused(
                Transport.UDP,
                "--answer-rate requires --service echo or stamp",
                "--answer-rate=1",
                "--service",
                service);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--allow= | --allow must not be empty",
                "--deny=::1, | --deny must not have an empty part: ::1,",
                "--deny=@ | --deny must name a file: @",
                "--allow=10.0.0.0/33 | --allow: prefix length must be from 0 to 32: 10.0.0.0/33",
                "--deny=::1,::/129 | --deny: prefix length must be from 0 to 128: ::/129"
            })
    void ruleThatIsNoneIsRefused(String option, String message) {
        for (Transport transport : Transport.values()) {
            assertRefused(transport, message.replace("''", ""), option);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+1", "9223372036854775808", "٣", "1K", ""})
    void countIsFromOneToTheLargestLong(String text) {
        assertEquals(1, count("--count=1"));
        assertEquals(Long.MAX_VALUE, count("--count=9223372036854775807"));
        assertRefused(
                Transport.UDP, "--count must be a number from 1 to 2^63-1: " + text, "-c", text);
    }

    @ParameterizedTest
    @CsvSource({
        "--message-gap, 0, above zero",
        "--message-gap, none, 'a time in us, ms, s, m or h, such as 20ms or 1.5s'",
        "--idle-timeout, 0, 'above zero, or none'",
        "--idle-timeout, 1d, 'a time in us, ms, s, m or h, such as 20ms or 1.5s, or none'",
        "--session-timeout, 0s, 'above zero, or none'",
        "--drain, none, 'a time in us, ms, s, m or h, such as 20ms or 1.5s'",
        "--drain, -1s, 'a time in us, ms, s, m or h, such as 20ms or 1.5s'"
    })
    void timeOutOfItsRangeIsRefused(String option, String text, String rule) {
        assertRefused(Transport.TCP, option + " must be " + rule + ": " + text, option, text);
    }
}
