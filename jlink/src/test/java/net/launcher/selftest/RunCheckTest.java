package net.launcher.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.ImageLaunchers;
import net.launcher.output.Format;
import net.launcher.selftest.SelfTestReport.CheckException;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The check of a run, successful and failing. */
class RunCheckTest {
    private static final Launchers LAUNCHERS = new ImageLaunchers();

    /** A documentation address (RFC 5737), which this machine does not have. */
    private static final String ELSEWHERE = "192.0.2.1";

    private static String failure(Transport transport, Service service, String host) {
        RunCheck check = new RunCheck(LAUNCHERS, transport, service, host, Format.TEXT);
        return assertThrows(CheckException.class, check::run).getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, RECEIVE, TEXT",
        "TCP, RECEIVE, JSON",
        "TCP, ECHO, TEXT",
        "TCP, ECHO, JSON",
        "UDP, ECHO, TEXT",
        "UDP, ECHO, JSON",
        "UDP, STAMP, TEXT",
        "UDP, STAMP, JSON"
    })
    void runReturnsItsDuration(Transport transport, Service service, Format format)
            throws Exception {
        assertTrue(
                new RunCheck(LAUNCHERS, transport, service, "127.0.0.1", format)
                        .run()
                        .isPositive());
    }

    @ParameterizedTest
    @CsvSource({"TCP, ECHO", "UDP, ECHO", "UDP, STAMP"})
    void serverOnAllAddressesAnswersFromTheOneAsked(Transport transport, Service service)
            throws Exception {
        RunCheck check = new RunCheck(LAUNCHERS, transport, service, "127.0.0.1", Format.TEXT);
        assertTrue(check.runOnAllAddresses().isPositive());
    }

    @Test
    void clientErrorIsReported() {
        assertEquals(
                "client exited with 2: tcp-client: --count cannot be used with --service discard"
                        + " (see tcp-client --help)",
                failure(Transport.TCP, Service.DISCARD, "127.0.0.1"));
    }

    @Test
    void unexpectedRecordIsReported() {
        assertEquals(
                "server wrote: hello sever!\nhello sever!\nhello sever!",
                failure(Transport.TCP, Service.GREET, "127.0.0.1"));
    }

    @Test
    void unknownServiceIsReportedWithTheServersError() {
        assertEquals(
                "server not ready: udp-server: --service must be receive, echo, discard or stamp:"
                        + " chargen (see udp-server --help)",
                failure(Transport.UDP, Service.CHARGEN, "127.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({"TCP, ECHO", "UDP, STAMP"})
    void serverThatCannotBindIsReportedWithItsError(Transport transport, Service service) {
        assertEquals(
                "server not ready: "
                        + transport.label()
                        + "-server: listen on 192.0.2.1:0 failed: cannot assign requested address",
                failure(transport, service, ELSEWHERE));
    }

    @Test
    void interruptEndsTheCheck() {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            Thread.currentThread().interrupt();
                            new RunCheck(
                                            LAUNCHERS,
                                            Transport.TCP,
                                            Service.ECHO,
                                            "127.0.0.1",
                                            Format.JSON)
                                    .run();
                            return null;
                        });
        Thread.ofPlatform().daemon().start(task);
        ExecutionException failure = assertThrows(ExecutionException.class, task::get);
        assertEquals(InterruptedException.class, failure.getCause().getClass());
    }
}
