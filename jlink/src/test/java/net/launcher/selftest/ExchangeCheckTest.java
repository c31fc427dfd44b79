package net.launcher.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.ImageLaunchers;
import net.launcher.output.Format;
import net.launcher.selftest.SelfTestReport.CheckException;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The check of the default service, successful and failing. */
class ExchangeCheckTest {
    private static final Launchers LAUNCHERS = new ImageLaunchers();

    /** A documentation address (RFC 5737), which this machine does not have. */
    private static final String ELSEWHERE = "192.0.2.1";

    @ParameterizedTest
    @CsvSource({"TCP, TEXT", "TCP, JSON", "UDP, TEXT", "UDP, JSON"})
    void exchangeReturnsItsDuration(Transport transport, Format format) throws Exception {
        assertTrue(new ExchangeCheck(LAUNCHERS, transport, "127.0.0.1", format).run().isPositive());
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void refusalReturnsItsDuration(Format format) throws Exception {
        ExchangeCheck check = new ExchangeCheck(LAUNCHERS, Transport.TCP, "127.0.0.1", format);
        assertTrue(check.runRefused().isPositive());
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"TEXT", "RAW"})
    void denialReturnsItsDuration(Format format) throws Exception {
        ExchangeCheck check = new ExchangeCheck(LAUNCHERS, Transport.TCP, "127.0.0.1", format);
        assertTrue(check.runDenied().isPositive());
    }

    @Test
    void clientThatIsServedIsReportedWithItsStatus() {
        // A UDP client does not notice that it is denied.
        ExchangeCheck check = new ExchangeCheck(LAUNCHERS, Transport.UDP, "127.0.0.1", Format.TEXT);
        CheckException failure = assertThrows(CheckException.class, check::runDenied);
        assertEquals("client exited with 0: ", failure.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void serverThatCannotBindIsReportedWithItsError(Transport transport) {
        ExchangeCheck check = new ExchangeCheck(LAUNCHERS, transport, ELSEWHERE, Format.JSON);
        CheckException failure = assertThrows(CheckException.class, check::run);
        assertEquals(
                "server not ready: "
                        + transport.label()
                        + "-server: listen on 192.0.2.1:0 failed: cannot assign requested address",
                failure.getMessage());
    }

    @Test
    void missingFreePortIsReported() {
        ExchangeCheck check = new ExchangeCheck(LAUNCHERS, Transport.TCP, ELSEWHERE, Format.TEXT);
        CheckException failure = assertThrows(CheckException.class, check::runRefused);
        assertTrue(failure.getMessage().startsWith("no free port: "), failure::getMessage);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void interruptEndsTheCheck(Transport transport) {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            Thread.currentThread().interrupt();
                            new ExchangeCheck(LAUNCHERS, transport, "127.0.0.1", Format.TEXT).run();
                            return null;
                        });
        Thread.ofPlatform().daemon().start(task);
        ExecutionException failure = assertThrows(ExecutionException.class, task::get);
        assertEquals(InterruptedException.class, failure.getCause().getClass());
    }

    @Test
    void interruptEndsTheRefusal() {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            Thread.currentThread().interrupt();
                            new ExchangeCheck(LAUNCHERS, Transport.TCP, "127.0.0.1", Format.TEXT)
                                    .runRefused();
                            return null;
                        });
        Thread.ofPlatform().daemon().start(task);
        ExecutionException failure = assertThrows(ExecutionException.class, task::get);
        assertEquals(InterruptedException.class, failure.getCause().getClass());
    }
}
