package net.launcher.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.ImageLaunchers;
import net.launcher.selftest.SelfTestReport.CheckException;
import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The check of a service, successful and failing. */
class ServiceCheckTest {
    private static final Launchers LAUNCHERS = new ImageLaunchers();

    /** A documentation address (RFC 5737), which this machine does not have. */
    private static final String ELSEWHERE = "192.0.2.1";

    private static CheckException failure(Service service, String host) {
        ServiceCheck check = new ServiceCheck(LAUNCHERS, service, host);
        return assertThrows(CheckException.class, check::run);
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"DISCARD", "CHARGEN"})
    void serviceReturnsItsDuration(Service service) throws Exception {
        assertTrue(new ServiceCheck(LAUNCHERS, service, "127.0.0.1").run().isPositive());
    }

    @Test
    void wrongAnswerIsReportedWithTheRecords() {
        assertEquals(
                "wrong reply, or recorded: first\\x0D\\x0Asecond\\x0A",
                failure(Service.GREET, "127.0.0.1").getMessage());
    }

    @Test
    void unexpectedRecordIsReported() {
        assertEquals(
                "wrong reply, or recorded: first\nsecond",
                failure(Service.RECEIVE, "127.0.0.1").getMessage());
    }

    @Test
    void serverThatCannotBindIsReportedWithItsError() {
        assertEquals(
                "server not ready: tcp-server: listen on 192.0.2.1:0 failed: cannot assign"
                        + " requested address",
                failure(Service.CHARGEN, ELSEWHERE).getMessage());
    }

    @Test
    void interruptEndsTheCheck() {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            Thread.currentThread().interrupt();
                            new ServiceCheck(LAUNCHERS, Service.DISCARD, "127.0.0.1").run();
                            return null;
                        });
        Thread.ofPlatform().daemon().start(task);
        ExecutionException failure = assertThrows(ExecutionException.class, task::get);
        assertEquals(InterruptedException.class, failure.getCause().getClass());
    }
}
