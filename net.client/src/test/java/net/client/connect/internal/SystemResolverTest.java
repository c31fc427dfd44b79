package net.client.connect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.when;

import net.client.ScriptedServer;
import net.client.TcpClient;
import net.client.TestThreads;
import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.ResolverException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class SystemResolverTest {
    @Test
    void literalResolvesWithoutDelay() throws Exception {
        Duration past = Duration.ofNanos(-1);
        assertEquals(
                List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 80)),
                SystemResolver.resolve(new Endpoint("192.0.2.1", 80), AddressFamily.ANY, past));
    }

    @Test
    void resolvesNameToAddresses() throws Exception {
        Endpoint localhost = new Endpoint("localhost", 80);
        List<InetSocketAddress> addresses =
                SystemResolver.resolve(localhost, AddressFamily.ANY, ScriptedServer.PATIENCE);
        assertEquals(localhost.resolve(), addresses);
    }

    /** RFC 6761, section 6.4: no name below "invalid" exists. */
    @Test
    void unknownNameIsNotFound() {
        ClientConfig config =
                ClientConfig.builder(new Endpoint("nosuch.invalid", 8888))
                        .timeout(ScriptedServer.PATIENCE)
                        .build();
        ExchangeException thrown =
                assertThrows(
                        ExchangeException.class,
                        () -> new TcpClient(config).greet(Message.of("hello sever!")));
        assertEquals("lookup of nosuch.invalid:8888 failed: name not found", thrown.getMessage());
        assertEquals(Kind.DNS, thrown.kind());
        assertEquals(0, thrown.bytesSent());
        assertEquals(UnknownHostException.class, thrown.getCause().getClass());
    }

    @Test
    void unknownZoneIsLocalFailure() {
        ExchangeException thrown =
                assertThrows(
                        ExchangeException.class,
                        () ->
                                SystemResolver.resolve(
                                        new Endpoint("fe80::1%no-such-zone", 8888),
                                        AddressFamily.ANY,
                                        ScriptedServer.PATIENCE));
        assertEquals(
                "lookup of [fe80::1%no-such-zone]:8888 failed: no such interface",
                thrown.getMessage());
        assertEquals(Kind.LOCAL, thrown.kind());
    }

    @Test
    void slowLookupTimesOut() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Endpoint slow = slowEndpoint(new CountDownLatch(1), end);
        try {
            long start = System.nanoTime();
            ExchangeException thrown =
                    assertThrows(
                            ExchangeException.class,
                            () ->
                                    SystemResolver.resolve(
                                            slow, AddressFamily.ANY, Duration.ofMillis(200)));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(elapsed.compareTo(Duration.ofSeconds(10)) < 0, elapsed::toString);
            assertEquals(
                    "lookup of slow.example:8888 failed: timed out, no answer from the resolver",
                    thrown.getMessage());
            assertEquals(Kind.DNS_TIMEOUT, thrown.kind());
        } finally {
            end.countDown();
        }
    }

    @ParameterizedTest(name = "virtual: {0}")
    @ValueSource(booleans = {false, true})
    void interruptEndsLookup(boolean virtual) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Endpoint slow = slowEndpoint(asked, end);
        try {

            TestThreads run =
                    TestThreads.start(
                            virtual,
                            () ->
                                    SystemResolver.resolve(
                                            slow, AddressFamily.ANY, ScriptedServer.PATIENCE));
            assertTrue(asked.await(30, TimeUnit.SECONDS));
            run.interrupt();
            TestThreads.Outcome outcome = run.outcome();
            assertEquals(
                    "lookup of slow.example:8888 failed: interrupted",
                    outcome.failure().getMessage());
            assertEquals(Kind.INTERRUPTED, outcome.failure().kind());
            assertTrue(outcome.interrupted());
        } finally {
            end.countDown();
        }
    }

    /** RFC 8305, section 4; digits are addresses of IPv4, letters those of IPv6. */
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "a, a",
        "12, 12",
        "1a, 1a",
        "a1, a1",
        "ab1, a1b",
        "ab12, a1b2",
        "12ab, 1a2b",
        "1ab, 1ab",
        "abc1, a1bc",
        "abc12, a1b2c",
        "a123, a123",
        "1abc23, 1a2b3c",
        "ba21, b2a1"
    })
    void interleavesFamiliesInOrder(String found, String tried) {
        assertEquals(addresses(tried), SystemResolver.alternating(addresses(found)));
    }

    private static List<InetSocketAddress> addresses(String names) {
        return names.chars()
                .mapToObj(
                        name ->
                                Character.isDigit(name)
                                        ? "192.0.2." + (char) name
                                        : "2001:db8::" + (char) name)
                .map(literal -> new InetSocketAddress(InetAddress.ofLiteral(literal), 80))
                .toList();
    }

    @Test
    void triesEachAddressOnce() {
        Random random = new Random(8305);
        for (int i = 0; i < 200; i++) {
            StringBuilder found = new StringBuilder();
            for (int j = random.nextInt(1, 9); j > 0; j--) {
                found.append("123456abcdef".charAt(random.nextInt(12)));
            }
            List<InetSocketAddress> addresses = addresses(found.toString());
            List<InetSocketAddress> tried = SystemResolver.alternating(addresses);
            assertEquals(addresses.getFirst(), tried.getFirst(), found::toString);
            for (AddressFamily family : List.of(AddressFamily.IPV4, AddressFamily.IPV6)) {
                assertEquals(of(family, addresses), of(family, tried), found::toString);
            }
        }
    }

    private static List<InetSocketAddress> of(
            AddressFamily family, List<InetSocketAddress> addresses) {
        return addresses.stream().filter(address -> family.includes(address.getAddress())).toList();
    }

    /** Mocks only the addresses of a name. */
    private static Endpoint several(String names) throws Exception {
        Endpoint endpoint = spy(new Endpoint("several.example", 80));
        doReturn(addresses(names)).when(endpoint).resolve();
        return endpoint;
    }

    @ParameterizedTest
    @CsvSource({"ANY, a1bc2, a1b2c", "IPV4, a1bc2, 12", "IPV6, a1bc2, abc", "IPV4, 21, 21"})
    void omitsOtherFamily(AddressFamily family, String found, String tried) throws Exception {
        assertEquals(
                addresses(tried),
                SystemResolver.resolve(several(found), family, ScriptedServer.PATIENCE));
    }

    @Test
    void failureOfTheResolverIsNoUnknownName() throws Exception {
        Endpoint endpoint = mock(Endpoint.class);
        when(endpoint.toString()).thenReturn("a.test:80");
        when(endpoint.resolve(any(), any())).thenThrow(new ResolverException("system error"));
        ExchangeException thrown =
                assertThrows(
                        ExchangeException.class,
                        () ->
                                SystemResolver.resolve(
                                        endpoint, AddressFamily.ANY, ScriptedServer.PATIENCE));
        assertEquals("lookup of a.test:80 failed: system error", thrown.getMessage());
        assertEquals(Kind.DNS_FAILED, thrown.kind());
    }

    /** The message must not claim that the name does not exist. */
    @ParameterizedTest
    @CsvSource({"IPV4, ab, IPv4", "IPV6, 12, IPv6"})
    void distinguishesNameWithoutAddressOfFamily(AddressFamily family, String found, String label)
            throws Exception {
        Endpoint several = several(found);
        ExchangeException thrown =
                assertThrows(
                        ExchangeException.class,
                        () -> SystemResolver.resolve(several, family, ScriptedServer.PATIENCE));
        assertEquals(
                "lookup of several.example:80 failed: no " + label + " address",
                thrown.getMessage());
        assertEquals(Kind.DNS, thrown.kind());
    }

    @Test
    void literalOfOtherFamilyIsNotFound() {
        ExchangeException thrown =
                assertThrows(
                        ExchangeException.class,
                        () ->
                                SystemResolver.resolve(
                                        new Endpoint("::1", 80),
                                        AddressFamily.IPV4,
                                        ScriptedServer.PATIENCE));
        assertEquals("lookup of [::1]:80 failed: no IPv4 address", thrown.getMessage());
    }

    /** Simulates a resolver that hangs. */
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
