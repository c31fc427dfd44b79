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
                new ClientConfig(
                        SERVER,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        SocketConfig.DEFAULT),
                ClientConfig.of(SERVER));
        assertEquals(Duration.ofSeconds(10), ClientConfig.DEFAULT_TIMEOUT);
        assertEquals(Duration.ofSeconds(5), ClientConfig.DEFAULT_CONNECT_TIMEOUT);
    }

    @Test
    void withChangesOneValueAlone() {
        ClientConfig config = ClientConfig.of(SERVER);
        assertEquals(
                new ClientConfig(SERVER, SECOND, Duration.ofSeconds(5), SocketConfig.DEFAULT),
                config.withTimeout(SECOND));
        assertEquals(
                new ClientConfig(SERVER, Duration.ofSeconds(10), SECOND, SocketConfig.DEFAULT),
                config.withConnectTimeout(SECOND));
        SocketConfig quiet = SocketConfig.DEFAULT.withNoDelay(false);
        assertEquals(
                new ClientConfig(SERVER, Duration.ofSeconds(10), Duration.ofSeconds(5), quiet),
                config.withSocket(quiet));
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
    void takesEveryOtherPort(int port) {
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
    void rejectsTimesThatAreNotAboveZero(long nanos, String shown) {
        Duration time = Duration.ofNanos(nanos);
        ClientConfig config = ClientConfig.of(SERVER);
        assertEquals(
                "timeout must be above zero: " + shown,
                assertThrows(IllegalArgumentException.class, () -> config.withTimeout(time))
                        .getMessage());
        assertEquals(
                "connectTimeout must be above zero: " + shown,
                assertThrows(IllegalArgumentException.class, () -> config.withConnectTimeout(time))
                        .getMessage());
    }

    @Test
    void takesTheShortestAndTheLongestTime() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        ClientConfig config =
                new ClientConfig(SERVER, Duration.ofNanos(1), longest, SocketConfig.DEFAULT);
        assertEquals(Duration.ofNanos(1), config.timeout());
        assertEquals(longest, config.connectTimeout());
        assertEquals(
                Duration.ofNanos(1),
                config.withConnectTimeout(Duration.ofNanos(1)).connectTimeout());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> ClientConfig.of(null));
        ClientConfig config = ClientConfig.of(SERVER);
        assertThrows(NullPointerException.class, () -> config.withTimeout(null));
        assertThrows(NullPointerException.class, () -> config.withConnectTimeout(null));
        assertThrows(NullPointerException.class, () -> config.withSocket(null));
    }
}
