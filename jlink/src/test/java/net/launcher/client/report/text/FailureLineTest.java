package net.launcher.client.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.client.connect.ExchangeException.Kind;
import net.client.run.RunConfig;
import net.launcher.client.report.Exchanges;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.OptionalLong;

class FailureLineTest {
    private static final String LOST = "exchange with 127.0.0.1:9000 failed: no answer in time";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UDP | ECHO | 18 | exchange 18 with 127.0.0.1:9000 failed: no answer in time",
                "UDP | ECHO | -1 | exchange with 127.0.0.1:9000 failed: no answer in time",
                "TCP | DISCARD | 2 | stream 2: " + LOST
            })
    void lostDatagramHasItsNumber(
            Transport transport, Service service, long number, String expected) {
        assertEquals(expected, line(transport, service, number, LOST));
    }

    @ParameterizedTest
    @CsvSource({"3, exchange 3: lookup failed", "-1, lookup failed"})
    void otherFailuresFollowTheirNumber(long number, String expected) {
        assertEquals(expected, line(Transport.TCP, Service.ECHO, number, "lookup failed"));
    }

    private static String line(Transport transport, Service service, long number, String text) {
        RunConfig run = Exchanges.single(transport, service);
        return FailureLine.of(
                run,
                number < 0 ? OptionalLong.empty() : OptionalLong.of(number),
                Exchanges.failure(Kind.TIMEOUT, text, ""));
    }
}
