package net.launcher.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.InvocationProbe;
import net.launcher.command.Command;
import net.launcher.command.CommandOption;
import net.launcher.command.Invocation;
import net.protocol.Transport;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Each option with each service and mode: what its declaration says is what happens. */
class ClientApplicabilityTest {
    @TempDir private static Path folder;

    @BeforeAll
    static void writeFile() throws IOException {
        Files.writeString(folder.resolve("message"), "hi");
    }

    private static InvocationProbe<Boolean> probe(Transport transport) {
        return new InvocationProbe<>(
                command -> RunOptions.add(transport, command.targets("Server")),
                invocation -> isValid(new RunOptions(transport, invocation)));
    }

    /** Reads all options, as a run does. */
    private static boolean isValid(RunOptions options) {
        Invocation invocation = options.invocation();
        if (ClientModes.isPipe(invocation)) {
            return new PipeOptions(options).pipe().soFar().isEmpty();
        }
        if (ClientModes.probesSize(invocation)) {
            return !options.sizes().isSingle();
        }
        try {
            return options.load(options.config()).isEmpty() || options.thresholds().isEmpty();
        } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<CommandOption> options(Transport transport) {
        return RunOptions.add(transport, new Command("probe", "Tries.")).options();
    }

    private static CommandOption option(Transport transport, String name) {
        return options(transport).stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> arguments(CommandOption option) {
        String value =
                switch (option.label()) {
                    case "" -> "";
                    case "N", "RATE" -> "2";
                    case "TIME" -> "1s";
                    case "SIZE" -> "64";
                    case "TEXT" -> "hi";
                    case "FILE" -> folder.resolve("message").toString();
                    case "EXPR" -> "p99>1s";
                    case "ADDRESS" -> "127.0.0.1";
                    case "ENDPOINT" -> "127.0.0.1:9";
                    case "CLASS" -> "EF";
                    case "KEY=VALUE" -> "site=lab";
                    case "NAME" -> option.values().getFirst();
                    default -> throw new AssertionError(option);
                };
        return value.isEmpty() ? List.of(option.name()) : List.of(option.name(), value);
    }

    /** Returns the message that the declarations of the options specify, empty for none. */
    private static String expected(String service, List<CommandOption> given) {
        List<String> names = given.stream().map(CommandOption::name).toList();
        return given.stream()
                .map(
                        option ->
                                Optional.of(option.conflict(service, names))
                                        .filter(conflict -> !conflict.isEmpty())
                                        .map(
                                                conflict ->
                                                        "probe: "
                                                                + option.name()
                                                                + conflict
                                                                + " (see probe --help)\n")
                                        .orElse(""))
                .filter(message -> !message.isEmpty())
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void eachOptionIsAcceptedOrRejectedAsDeclared(Transport transport) {
        List<List<String>> modes = new ArrayList<>();
        modes.add(List.of());
        modes.add(List.of("--bulk"));
        modes.add(List.of("--load"));
        if (transport == Transport.UDP) {
            modes.add(List.of("--probe-size"));
        }
        for (String service : option(transport, "--service").values()) {
            for (List<String> mode : modes) {
                for (CommandOption option : options(transport)) {
                    if (!option.name().equals("--service") && !mode.contains(option.name())) {
                        assertAsDeclared(transport, service, mode, option);
                    }
                }
            }
        }
    }

    private static void assertAsDeclared(
            Transport transport, String service, List<String> mode, CommandOption option) {
        List<CommandOption> given = new ArrayList<>();
        given.add(option(transport, "--service"));
        mode.forEach(name -> given.add(option(transport, name)));
        given.add(option);
        List<String> args = new ArrayList<>(List.of("--service", service));
        given.subList(1, given.size()).forEach(each -> args.addAll(arguments(each)));
        assertEquals(
                expected(service, given),
                probe(transport).error(args.toArray(String[]::new)),
                args::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TCP|greet|reconnect bulk bandwidth bytes load-service load-to idle-timeout",
                "TCP|receive|reconnect bulk bandwidth bytes load-service load-to idle-timeout",
                "TCP|echo|bandwidth bytes load-service load-to idle-timeout",
                "TCP|discard|count wait interval rate lookup-interval warmup reconnect load"
                        + " load-service load-to idle-timeout",
                "TCP|chargen|message wait file size count interval rate lookup-interval warmup"
                        + " reconnect load bandwidth load-service load-to idle-timeout",
                "TCP|connect|message file size reconnect bulk bandwidth bytes load load-service"
                        + " load-to idle-timeout",
                "TCP|pipe|message wait label file size count duration interval rate parallel window"
                        + " lookup-interval warmup"
                        + " reconnect bulk bandwidth bytes load load-service load-to fail-if report"
                        + " metrics",
                "UDP|receive|bulk bandwidth load load-service load-to idle-timeout lines"
                        + " probe-size",
                "UDP|echo|bandwidth load-service load-to idle-timeout lines",
                "UDP|stamp|message file bulk bandwidth load-service load-to idle-timeout lines"
                        + " probe-size",
                "UDP|discard|load load-service load-to idle-timeout lines probe-size",
                "UDP|connect|bulk bandwidth load load-service load-to idle-timeout lines"
                        + " probe-size",
                "UDP|pipe|message wait label file count duration interval rate parallel window"
                        + " lookup-interval warmup bulk"
                        + " bandwidth load load-service load-to fail-if report metrics probe-size"
            })
    void serviceRejects(Transport transport, String service, String names) {
        Set<String> rejected = new TreeSet<>();
        for (CommandOption option : options(transport)) {
            List<String> args = new ArrayList<>(List.of("--service", service));
            args.addAll(arguments(option));
            boolean isService = option.name().equals("--service");
            if (!isService && !probe(transport).error(args.toArray(String[]::new)).isEmpty()) {
                rejected.add(option.name().substring(2));
            }
        }
        assertEquals(new TreeSet<>(List.of(names.split(" "))), rejected);
    }
}
