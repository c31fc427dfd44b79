package net.client.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class ClientConfigTest {
    private static final Endpoint SERVER = new Endpoint("localhost", 8888);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void defaultsAre10SecondsAnd5ToConnect() {
        assertEquals(
                ClientConfig.builder(SERVER)
                        .timeout(Duration.ofSeconds(10))
                        .connectTimeout(Duration.ofSeconds(5))
                        .build(),
                ClientConfig.of(SERVER));
        assertEquals(Duration.ofSeconds(10), ClientConfig.DEFAULT_TIMEOUT);
        assertEquals(Duration.ofSeconds(5), ClientConfig.DEFAULT_CONNECT_TIMEOUT);
    }

    @Test
    void toBuilderChangesOnlyOneProperty() {
        ClientConfig config = ClientConfig.of(SERVER);
        assertEquals(
                ClientConfig.builder(SERVER)
                        .timeout(SECOND)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build(),
                config.toBuilder().timeout(SECOND).build());
        assertEquals(
                ClientConfig.builder(SERVER)
                        .timeout(Duration.ofSeconds(10))
                        .connectTimeout(SECOND)
                        .build(),
                config.toBuilder().connectTimeout(SECOND).build());
        SocketConfig quiet = SocketConfig.builder().noDelay(false).build();
        assertEquals(
                ClientConfig.builder(SERVER)
                        .timeout(Duration.ofSeconds(10))
                        .connectTimeout(Duration.ofSeconds(5))
                        .socket(quiet)
                        .build(),
                config.toBuilder().socket(quiet).build());
        assertEquals(ClientConfig.of(SERVER), config);
    }

    @Test
    void rejectsPort0() {
        Exception thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ClientConfig.of(new Endpoint("localhost", 0)));
        assertEquals("port of a server must be from 1 to 65535: 0", thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_535})
    void acceptsEveryOtherPort(int port) {
        assertEquals(port, ClientConfig.of(new Endpoint("localhost", port)).endpoint().port());
    }

    @Test
    void rejectsAnyHost() {
        Exception thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ClientConfig.of(new Endpoint(Endpoint.ANY_HOST, 8888)));
        assertEquals("host of a server must not be empty", thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-1, PT-0.000000001S", "0, PT0S"})
    void rejectsTimeoutsNotAboveZero(long nanos, String text) {
        Duration time = Duration.ofNanos(nanos);
        ClientConfig config = ClientConfig.of(SERVER);
        assertEquals(
                "timeout must be above zero: " + text,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> config.toBuilder().timeout(time).build())
                        .getMessage());
        assertEquals(
                "connectTimeout must be above zero: " + text,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> config.toBuilder().connectTimeout(time).build())
                        .getMessage());
    }

    @Test
    void acceptsShortestAndLongestTimeout() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        ClientConfig config =
                ClientConfig.builder(SERVER)
                        .timeout(Duration.ofNanos(1))
                        .connectTimeout(longest)
                        .build();
        assertEquals(Duration.ofNanos(1), config.timeout());
        assertEquals(longest, config.connectTimeout());
        assertEquals(
                Duration.ofNanos(1),
                config.toBuilder().connectTimeout(Duration.ofNanos(1)).build().connectTimeout());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> ClientConfig.of(null));
        ClientConfig config = ClientConfig.of(SERVER);
        assertThrows(NullPointerException.class, () -> config.toBuilder().timeout(null).build());
        assertThrows(
                NullPointerException.class, () -> config.toBuilder().connectTimeout(null).build());
        assertThrows(NullPointerException.class, () -> config.toBuilder().socket(null).build());
    }
}
