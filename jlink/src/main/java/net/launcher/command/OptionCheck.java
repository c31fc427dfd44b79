package net.launcher.command;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.util.ArrayList;
import java.util.List;

/** Checks the options of a command line against their declarations. */
final class OptionCheck {
    static final String SERVICE = "--service";

    private final List<CommandOption> given = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final ParseResult options;
    private String service = "";

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
     * @throws IllegalArgumentException if a value is not allowed, or options cannot be used
     *     together or with the service
     */
    static String service(List<CommandOption> declared, ParseResult options) {
        OptionCheck check = new OptionCheck(declared, options);
        check.requireValues();
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

    private void requireApplicable() {
        for (CommandOption option : given) {
            if (!names.contains(SERVICE) && !option.impliedService().isEmpty()) {
                service = option.impliedService();
            }
        }
        for (CommandOption option : given) {
            String conflict = option.conflict(service, names);
            if (!conflict.isEmpty()) {
                throw new IllegalArgumentException(option.name() + conflict);
            }
        }
    }
}
