package net.launcher.command;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.util.ArrayList;
import java.util.List;

/** Checks the options of a command line against their declarations. */
final class OptionCheck {
    static final String SERVICE = "--service";

    private final List<CommandOption> given = new ArrayList<>();

    /** The names of the given options; also with the value, if only some values are allowed. */
    private final List<String> names = new ArrayList<>();

    private final ParseResult options;
    private String service = "";

    /** The services of the operands; empty for a launcher whose operands name none. */
    private List<String> services = List.of();

    private OptionCheck(List<CommandOption> declared, ParseResult options) {
        this.options = options;
        for (CommandOption option : declared) {
            if (option.name().equals(SERVICE)) {
                service = options.matchedOptionValue(SERVICE, option.values().getFirst());
            }
        }
        for (OptionSpec matched : options.matchedOptions()) {
            CommandOption option = find(declared, matched.longestName());
            given.add(option);
            names.add(option.name());
            if (!option.values().isEmpty()) {
                names.add(option.name() + " " + options.matchedOptionValue(option.name(), ""));
            }
        }
    }

    private static CommandOption find(List<CommandOption> declared, String name) {
        for (CommandOption option : declared) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        throw new IllegalStateException(name);
    }

    /**
     * Returns the service in use: given, implied by another option, or the default; empty if the
     * launcher has none.
     *
     * @param namesServices whether operands may name other services
     * @throws IllegalArgumentException if a value or the service of an operand is not allowed, or
     *     options cannot be used together or with any of the services
     */
    static String service(
            List<CommandOption> declared, ParseResult options, boolean namesServices) {
        OptionCheck check = new OptionCheck(declared, options);
        check.requireValues();
        if (namesServices) {
            check.addServices(declared);
        }
        check.requireApplicable();
        return check.service;
    }

    private void requireValues() {
        for (CommandOption option : given) {
            List<String> allowed = option.values();
            String value = allowed.isEmpty() ? "" : options.matchedOptionValue(option.name(), "");
            if (!allowed.isEmpty() && !allowed.contains(value)) {
                throw new IllegalArgumentException(
                        option.name()
                                + " must be "
                                + WordList.or(allowed)
                                + ": "
                                + value
                                + Suggestions.question(value, allowed));
            }
        }
    }

    /** Adds the services of the operands, which replace a default that no operand has. */
    private void addServices(List<CommandOption> declared) {
        List<String> hosts = Invocation.hosts(options);
        boolean isUsed = hosts.isEmpty();
        for (String operand : hosts) {
            if (ServiceOperand.isNamed(operand)) {
                requireService(operand, declared);
            } else {
                isUsed = true;
            }
        }
        if (!isUsed && names.contains(SERVICE)) {
            throw new IllegalArgumentException(
                    SERVICE
                            + " requires an endpoint without a service: "
                            + String.join(" ", hosts));
        }
        services = ServiceOperand.services(hosts, service);
    }

    private void requireService(String operand, List<CommandOption> declared) {
        String name = ServiceOperand.parse(operand).service();
        List<String> allowed = find(declared, SERVICE).values();
        if (!allowed.contains(name)) {
            List<String> candidates = new ArrayList<>(allowed);
            for (CommandOption option : declared) {
                candidates.add(option.name());
            }
            throw new IllegalArgumentException(
                    "service must be "
                            + WordList.or(allowed)
                            + ": "
                            + operand
                            + Suggestions.question(name, candidates));
        }
    }

    private void requireApplicable() {
        for (CommandOption option : given) {
            if (!names.contains(SERVICE) && !option.impliedService().isEmpty()) {
                service = option.impliedService();
            }
        }
        for (CommandOption option : given) {
            String conflict = conflict(option);
            if (!conflict.isEmpty()) {
                throw new IllegalArgumentException(option.name() + conflict);
            }
        }
    }

    /** Returns the reason why an option fits no service, or an empty text if it fits one. */
    private String conflict(CommandOption option) {
        if (services.isEmpty()) {
            return option.conflict(service, names);
        }
        String conflict = "";
        for (String each : services) {
            conflict = option.conflict(each, names);
            if (conflict.isEmpty()) {
                return "";
            }
        }
        return conflict;
    }
}
