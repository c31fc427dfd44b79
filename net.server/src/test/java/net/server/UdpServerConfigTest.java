package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.server.access.AddressFilter;
import net.server.access.AddressSet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

class UdpServerConfigTest {
    private static final Endpoint ENDPOINT = new Endpoint("localhost", 8888);

    @Test
    void defaultsAreAsDocumented() {
        UdpServerConfig config = UdpServerConfig.of(ENDPOINT);
        UdpService receive = config.service();
        assertEquals(
                UdpServerConfig.builder()
                        .endpoints(List.of(ENDPOINT))
                        .family(AddressFamily.ANY)
                        .sockets(SocketSettings.DEFAULT)
                        .service(receive)
                        .filter(AddressFilter.PERMIT_ALL)
                        .groups(List.of())
                        .drain(Duration.ofSeconds(5))
                        .build(),
                config);
        assertEquals(OptionalInt.empty(), config.answerRate());
        assertEquals(10_000, UdpServerConfig.DEFAULT_ANSWER_RATE);
        assertEquals(config, UdpServerConfig.of(ENDPOINT, receive));
    }

    @Test
    void defaultServiceRecordsAndDoesNotAnswer() throws Exception {
        Datagram datagram = mock();
        UdpServerConfig.of(ENDPOINT).service().serve(datagram);
        verify(datagram).record();
        verifyNoMoreInteractions(datagram);
    }

    @Test
    void rejectsNull() {
        UdpServerConfig config = UdpServerConfig.of(ENDPOINT);
        assertThrows(NullPointerException.class, () -> UdpServerConfig.of(null));
        assertThrows(
                NullPointerException.class, () -> UdpServerConfig.of(ENDPOINT, (UdpService) null));
        assertThrows(NullPointerException.class, () -> config.toBuilder().drain(null).build());
        assertThrows(NullPointerException.class, () -> config.toBuilder().family(null).build());
        assertThrows(NullPointerException.class, () -> config.toBuilder().sockets(null).build());
        assertThrows(NullPointerException.class, () -> config.toBuilder().filter(null).build());
        assertThrows(
                NullPointerException.class,
                () -> config.toBuilder().service((UdpService) null).build());
    }

    @Test
    void builderCallsCommute() {
        UdpServerConfig config = UdpServerConfig.of(ENDPOINT);
        Endpoint other = new Endpoint("::1", 9000);
        SocketSettings sockets =
                SocketSettings.builder().receiveBufferBytes(1).sendBufferBytes(2).dscp(3).build();
        AddressFilter filter = new AddressFilter(AddressSet.parse("::1"), AddressSet.NONE);
        MulticastGroup group = MulticastGroup.parse("239.1.2.3");
        UdpService discard = UdpService.of(Service.DISCARD);
        assertEquals(
                UdpServerConfig.builder()
                        .drain(Duration.ZERO)
                        .groups(List.of(group))
                        .answerRate(7)
                        .filter(filter)
                        .service(discard)
                        .sockets(sockets)
                        .family(AddressFamily.IPV6)
                        .endpoints(List.of(ENDPOINT, other))
                        .build(),
                config.toBuilder()
                        .endpoints(ENDPOINT, other)
                        .family(AddressFamily.IPV6)
                        .sockets(sockets)
                        .service(discard)
                        .filter(filter)
                        .answerRate(7)
                        .groups(group)
                        .drain(Duration.ZERO)
                        .build());
        assertEquals(config, config.toBuilder().build());
    }

    @Test
    void rejectsConfigurationWithoutEndpoint() {
        UdpServerConfig.Builder builder = UdpServerConfig.of(ENDPOINT).toBuilder().endpoints();
        assertRejected("endpoints must not be empty: []", builder);
    }

    @Test
    void rejectsAnswerRateBelowOne() {
        UdpServerConfig config = UdpServerConfig.of(ENDPOINT);
        assertEquals(OptionalInt.of(1), config.toBuilder().answerRate(1).build().answerRate());
        assertRejected("answerRate must be at least 1: 0", config.toBuilder().answerRate(0));
    }

    /** One datagram to a group would have as many answers as the group has members. */
    @Test
    void rejectsGroupsForAServiceThatAnswers() {
        MulticastGroup group = MulticastGroup.parse("239.1.2.3");
        for (Service service : List.of(Service.ECHO, Service.STAMP)) {
            assertRejected(
                    "groups must be empty for a service that answers: [239.1.2.3]",
                    UdpServerConfig.of(ENDPOINT, service).toBuilder().groups(group));
        }
    }

    private static void assertRejected(String message, UdpServerConfig.Builder builder) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, builder::build);
        assertEquals(message, thrown.getMessage());
    }

    @Test
    void rejectsNegativeDrain() {
        UdpServerConfig config = UdpServerConfig.of(ENDPOINT);
        assertEquals(Duration.ZERO, config.toBuilder().drain(Duration.ZERO).build().drain());
        Duration below = Duration.ofNanos(-1);
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> config.toBuilder().drain(below).build());
        assertEquals("drain must not be negative: " + below, refused.getMessage());
    }
}
