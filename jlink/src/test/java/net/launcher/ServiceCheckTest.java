package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.SelfTestReport.CheckException;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A check of one service where it works and where it cannot. */
class ServiceCheckTest {
    /** RFC 5737: never an address of this machine. */
    private static final String ELSEWHERE = "192.0.2.1";

    private static CheckException failure(Transport transport, Service service, String host) {
        ServiceCheck check = new ServiceCheck(transport, service, host);
        return assertThrows(CheckException.class, check::run);
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, RECEIVE",
        "TCP, ECHO",
        "TCP, DISCARD",
        "TCP, CHARGEN",
        "UDP, ECHO",
        "UDP, STAMP"
    })
    void serviceTakesTime(Transport transport, Service service) throws Exception {
        assertTrue(new ServiceCheck(transport, service, "127.0.0.1").run().isPositive());
    }

    @ParameterizedTest
    @CsvSource({"TCP, ECHO", "UDP, ECHO", "UDP, STAMP"})
    void serverOnAllAddressesAnswersFromTheOneAsked(Transport transport, Service service)
            throws Exception {
        assertTrue(
                new ServiceCheck(transport, service, "127.0.0.1").runOnAllAddresses().isPositive());
    }

    @Test
    void answerThatIsNotOfTheServiceIsToldWithWhatWasRecorded() {
        assertEquals(
                "wrong answer, or recorded: first\\x0D\\x0Asecond\\x0A",
                failure(Transport.TCP, Service.GREET, "127.0.0.1").getMessage());
    }

    @Test
    void missingAnswerIsTold() {
        assertEquals(
                "exchange failed: Receive timed out",
                failure(Transport.UDP, Service.DISCARD, "127.0.0.1").getMessage());
    }

    @ParameterizedTest
    @CsvSource({"TCP, ECHO", "UDP, STAMP"})
    void serverThatCannotListenIsToldWithItsError(Transport transport, Service service) {
        assertEquals(
                "server not ready: "
                        + transport.label()
                        + "-server: listen on 192.0.2.1:0 failed: cannot assign requested address",
                failure(transport, service, ELSEWHERE).getMessage());
    }

    @Test
    void serviceThatIsNotOfferedIsToldWithTheServersError() {
        assertEquals(
                "server not ready: udp-server: --service must be one of receive, echo, discard,"
                        + " stamp: chargen (see udp-server --help)",
                failure(Transport.UDP, Service.CHARGEN, "127.0.0.1").getMessage());
    }

    @Test
    void interruptEndsTheCheck() {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            Thread.currentThread().interrupt();
                            new ServiceCheck(Transport.TCP, Service.ECHO, "127.0.0.1").run();
                            return null;
                        });
        Thread.ofPlatform().daemon().start(task);
        ExecutionException failure = assertThrows(ExecutionException.class, task::get);
        assertEquals(InterruptedException.class, failure.getCause().getClass());
    }
}
