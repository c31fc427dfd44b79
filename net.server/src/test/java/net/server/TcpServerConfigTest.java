package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.access.AddressFilter;
import net.server.access.AddressSet;
import net.server.access.ConnectionLimiter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class TcpServerConfigTest {
    private static final Endpoint ENDPOINT = new Endpoint("localhost", 8888);
    private static final Service GREET = Service.GREET;
    private static final Duration GAP = Duration.ofMillis(300);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration SESSION = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final int PEERS = 10_000;

    private final TcpServerConfig config = TcpServerConfig.of(ENDPOINT);

    @Test
    void defaultsAreAsDocumented() {
        assertEquals(expected(GREET, PEERS, PEERS, IDLE, SESSION, DRAIN, 4096), config);
        assertEquals(PEERS, TcpServerConfig.DEFAULT_MAX_CONNECTIONS);
        assertEquals(IDLE, TcpServerConfig.DEFAULT_IDLE_TIMEOUT);
        assertEquals(SESSION, TcpServerConfig.DEFAULT_GREET_TIMEOUT);
        assertEquals(GAP, TcpServerConfig.DEFAULT_MESSAGE_GAP);
        assertEquals(GAP, config.messageGap());
        assertEquals(DRAIN, Server.DEFAULT_DRAIN);
        assertEquals(4096, TcpServerConfig.DEFAULT_BACKLOG);
    }

    @Test
    void onlyGreetHasASessionTimeoutByDefault() {
        Service echo = Service.ECHO;
        assertEquals(
                expected(echo, PEERS, PEERS, IDLE, Duration.ZERO, DRAIN, 4096),
                TcpServerConfig.of(ENDPOINT, echo));
    }

    @Test
    void limiterIsShared() {
        assertEquals(Optional.empty(), config.limiter());
        ConnectionLimiter limiter = new ConnectionLimiter(1, 1);
        TcpServerConfig shared = config.toBuilder().limiter(limiter).build();
        assertSame(limiter, shared.limiter().orElseThrow());
        assertEquals(shared, shared.toBuilder().build());
        assertNotEquals(config, shared);
    }

    @Test
    void eachBuilderMethodChangesOneProperty() {
        assertEquals(
                expected(GREET, 1, PEERS, IDLE, SESSION, DRAIN, 4096),
                config.toBuilder().maxConnections(1).build());
        assertEquals(
                expected(GREET, PEERS, 1, IDLE, SESSION, DRAIN, 4096),
                config.toBuilder().maxPerSource(1).build());
        assertEquals(
                expected(GREET, PEERS, PEERS, NANO, SESSION, DRAIN, 4096),
                config.toBuilder().idleTimeout(NANO).build());
        assertEquals(
                expected(GREET, PEERS, PEERS, IDLE, NANO, DRAIN, 4096),
                config.toBuilder().sessionTimeout(NANO).build());
        assertEquals(
                expected(GREET, PEERS, PEERS, IDLE, SESSION, NANO, 4096),
                config.toBuilder().drain(NANO).build());
        assertEquals(
                expected(GREET, PEERS, PEERS, IDLE, SESSION, DRAIN, 1),
                config.toBuilder().backlog(1).build());
        assertEquals(NANO, config.toBuilder().messageGap(NANO).build().messageGap());
        assertEquals(TcpServerConfig.of(ENDPOINT), config);
    }

    @Test
    void rejectsNegativeDurations() {
        Duration below = NANO.negated();
        assertRejected(
                "idleTimeout must not be negative: PT-0.000000001S",
                () -> config.toBuilder().idleTimeout(below).build());
        assertRejected(
                "sessionTimeout must not be negative: PT-0.000000001S",
                () -> config.toBuilder().sessionTimeout(below).build());
        assertRejected(
                "drain must not be negative: PT-0.000000001S",
                () -> config.toBuilder().drain(below).build());
    }

    @Test
    void acceptsDurationsFromZero() {
        for (Duration duration : new Duration[] {Duration.ZERO, NANO}) {
            assertEquals(duration, config.toBuilder().idleTimeout(duration).build().idleTimeout());
            assertEquals(
                    duration, config.toBuilder().sessionTimeout(duration).build().sessionTimeout());
            assertEquals(duration, config.toBuilder().drain(duration).build().drain());
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptsEachServiceOfferedOverTcp(Service service) {
        if (service.isOver(Transport.TCP)) {
            TcpServerConfig built = TcpServerConfig.of(ENDPOINT, service);
            assertEquals(Optional.of(service), built.builtInService());
            assertEquals(Optional.empty(), built.service());
        } else {
            assertRejected(
                    "service must be offered over TCP: " + service.label(),
                    () -> TcpServerConfig.of(ENDPOINT, service));
        }
    }

    @Test
    void theLastServiceReplacesTheOthers() {
        TcpService own = connection -> {};
        TcpServerConfig user = config.toBuilder().service(own).build();
        assertEquals(Optional.of(own), user.service());
        assertEquals(Optional.empty(), user.builtInService());
        assertEquals(Duration.ZERO, user.sessionTimeout());
        assertEquals(user, user.toBuilder().build());
        assertEquals(config, user.toBuilder().service(Service.GREET).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.000000001S", "PT0S"})
    void rejectsMessageGapThatIsNotAboveZero(String gap) {
        assertRejected(
                "messageGap must be above zero: " + gap,
                () -> config.toBuilder().messageGap(Duration.parse(gap)).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0})
    void rejectsCountsBelowOne(int count) {
        assertRejected(
                "maxConnections must be at least 1: " + count,
                () -> config.toBuilder().maxConnections(count).build());
        assertRejected(
                "maxPerSource must be at least 1: " + count,
                () -> config.toBuilder().maxPerSource(count).build());
        assertRejected(
                "backlog must be at least 1: " + count,
                () -> config.toBuilder().backlog(count).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, Integer.MAX_VALUE})
    void acceptsCountsFromOne(int count) {
        assertEquals(count, config.toBuilder().maxConnections(count).build().maxConnections());
        assertEquals(count, config.toBuilder().maxPerSource(count).build().maxPerSource());
        assertEquals(count, config.toBuilder().backlog(count).build().backlog());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> TcpServerConfig.of(null));
        assertThrows(
                NullPointerException.class, () -> TcpServerConfig.of(ENDPOINT, (Service) null));
        assertThrows(
                NullPointerException.class, () -> TcpServerConfig.of(ENDPOINT, (TcpService) null));
        assertThrows(
                NullPointerException.class, () -> config.toBuilder().idleTimeout(null).build());
        assertThrows(
                NullPointerException.class, () -> config.toBuilder().sessionTimeout(null).build());
        assertThrows(NullPointerException.class, () -> config.toBuilder().drain(null).build());
        assertThrows(NullPointerException.class, () -> config.toBuilder().family(null).build());
        assertThrows(NullPointerException.class, () -> config.toBuilder().sockets(null).build());
        assertThrows(NullPointerException.class, () -> config.toBuilder().messageGap(null).build());
        assertThrows(NullPointerException.class, () -> config.toBuilder().filter(null).build());
    }

    @Test
    void builderCallsCommute() {
        Endpoint other = new Endpoint("::1", 9000);
        SocketSettings sockets =
                SocketSettings.builder().receiveBufferBytes(1).sendBufferBytes(2).dscp(3).build();
        AddressFilter filter = new AddressFilter(AddressSet.parse("::1"), AddressSet.NONE);
        Service echo = Service.ECHO;
        TcpServerConfig changed =
                config.toBuilder()
                        .endpoints(ENDPOINT, other)
                        .family(AddressFamily.IPV6)
                        .sockets(sockets)
                        .service(echo)
                        .filter(filter)
                        .build();
        assertEquals(
                TcpServerConfig.builder()
                        .filter(filter)
                        .service(echo)
                        .sockets(sockets)
                        .family(AddressFamily.IPV6)
                        .endpoints(ENDPOINT, other)
                        .build(),
                changed);
        assertEquals(List.of(ENDPOINT, other), changed.endpoints());
        assertEquals(AddressFamily.IPV6, changed.family());
        assertEquals(sockets, changed.sockets());
        assertEquals(Optional.of(echo), changed.builtInService());
        assertEquals(filter, changed.filter());
    }

    @Test
    void serviceChangesOnlyTheDefaultOfTheSessionTimeout() {
        Service echo = Service.ECHO;
        assertEquals(
                TcpServerConfig.DEFAULT_GREET_TIMEOUT,
                config.toBuilder().service(echo).service(Service.GREET).build().sessionTimeout());
        assertEquals(Duration.ZERO, config.toBuilder().service(echo).build().sessionTimeout());
        TcpServerConfig first = config.toBuilder().sessionTimeout(NANO).service(echo).build();
        assertEquals(NANO, first.sessionTimeout());
        assertEquals(first, config.toBuilder().service(echo).sessionTimeout(NANO).build());
        assertEquals(NANO, first.toBuilder().service(Service.GREET).build().sessionTimeout());
    }

    @Test
    void rejectsConfigurationWithoutEndpoint() {
        assertRejected(
                "endpoints must not be empty: []", () -> config.toBuilder().endpoints().build());
    }

    private static TcpServerConfig expected(
            Service service,
            int maxConnections,
            int maxPerSource,
            Duration idle,
            Duration session,
            Duration drain,
            int backlog) {
        return TcpServerConfig.builder()
                .endpoints(ENDPOINT)
                .service(service)
                .maxConnections(maxConnections)
                .maxPerSource(maxPerSource)
                .idleTimeout(idle)
                .sessionTimeout(session)
                .drain(drain)
                .backlog(backlog)
                .build();
    }

    @Test
    void explicitSessionTimeoutIsKeptWithAnotherService() {
        Service echo = Service.ECHO;
        assertEquals(
                SESSION,
                config.toBuilder().sessionTimeout(SESSION).service(echo).build().sessionTimeout());
        assertEquals(Duration.ZERO, config.toBuilder().service(echo).build().sessionTimeout());
    }

    private static void assertRejected(String message, Runnable change) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, change::run);
        assertEquals(message, thrown.getMessage());
    }
}
