package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import net.client.ExchangeException.Kind;
import net.protocol.Endpoint;
import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class ResolverTest {
    @Test
    void addressTakesNoTime() throws Exception {
        Duration past = Duration.ofNanos(-1);
        assertEquals(
                List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 80)),
                Resolver.resolve(new Endpoint("192.0.2.1", 80), past));
    }

    @Test
    void nameStandsForItsAddresses() throws Exception {
        Endpoint localhost = new Endpoint("localhost", 80);
        List<InetSocketAddress> addresses = Resolver.resolve(localhost, ScriptedServer.PATIENCE);
        assertEquals(localhost.resolve(), addresses);
    }

    /** RFC 6761, section 6.4: no name below "invalid" exists. */
    @Test
    void unknownNameIsNotFound() {
        ClientConfig config =
                ClientConfig.of(new Endpoint("nosuch.invalid", 8888))
                        .withTimeout(ScriptedServer.PATIENCE);
        ExchangeException thrown =
                assertThrows(
                        ExchangeException.class,
                        () -> new TcpClient(config).greet(Message.of("hello sever!")));
        assertEquals("look-up of nosuch.invalid:8888 failed: name not found", thrown.getMessage());
        assertEquals(Kind.DNS, thrown.kind());
        assertEquals(0, thrown.bytesSent());
        assertEquals(UnknownHostException.class, thrown.getCause().getClass());
    }

    @Test
    void unknownZoneIsThisMachinesFault() {
        ExchangeException thrown =
                assertThrows(
                        ExchangeException.class,
                        () ->
                                Resolver.resolve(
                                        new Endpoint("fe80::1%no-such-zone", 8888),
                                        ScriptedServer.PATIENCE));
        assertEquals(
                "look-up of [fe80::1%no-such-zone]:8888 failed: no such interface",
                thrown.getMessage());
        assertEquals(Kind.OTHER, thrown.kind());
    }

    @Test
    void slowLookUpTimesOutByTheDeadline() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Endpoint slow = slowEndpoint(new CountDownLatch(1), end);
        try {
            long start = System.nanoTime();
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class,
                            () -> Resolver.resolve(slow, Duration.ofMillis(200)));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(elapsed.compareTo(Duration.ofSeconds(10)) < 0, elapsed::toString);
            assertEquals("look-up of slow.example:8888 failed: timed out", thrown.getMessage());
            assertEquals(Kind.TIMEOUT, thrown.kind());
        } finally {
            end.countDown();
        }
    }

    @ParameterizedTest(name = "virtual: {0}")
    @ValueSource(booleans = {false, true})
    void interruptEndsTheWaitForALookUp(boolean virtual) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Endpoint slow = slowEndpoint(asked, end);
        try {

            InThread run =
                    InThread.start(virtual, () -> Resolver.resolve(slow, ScriptedServer.PATIENCE));
            assertTrue(asked.await(30, TimeUnit.SECONDS));
            run.interrupt();
            InThread.Outcome outcome = run.outcome();
            assertEquals(
                    "look-up of slow.example:8888 failed: interrupted",
                    outcome.failure().getMessage());
            assertEquals(Kind.INTERRUPTED, outcome.failure().kind());
            assertTrue(outcome.interrupted());
        } finally {
            end.countDown();
        }
    }

    /** A resolver that hangs cannot be had for real. */
    private static Endpoint slowEndpoint(CountDownLatch asked, CountDownLatch end)
            throws Exception {
        Endpoint slow = mock(Endpoint.class);
        when(slow.toString()).thenReturn("slow.example:8888");
        when(slow.isNumeric()).thenReturn(false);
        when(slow.resolve(any(), any())).thenCallRealMethod();
        when(slow.resolve())
                .thenAnswer(
                        _ -> {
                            asked.countDown();
                            end.await();
                            throw new UnknownHostException("slow.example");
                        });
        return slow;
    }
}
