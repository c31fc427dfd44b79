package net.launcher.client.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.launcher.client.report.Exchanges;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Optional;

class ExchangeLineTest {
    private static String line(Transport transport, Service service, Exchange exchange) {
        return ExchangeLine.of(Exchanges.single(transport, service), true, exchange);
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, ECHO, abc, 3, '3 B from 127.0.0.1:9000: exchange 7 in 0.214 ms'",
        "UDP, ECHO, abc, 19, '19 B from 127.0.0.1:9000: exchange 7 in 0.214 ms'",
        "UDP, STAMP, '', 44, '44 B from 127.0.0.1:9000: exchange 7 in 0.214 ms'",
        "UDP, RECEIVE, '', 0, '3 B to 127.0.0.1:9000: exchange 7'",
        "TCP, RECEIVE, '', 0, 'receipt from 127.0.0.1:9000: exchange 7 in 0.214 ms'",
        "TCP, GREET, hello client!, 13,"
                + " '\"hello client!\" from 127.0.0.1:9000: exchange 7 in 0.214 ms'"
    })
    void lineHasSizePeerNumberAndTime(
            Transport transport, Service service, String answer, long received, String expected) {
        assertEquals(expected, line(transport, service, Exchanges.of(7, answer, received, -1, -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "50000, 100000, ' (connect 0.0500 ms, first byte 0.100 ms)'",
        "50000, -1, ' (connect 0.0500 ms)'",
        "-1, 100000, ''"
    })
    void lineHasTheConnectTimeOfANewConnection(long connect, long firstByte, String expected) {
        assertEquals(
                "3 B from 127.0.0.1:9000: exchange 1 in 0.214 ms" + expected,
                line(Transport.TCP, Service.ECHO, Exchanges.of(1, "abc", 3, connect, firstByte)));
    }

    /** The echo of 12 bytes ends with its first packet; a greeting is followed by a receipt. */
    @ParameterizedTest
    @CsvSource({
        "ECHO, false, '(connect 0.0500 ms)'",
        "ECHO, true, '(connect 0.0500 ms, first byte 0.100 ms)'",
        "GREET, false, '(connect 0.0500 ms, first byte 0.100 ms)'"
    })
    void firstByteOfOnePacketIsVerbose(Service service, boolean isVerbose, String end) {
        RunConfig run = Exchanges.single(Transport.TCP, service);
        Exchange exchange = Exchanges.of(1, "abc", 3, 50_000, 100_000);
        String line = ExchangeLine.of(run, isVerbose, exchange);
        assertTrue(line.endsWith(" exchange 1 in 0.214 ms " + end), line);
    }

    @Test
    void escapesTheGreetingAndBracketsIpv6() {
        Exchange exchange =
                new Exchange(
                        1,
                        Exchanges.address("::1", 40_000),
                        Exchanges.address("::1", 9000),
                        Message.of("\u001b[2J\n\u202e"),
                        0,
                        8,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(90),
                        Duration.ZERO);
        assertEquals(
                "\"\\x1B[2J\\x0A\\u{202E}\" from [::1]:9000: exchange 1 in 1 min 30 s",
                line(Transport.TCP, Service.GREET, exchange));
    }
}
