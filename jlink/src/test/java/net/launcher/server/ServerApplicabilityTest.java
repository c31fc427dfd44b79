package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.InvocationProbe;
import net.launcher.command.Command;
import net.launcher.command.CommandOption;
import net.protocol.Transport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Each option with each service: what its declaration says is what happens. */
class ServerApplicabilityTest {
    private static InvocationProbe<String> probe(Transport transport) {
        return new InvocationProbe<>(
                command -> ServerOptions.add(transport, command.serviceEndpoints("Address")),
                invocation -> read(transport, new ServerOptions(transport, invocation)));
    }

    private static String read(Transport transport, ServerOptions options) {
        Object config =
                switch (transport) {
                    case TCP -> options.tcp();
                    case UDP -> options.udp();
                };
        return config.toString() + options.rules() + options.count() + options.drain();
    }

    private static List<String> arguments(CommandOption option) {
        String value =
                switch (option.label()) {
                    case "" -> "";
                    case "N", "RATE" -> "2";
                    case "TIME" -> "1s";
                    case "SIZE" -> "64K";
                    case "FILE" -> option.name().equals(Command.CONFIG) ? "/dev/null" : "log.txt";
                    case "LIST" -> "127.0.0.1";
                    case "GROUPS" -> "239.1.2.3";
                    case "CLASS" -> "EF";
                    case "ENDPOINT" -> "127.0.0.1:0";
                    default -> throw new AssertionError(option);
                };
        return value.isEmpty() ? List.of(option.name()) : List.of(option.name(), value);
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, greet, ''",
        "TCP, receive, --message-gap",
        "TCP, echo, --message-gap --output --sync",
        "TCP, discard, --message-gap --output --sync",
        "TCP, chargen, --message-gap --output --sync",
        "UDP, receive, --answer-rate",
        "UDP, discard, --answer-rate --output --sync",
        "UDP, echo, --join --output --sync",
        "UDP, stamp, --join --output --sync"
    })
    void eachOptionIsAcceptedOrRejectedAsDeclared(
            Transport transport, String service, String names) {
        Set<String> rejected = new TreeSet<>();
        for (CommandOption option :
                ServerOptions.add(transport, new Command("probe", "Tries.")).options()) {
            if (!option.name().equals("--service")) {
                List<String> args = new ArrayList<>(List.of("--service", service));
                args.addAll(arguments(option));
                if (!option.name().equals(ServerOptions.INHERITED)) {
                    args.add(":0");
                }
                String conflict = option.conflict(service, List.of("--service", option.name()));
                String message = "probe: " + option.name() + conflict + " (see probe --help)\n";
                assertEquals(
                        conflict.isEmpty() ? "" : message,
                        probe(transport).error(args.toArray(String[]::new)),
                        args::toString);
                if (!conflict.isEmpty()) {
                    rejected.add(option.name());
                }
            }
        }
        assertEquals(names, String.join(" ", rejected));
    }
}
