package net.launcher;

import static net.launcher.ServerProbe.tcp;
import static net.launcher.ServerProbe.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.client.ClientConfig;
import net.launcher.report.Capture;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.TcpServerConfig;

import org.junit.jupiter.api.Test;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The defaults that {@code --help} states are those that are used. */
class HelpDefaultsTest {
    private static final Pattern DEFAULT =
            Pattern.compile("\\s(--[a-z-]+|\\[[A-Z]+])(?:(?!\\s-).)*?\\(default: ([^)]+)\\)");

    private static Map<String, String> defaults(Launcher launcher) {
        Capture out = new Capture();
        assertEquals(0, launcher.run(out, new PrintStream(new Capture()), "--help"));
        Map<String, String> defaults = new TreeMap<>();
        String operands = out.text().substring(out.text().indexOf("Operands:"));
        Matcher matcher = DEFAULT.matcher(operands.replaceAll("\\s+", " "));
        while (matcher.find()) {
            defaults.put(matcher.group(1), matcher.group(2));
        }
        return defaults;
    }

    @Test
    void defaultsOfTheTcpServerAreAsIfGiven() {
        Map<String, String> defaults = defaults(new TcpServerLauncher());
        assertEquals(
                Map.of(
                        "[ENDPOINT]", "localhost",
                        "[PORT]", "8888",
                        "--service", "greet",
                        "--max-connections", "10000",
                        "--idle-timeout", "60s",
                        "--message-gap", "300ms",
                        "--backlog", "4096",
                        "--drain", "5s",
                        "--format", "text"),
                without(defaults, "--max-per-source", "--session-timeout"));
        assertEquals("as --max-connections", defaults.get("--max-per-source"));
        assertEquals("30s for greet, else none", defaults.get("--session-timeout"));
        for (Map.Entry<String, String> option : defaults.entrySet()) {
            if (option.getKey().startsWith("--") && !option.getValue().contains(" ")) {
                assertEquals(tcp(), tcp(option.getKey(), option.getValue()), option::toString);
            }
        }
        assertEquals(tcp(), tcp("localhost", "8888"));
        assertEquals(tcp(), tcp("--session-timeout=30s"));
        TcpServerConfig echo = tcp("--service=echo");
        assertEquals(echo, tcp("--service=echo", "--session-timeout=none"));
    }

    private static Map<String, String> without(Map<String, String> all, String... keys) {
        Map<String, String> rest = new TreeMap<>(all);
        for (String key : keys) {
            rest.remove(key);
        }
        return rest;
    }

    @Test
    void defaultsOfTheUdpServerAreAsIfGiven() {
        Map<String, String> defaults = defaults(new UdpServerLauncher());
        assertEquals(
                Map.of(
                        "[ENDPOINT]", "localhost",
                        "[PORT]", "8888",
                        "--service", "receive",
                        "--drain", "5s",
                        "--format", "text"),
                defaults);
        assertEquals(udp().drain(), udp("--drain", defaults.get("--drain")).drain());
        assertEquals(udp().endpoint(), udp("localhost", "8888").endpoint());
        Service service = ServerProbe.read(Transport.UDP, ServerOptions::service);
        assertEquals(service.label(), defaults.get("--service"));
    }

    @Test
    void defaultsOfTheClientsAreTheConstants() {
        Map<String, String> tcp = defaults(new TcpClientLauncher());
        assertEquals(
                Map.of(
                        "[ENDPOINT]",
                        Protocol.DEFAULT_HOST,
                        "[PORT]",
                        Integer.toString(Protocol.DEFAULT_PORT),
                        "--message",
                        Protocol.CLIENT_GREETING,
                        "--timeout",
                        ClientConfig.DEFAULT_TIMEOUT.toSeconds() + "s",
                        "--connect-timeout",
                        ClientConfig.DEFAULT_CONNECT_TIMEOUT.toSeconds() + "s",
                        "--format",
                        "text"),
                tcp);
        assertEquals(without(tcp, "--connect-timeout"), defaults(new UdpClientLauncher()));
    }
}
