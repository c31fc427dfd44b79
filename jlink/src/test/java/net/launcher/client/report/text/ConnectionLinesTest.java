package net.launcher.client.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException.Kind;
import net.launcher.client.report.Exchanges;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ConnectionLinesTest {
    @Test
    void tcpConnectionHasItsDuration() {
        assertEquals(
                List.of(
                        "connected to [2001:db8::1]:80 from [2001:db8::9]:40000 in 1.23 ms; receive"
                                + " buffer 131072 B, send buffer 16384 B"),
                ConnectionLines.of(
                        new ConnectionInfo(
                                Exchanges.address("2001:db8::9", 40_000),
                                Exchanges.address("2001:db8::1", 80),
                                Optional.of(Duration.ofNanos(1_234_567)),
                                131_072,
                                16_384,
                                List.of())));
    }

    @Test
    void failedAddressesComeFirstInOrder() {
        assertEquals(
                List.of(
                        "connect to [::1]:80 failed: connection refused",
                        "connect to 192.0.2.1:80 failed: timed out, no answer of any kind",
                        "sending to 127.0.0.1:80 from 127.0.0.1:40000; receive buffer 212992 B,"
                                + " send buffer 212993 B"),
                ConnectionLines.of(
                        new ConnectionInfo(
                                Exchanges.address("127.0.0.1", 40_000),
                                Exchanges.address("127.0.0.1", 80),
                                Optional.empty(),
                                212_992,
                                212_993,
                                List.of(
                                        Exchanges.failure(
                                                Kind.REFUSED,
                                                "connect to [::1]:80 failed: connection refused",
                                                ""),
                                        Exchanges.failure(
                                                Kind.FILTERED,
                                                "connect to 192.0.2.1:80 failed: timed out, no"
                                                        + " answer of any kind",
                                                "")))));
    }
}
