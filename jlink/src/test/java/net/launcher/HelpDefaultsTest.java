package net.launcher;

import static net.launcher.ServerProbe.tcp;
import static net.launcher.ServerProbe.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import net.client.connect.SocketConfig;
import net.launcher.command.Command;
import net.launcher.command.OptionGroup;
import net.launcher.command.value.ByteSize;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Format;
import net.launcher.server.ServerOptions;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.TcpServerConfig;
import net.server.UdpServerConfig;

import org.junit.jupiter.api.Test;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The defaults that {@code --help} states are those that are used. */
class HelpDefaultsTest {
    /** An operand, or an option by its last name, further left than any line of a description. */
    private static final Pattern ENTRY =
            Pattern.compile("(?m)^ {2,6}(?:-\\w, )?(--?[\\w-]+|\\[[A-Z\\[=\\]]+](?:\\.\\.\\.)?)");

    private static final Pattern DEFAULT = Pattern.compile("\\(default: ([^)]+)\\)");

    private static String help(Launcher launcher) {
        CapturedOutput out = new CapturedOutput();
        assertEquals(0, launcher.run(out, new PrintStream(new CapturedOutput()), "--help"));
        return out.text();
    }

    /** Returns the descriptions of all operands and options in a help text. */
    private static Map<String, String> entries(String help) {
        String part =
                help.substring(help.indexOf("Operands:"), help.indexOf("Exit status:"))
                        .replaceFirst("(?s)\nExamples:.*?\n\n", "\n");
        Map<String, String> entries = new TreeMap<>();
        String name = "";
        int start = 0;
        Matcher matcher = ENTRY.matcher(part);
        while (matcher.find()) {
            entries.put(name, part.substring(start, matcher.start()).replaceAll("\\s+", " "));
            name = matcher.group(1);
            start = matcher.end();
        }
        entries.put(name, part.substring(start).replaceAll("\\s+", " "));
        entries.remove("");
        return entries;
    }

    private static Map<String, String> defaults(String help) {
        Map<String, String> defaults = new TreeMap<>();
        entries(help)
                .forEach(
                        (name, description) -> {
                            Matcher matcher = DEFAULT.matcher(description);
                            while (matcher.find()) {
                                assertNull(defaults.put(name, matcher.group(1)), name);
                            }
                        });
        return defaults;
    }

    private static Map<String, String> defaults(Launcher launcher) {
        return defaults(help(launcher));
    }

    @Test
    void eachOperandAndOptionOfTheHelpIsRead() {
        assertEquals(
                Set.of(
                        "[[SERVICE=]ENDPOINT]...",
                        "[PORT]",
                        "--service",
                        "--output",
                        "--sync",
                        "--metrics",
                        "--count",
                        "--drain",
                        "--allow",
                        "--deny",
                        "--answer-rate",
                        "-4",
                        "-6",
                        "--join",
                        "--receive-buffer",
                        "--send-buffer",
                        "--dscp",
                        "--format",
                        "--verbose",
                        "--config",
                        "-h",
                        "--help",
                        "--version"),
                entries(help(new UdpServerLauncher())).keySet());
    }

    @Test
    void defaultOfAnyOptionOrOperandIsSeen() {
        CapturedOutput out = new CapturedOutput();
        Command command =
                new Command("probe", "Tries.")
                        .targets("Address to try")
                        .example("probe --number 3", "(default: 4)");
        OptionGroup group = OptionGroup.EXCHANGE;
        command.option(group, "N", "-n", "--number")
                .description("As --other says, or (default: 1).");
        command.option(group, "N", "--none").description("Without.");
        command.option(group, "N", "-s").description("Short (default: 2).");
        command.flag(group, "-4")
                .description("Now " + "and then ".repeat(20) + " --none (default: off).");
        command.flag(group, "-6").description("Never.");
        command.exitStatus(0, "Done.")
                .complete(Format.TEXT)
                .run(_ -> 1, out, new PrintStream(new CapturedOutput()), "--help");
        assertEquals(
                Map.of(
                        "[ENDPOINT]...", "localhost",
                        "[PORT]", "8888",
                        "--number", "1",
                        "-s", "2",
                        "-4", "off",
                        "--format", "text"),
                defaults(out.text()));
    }

    @Test
    void defaultsOfTheTcpServerAreAsIfGiven() {
        Map<String, String> defaults = defaults(new TcpServerLauncher());
        assertEquals(
                Map.ofEntries(
                        Map.entry("[[SERVICE=]ENDPOINT]...", "localhost"),
                        Map.entry("[PORT]", "8888"),
                        Map.entry("--service", "greet"),
                        Map.entry("--count", "no limit"),
                        Map.entry("--max-connections", "10000"),
                        Map.entry("--idle-timeout", "60s"),
                        Map.entry("--message-gap", "300ms"),
                        Map.entry("--backlog", "4096"),
                        Map.entry("--drain", "5s"),
                        Map.entry("--dscp", "0"),
                        Map.entry("--format", "text")),
                without(defaults, "--max-per-source", "--session-timeout"));
        assertEquals("--max-connections", defaults.get("--max-per-source"));
        assertEquals("30s for greet, otherwise none", defaults.get("--session-timeout"));
        for (Map.Entry<String, String> option : defaults.entrySet()) {
            if (option.getKey().startsWith("--") && option.getValue().matches("\\w+")) {
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

    private static void assertBytes(int expected, String size) {
        assertEquals(expected, ByteSize.parse("--receive-buffer", size, Integer.MAX_VALUE));
    }

    @Test
    void defaultsOfTheUdpServerAreAsIfGiven() {
        Map<String, String> defaults = defaults(new UdpServerLauncher());
        assertEquals(
                Map.of(
                        "[[SERVICE=]ENDPOINT]...", "localhost",
                        "[PORT]", "8888",
                        "--service", "receive",
                        "--drain", "5s",
                        "--count", "no limit",
                        "--dscp", "0",
                        "--answer-rate", "10000; loopback: no limit",
                        "--format", "text"),
                without(defaults, "--receive-buffer"));
        assertBytes(UdpServerConfig.DEFAULT_RECEIVE_BUFFER_BYTES, defaults.get("--receive-buffer"));
        assertEquals(udp().drain(), udp("--drain", defaults.get("--drain")).drain());
        assertEquals(udp().endpoints(), udp("localhost", "8888").endpoints());
        List<Service> services = ServerProbe.read(Transport.UDP, ServerOptions::services);
        assertEquals(services.getFirst().label(), defaults.get("--service"));
    }

    @Test
    void defaultsOfTheTcpClientAreAsIfGiven() {
        Map<String, String> defaults = defaults(new TcpClientLauncher());
        assertEquals(
                Map.ofEntries(
                        Map.entry("[ENDPOINT]...", Protocol.DEFAULT_HOST),
                        Map.entry("[PORT]", Integer.toString(Protocol.DEFAULT_PORT)),
                        Map.entry("--service", "greet"),
                        Map.entry("--message", Protocol.CLIENT_GREETING),
                        Map.entry("--count", "one per connection, no limit with -t, -i or --rate"),
                        Map.entry("--parallel", "1"),
                        Map.entry("--lookup-interval", "60s"),
                        Map.entry("--warmup", "0"),
                        Map.entry("--idle-timeout", "no limit"),
                        Map.entry("--timeout", "10s"),
                        Map.entry("--connect-timeout", "5s"),
                        Map.entry("--duration", "no limit; 10s for streams, see --bulk"),
                        Map.entry("--bytes", "end after --duration"),
                        Map.entry("--bandwidth", "no limit"),
                        Map.entry("--load-service", "echo"),
                        Map.entry("--load-to", "that of the run"),
                        Map.entry("--dscp", "0"),
                        Map.entry("--format", "text")),
                defaults);
    }

    @Test
    void defaultsOfTheUdpClientAreItsOwn() {
        Map<String, String> tcp = defaults(new TcpClientLauncher());
        Map<String, String> udp = new TreeMap<>(defaults(new UdpClientLauncher()));
        assertEquals("receive", udp.put("--service", "greet"));
        assertEquals(
                "one per socket, no limit with -t, -i, -b or --rate",
                udp.put("--count", tcp.get("--count")));
        assertEquals(
                "10s, in a run 3 times the longest round trip, at least 1s",
                udp.put("--timeout", tcp.get("--timeout")));
        assertEquals("1s", udp.put("--idle-timeout", tcp.get("--idle-timeout")));
        assertEquals("1232", udp.remove("--size"));
        assertBytes(SocketConfig.DEFAULT_UDP_RECEIVE_BUFFER_BYTES, udp.remove("--receive-buffer"));
        assertEquals("no limit; 10s with -b", udp.put("--duration", tcp.get("--duration")));
        assertEquals(without(tcp, "--connect-timeout", "--bytes"), udp);
    }
}
