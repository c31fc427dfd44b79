package net.launcher.client.html;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.report.Exchanges;
import net.launcher.client.report.Results;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ReportRecorderTest {
    private static final Map<Class<?>, Object> EVENTS =
            Map.of(
                    ConnectionInfo.class,
                    new ConnectionInfo(
                            Exchanges.address("127.0.0.1", 40_000),
                            Exchanges.address("127.0.0.1", 9000),
                            Optional.of(Duration.ofMillis(1)),
                            131_072,
                            16_384,
                            List.of()),
                    Exchange.class,
                    Exchanges.of(1, "hello", 5, -1, -1),
                    ExchangeException.class,
                    Exchanges.failure(Kind.REFUSED, "connection refused", ""),
                    RunResult.class,
                    Results.of(1, 0).result(),
                    List.class,
                    List.of(Exchanges.address("127.0.0.2", 9000)));

    /** Covers methods added to the interface later: each has a default that does nothing. */
    @Test
    void forwardsEachEventToTheListener() throws ReflectiveOperationException {
        for (Method method : RunListener.class.getMethods()) {
            RunListener listener = mock(RunListener.class);
            Object[] arguments = new Object[method.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = EVENTS.get(method.getParameterTypes()[i]);
            }

            method.invoke(new ReportRecorder(listener), arguments);

            method.invoke(verify(listener), arguments);
        }
    }
}
