package net.launcher;

import static net.launcher.ServerProbe.assertRefused;
import static net.launcher.ServerProbe.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import net.launcher.server.ServerOptions;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.TcpServerConfig;
import net.server.UdpServerConfig;
import net.server.access.ConnectionLimiter;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The operands of servers that name their services. */
class ServiceOperandsTest {
    private static final String NAMES = "greet, receive, echo, discard or chargen";

    private static final String DIFFERENT = "services must have different ports or addresses: ";

    private static Map<Service, TcpServerConfig> tcp(String... args) {
        return read(Transport.TCP, ServerOptions::tcp, args);
    }

    private static Map<Service, UdpServerConfig> udp(String... args) {
        return read(Transport.UDP, ServerOptions::udp, args);
    }

    @ParameterizedTest
    @CsvSource({
        "'', greet localhost:8888",
        "echo=:7, echo :7",
        "echo=:7 discard=a:9, echo :7 discard a:9",
        "discard=:9 echo=:7 discard=[::1]:9, discard :9 [::1]:9 echo :7",
        "echo=:7 :8, echo :7 greet :8",
        ":8 echo=:7, greet :8 echo :7",
        "--service receive echo=:7 :8, echo :7 receive :8",
        "--service echo echo=:7 :8, echo :7 :8",
        "echo=localhost 7007, echo localhost:7007",
        "echo=a discard=b 7007, echo a:7007 discard b:7007",
        "echo=a b discard=c, echo a:8888 greet b:8888 discard c:8888",
        "echo=7007, echo localhost:7007",
        "echo=7007 discard=9009, echo localhost:7007 discard localhost:9009",
        "echo=::1 discard=[::1] 0, echo [::1]:0 discard [::1]:0",
        "echo=:0 discard=:0 chargen=:0, echo :0 discard :0 chargen :0",
        "echo=127.0.0.1:9 discard=127.0.0.2:9, echo 127.0.0.1:9 discard 127.0.0.2:9",
        "echo=0.0.0.0:9 discard=[::1]:9, echo 0.0.0.0:9 discard [::1]:9",
        "echo=:9 discard=127.0.0.1:8, echo :9 discard 127.0.0.1:8",
        "-- echo=:7, echo :7"
    })
    void operandsNameTheirServices(String operands, String expected) {
        List<String> services = new ArrayList<>();
        tcp(operands.isEmpty() ? new String[0] : operands.split(" "))
                .forEach(
                        (service, config) -> {
                            services.add(service.label());
                            assertEquals(Optional.of(service), config.builtInService());
                            for (Endpoint endpoint : config.endpoints()) {
                                services.add(endpoint.toString());
                            }
                        });
        assertEquals(expected, String.join(" ", services));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ecko=:7 | service must be " + NAMES + ": ecko=:7; did you mean echo?",
                "echo=:7 stamp=:862 | service must be " + NAMES + ": stamp=:862",
                "Echo=:7 | service must be " + NAMES + ": Echo=:7; did you mean echo?",
                "=:7 | service must be " + NAMES + ": =:7",
                "format=json | service must be " + NAMES + ": format=json; did you mean --format?",
                "echo= | endpoint must not be empty",
                "echo=echo=:7 | host must be a valid name or address: echo=",
                "echo=99999 | port must be a number from 0 to 65535: 99999",
                "echo=:7 discard=:7 | " + DIFFERENT + "echo=:7 discard=:7",
                "greet=127.0.0.1:9 echo=:9 | " + DIFFERENT + "greet=127.0.0.1:9 echo=:9",
                "echo=:9 greet=localhost:9 | " + DIFFERENT + "echo=:9 greet=localhost:9",
                "echo=[::]:9 192.0.2.1:9 | " + DIFFERENT + "echo=[::]:9 greet=192.0.2.1:9",
                "echo=[::1]:9 discard=[0::0]:9 | " + DIFFERENT + "echo=[::1]:9 discard=[0::0]:9",
                "echo=0.0.0.0:9 discard=[::ffff:192.0.2.1]:9 | "
                        + DIFFERENT
                        + "echo=0.0.0.0:9 discard=[::ffff:192.0.2.1]:9",
                "echo=:7 discard=a:8 discard=a:7 | " + DIFFERENT + "echo=:7 discard=a:7",
                "echo=:7 discard=:9 echo=:7 | endpoint must be given once: :7",
                "echo=a discard=A 9 | " + DIFFERENT + "echo=a:9 discard=A:9",
                "echo=:0 discard=:0 echo=:0 | endpoint must be given once: :0",
                "echo=:7 9 | port must be given once: echo=:7 9",
                "echo=7 9 | port must be given once: echo=7 9",
                "7 echo=:9 | host must not have digits only (a port is written :PORT): 7",
                "--service receive echo=:7 | --service requires an endpoint without a service:"
                        + " echo=:7",
                "--inherited echo=:7 | --inherited must be used without endpoints: echo=:7",
                "--message-gap 1s echo=:7 discard=:9 | --message-gap requires --service greet"
            })
    void invalidOperandsAreRejected(String args, String message) {
        assertRefused(Transport.TCP, message, args.split(" "));
    }

    /** A service that answers over UDP binds the addresses of the interfaces, not a wildcard. */
    @Test
    void wildcardOverUdpDoesNotIncludeOtherAddresses() {
        assertEquals(2, udp("echo=:7", "discard=127.0.0.2:7").size());
        assertRefused(Transport.UDP, DIFFERENT + "echo=:7 discard=:7", "echo=:7", "discard=:7");
    }

    @Test
    void optionsApplyToTheServicesThatTheyFit() {
        Map<Service, TcpServerConfig> tcp =
                tcp("--message-gap=1s", "--drain=2s", "greet=:1", "echo=:2");
        assertEquals(Duration.ofSeconds(1), tcp.get(Service.GREET).messageGap());
        tcp.values().forEach(config -> assertEquals(Duration.ofSeconds(2), config.drain()));
        String[] args = {"--answer-rate=5", "--join=239.1.2.3", "receive=:1", "echo=a:2"};
        Map<Service, UdpServerConfig> udp = udp(args);
        assertEquals(OptionalInt.empty(), udp.get(Service.RECEIVE).answerRate());
        assertEquals(1, udp.get(Service.RECEIVE).groups().size());
        assertEquals(OptionalInt.of(5), udp.get(Service.ECHO).answerRate());
        assertEquals(List.of(), udp.get(Service.ECHO).groups());
    }

    @Test
    void joinNeedsAllAddressesOfItsServicesOnly() {
        String message = "--join must be used with all addresses, such as :1, not: a:1";
        assertRefused(Transport.UDP, message, "--join=239.1.2.3", "receive=a:1", "echo=:2");
    }

    @Test
    void servicesShareTheLimitsOfConnections() {
        Map<Service, TcpServerConfig> configs =
                tcp("--max-connections=2", "--max-per-source=1", "echo=:1", "discard=:2");
        ConnectionLimiter limiter = configs.get(Service.ECHO).limiter().orElseThrow();
        assertSame(limiter, configs.get(Service.DISCARD).limiter().orElseThrow());
        InetAddress source = InetAddress.ofLiteral("192.0.2.1");
        assertEquals(Optional.empty(), limiter.tryAcquire(source));
        assertEquals(Optional.of(RefusalReason.SOURCE_LIMIT), limiter.tryAcquire(source));
        assertEquals(Optional.empty(), limiter.tryAcquire(InetAddress.ofLiteral("192.0.2.2")));
        assertEquals(
                Optional.of(RefusalReason.LIMIT),
                limiter.tryAcquire(InetAddress.ofLiteral("192.0.2.3")));
        assertEquals(Optional.empty(), tcp("echo=:1").get(Service.ECHO).limiter());
        assertNotEquals(tcp("echo=:1"), configs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo=:7\ndiscard=:9\n", "OPTIONS=\"echo=:7 discard=:9\""})
    void filesNameServicesToo(String text, @TempDir Path folder) throws IOException {
        String file = Files.writeString(folder.resolve("lab.conf"), text).toString();
        assertEquals(
                List.of(Service.ECHO, Service.DISCARD),
                List.copyOf(tcp("--config", file).keySet()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ecko=:7 | service must be " + NAMES + ": ecko=:7; did you mean echo?",
                "echo=:99999 | port must be a number from 0 to 65535: 99999",
                "echo=99999 | port must be a number from 0 to 65535: 99999",
                "format=json | line must be an option with its dashes, an endpoint, a port or"
                        + " OPTIONS=...: format=json"
            })
    void errorInAFileHasItsPlace(String line, String message, @TempDir Path folder)
            throws IOException {
        String file = Files.writeString(folder.resolve("lab.conf"), "-4\n" + line).toString();
        assertRefused(Transport.TCP, file + ":2: " + message, "--config", file);
    }
}
