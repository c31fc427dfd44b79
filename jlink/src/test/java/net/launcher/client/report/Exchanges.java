package net.launcher.client.report;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Configurations of runs, and exchanges, as test data. */
public final class Exchanges {
    private Exchanges() {}

    public static RunConfig single(Transport transport, Service service) {
        ClientConfig client = ClientConfig.of(new Endpoint("example.org", 9000));
        return RunConfig.of(transport, service, client);
    }

    public static RunConfig.Builder many(Transport transport, Service service) {
        return single(transport, service).toBuilder().count(1000);
    }

    public static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    /** Returns an exchange of 214,499 ns, raw 200,000 ns, with 3 bytes sent. */
    public static Exchange of(
            long number, String answer, long received, long connect, long firstByte) {
        return new Exchange(
                number,
                address("127.0.0.1", 40_000),
                address("127.0.0.1", 9000),
                Message.of(answer),
                3,
                received,
                time(connect),
                time(firstByte),
                Duration.ofNanos(214_499),
                Duration.ofNanos(200_000));
    }

    private static Optional<Duration> time(long nanos) {
        return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    /** Returns a mock, since only a run can create a failure. */
    public static ExchangeException failure(Kind kind, String message, String received) {
        ExchangeException failure = mock(ExchangeException.class);
        when(failure.kind()).thenReturn(kind);
        when(failure.getMessage()).thenReturn(message);
        when(failure.received()).thenReturn(Message.of(received));
        return failure;
    }
}
