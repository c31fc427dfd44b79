package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.command.OptionGroup;
import net.protocol.Endpoint;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** The operands of servers: endpoints and a port. */
class EndpointsTest {
    private static final InvocationProbe<List<Endpoint>> PROBE =
            new InvocationProbe<>(EndpointsTest::add, EndpointsTest::endpoints);

    private static Command add(Command command) {
        command.option(OptionGroup.EXCHANGE, "TIME", "--timeout").description("A time.");
        return command.targets("Address to try");
    }

    private static List<Endpoint> endpoints(Invocation invocation) {
        return invocation.endpointsByService(Transport.TCP).values().iterator().next();
    }

    private static String[] split(String operands) {
        return operands.isEmpty() ? new String[0] : operands.split(" ");
    }

    @ParameterizedTest
    @CsvSource({
        "'', localhost:8888",
        "9000, localhost:9000",
        "0, localhost:0",
        "-- 65535, localhost:65535",
        "a, a:8888",
        "a:1, a:1",
        ":1, :1",
        "a 1, a:1",
        "a 0, a:0",
        "a b, a:8888 b:8888",
        "b a, b:8888 a:8888",
        "a b 1, a:1 b:1",
        "a b c 65535, a:65535 b:65535 c:65535",
        "a b c, a:8888 b:8888 c:8888",
        "a b:2 c, a:8888 b:2 c:8888",
        "a a:1, a:8888 a:1",
        ":1 :2, :1 :2",
        "127.0.0.1 ::1 9000, 127.0.0.1:9000 [::1]:9000",
        "127.0.0.1:0 [::1]:0, 127.0.0.1:0 [::1]:0",
        "[::1] [::1:2], [::1]:8888 [::1:2]:8888",
        "fe80::1%lo fe80::1%eth0 1, [fe80::1%lo]:1 [fe80::1%eth0]:1",
        "a --timeout=1 b --timeout 2 3, a:3 b:3",
        "-- a b 1, a:1 b:1",
        "a -- b 1, a:1 b:1"
    })
    void operandsAreEndpointsExceptAFinalPort(String operands, String endpoints) {
        List<Endpoint> expected = new ArrayList<>();
        for (String endpoint : endpoints.split(" ")) {
            int colon = endpoint.lastIndexOf(':');
            String host = endpoint.substring(0, colon).replaceAll("[\\[\\]]", "");
            expected.add(new Endpoint(host, Integer.parseInt(endpoint.substring(colon + 1))));
        }
        assertEquals(expected, PROBE.parse(split(operands)));
    }

    @ParameterizedTest
    @CsvSource({
        "a:1 2, a:1 2",
        "a:2 2, a:2 2",
        "a b:1 2, b:1 2",
        "a:1 b:3 2, a:1 2",
        ":1 2, :1 2",
        "a [::1]:0 0, [::1]:0 0"
    })
    void rejectsASecondPort(String operands, String shown) {
        PROBE.assertRefused("port must be given once: " + shown, split(operands));
    }

    @ParameterizedTest
    @CsvSource({
        "a a, a:8888",
        "a b a, a:8888",
        "a b A 1, A:1",
        "a a:8888, a:8888",
        ":1 b :1, :1",
        "::1 [::1], [::1]:8888",
        "a:0 a:0, a:0",
        "a a 0, a:0"
    })
    void rejectsADuplicateEndpoint(String operands, String shown) {
        PROBE.assertRefused("endpoint must be given once: " + shown, split(operands));
    }

    @ParameterizedTest
    @CsvSource({"80 90, 80", "a 80 b, 80", "a 80 90, 80", "80 a, 80"})
    void rejectsDigitsAsHost(String operands, String host) {
        PROBE.assertRefused(
                "host must not have digits only (a port is written :PORT): " + host,
                split(operands));
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "01", "00", "123456", "99999999999999999999"})
    void rejectsPortOutOfRange(String port) {
        String message = "port must be a number from 0 to 65535: " + port;
        PROBE.assertRefused(message, "a", "b", port);
        PROBE.assertRefused(message, port);
    }

    @ParameterizedTest
    @CsvSource({
        "'', endpoint must not be empty",
        "٨, host must be a valid name or address: ٨",
        "+1, host must be a valid name or address: +1",
        "-1, host must be a valid name or address: -1",
        "1x, 'host must not be a number with a letter (a port has digits only): 1x'"
    })
    void parsesAnythingElseAsAnEndpoint(String last, String message) {
        PROBE.assertRefused(message, "--", "a", last);
    }

    @Test
    void helpShowsARepeatableOperand() {
        String help = PROBE.help();
        assertTrue(help.startsWith("Usage: probe [OPTIONS] [ENDPOINT]... [PORT]\n"), help);
        String operands = help.substring(help.indexOf("Operands:"), help.indexOf("Exchange:"));
        assertEquals(
                "Operands: [ENDPOINT]... Address to try, as HOST, HOST:PORT, :PORT, [IPV6] or"
                    + " [IPV6]:PORT (default: localhost). @FILE has one on each line. [PORT] Port"
                    + " of all endpoints, if the last operand is a number (default: 8888). ",
                operands.replaceAll("\\s+", " "));
    }
}
