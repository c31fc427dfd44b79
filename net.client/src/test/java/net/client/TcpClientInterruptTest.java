package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ExchangeException.Kind;
import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class TcpClientInterruptTest {
    private static final Message MESSAGE = Message.of("hello sever!");

    @ParameterizedTest(name = "virtual: {0}")
    @ValueSource(booleans = {false, true})
    void interruptEndsWaitForGreeting(boolean virtual) throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        try (ScriptedServer server =
                ScriptedServer.running(
                        (peer, end) -> {
                            ScriptedServer.expect(peer, "hello sever!");
                            sent.countDown();
                            end.await();
                        })) {
            TestThreads run = TestThreads.start(virtual, () -> server.client().greet(MESSAGE));
            assertTrue(sent.await(30, TimeUnit.SECONDS));
            run.interrupt();
            TestThreads.Outcome outcome = run.outcome();
            assertEquals(
                    "exchange with " + Endpoint.of(server.address()) + " failed: interrupted",
                    outcome.failure().getMessage());
            assertEquals(Kind.INTERRUPTED, outcome.failure().kind());
            assertEquals(12, outcome.failure().bytesSent());
            assertTrue(outcome.interrupted());
        }
    }

    @ParameterizedTest(name = "virtual: {0}")
    @ValueSource(booleans = {false, true})
    void interruptedThreadDoesNotConnect(boolean virtual) throws Exception {
        try (ScriptedServer server = ScriptedServer.running((peer, end) -> end.await())) {
            TestThreads.Outcome outcome =
                    TestThreads.interruptedBefore(virtual, () -> server.client().greet(MESSAGE));
            assertEquals(
                    "connect to " + Endpoint.of(server.address()) + " failed: interrupted",
                    outcome.failure().getMessage());
            assertEquals(Kind.INTERRUPTED, outcome.failure().kind());
            assertEquals(0, outcome.failure().bytesSent());
            assertTrue(outcome.interrupted());
        }
    }
}
