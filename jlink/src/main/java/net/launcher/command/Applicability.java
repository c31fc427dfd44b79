package net.launcher.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * The services and options that an option requires or excludes. Each is the name of a service, or
 * of an option with its dashes and possibly one of its values, as in {@code --format json}.
 */
final class Applicability {
    private final List<String> required = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();

    /** Adds alternatives, one of which must be in use. */
    void require(String... uses) {
        required.addAll(List.of(uses));
    }

    /** Adds services and options that must not be in use. */
    void exclude(String... uses) {
        excluded.addAll(List.of(uses));
    }

    /**
     * Returns the reason why an option cannot be used, or an empty text if it can.
     *
     * @param service the service in use
     * @param options the options in use, each by its longest name
     */
    String conflict(String service, Collection<String> options) {
        boolean isMissing = !required.isEmpty();
        for (String use : required) {
            if (use.equals(service) || options.contains(use)) {
                isMissing = false;
            }
        }
        if (isMissing) {
            return " requires " + requirement();
        }
        for (String use : excluded) {
            if (use.equals(service) || options.contains(use)) {
                return " cannot be used with " + (isOption(use) ? use : "--service " + use);
            }
        }
        return "";
    }

    private String requirement() {
        List<String> services = new ArrayList<>(required);
        services.removeIf(Applicability::isOption);
        List<String> options = new ArrayList<>(required);
        options.removeAll(services);
        if (services.isEmpty()) {
            return WordList.or(options);
        }
        String ofServices = "--service " + WordList.or(services);
        return options.isEmpty() ? ofServices : ofServices + ", or " + WordList.or(options);
    }

    private static boolean isOption(String use) {
        return use.startsWith("-");
    }

    /** Returns the services and options that are excluded. */
    List<String> excluded() {
        return excluded;
    }

    /**
     * Returns sentences for the help text, each with a space before it.
     *
     * @param isNamed whether an excluded service or option is named
     */
    String help(Predicate<String> isNamed) {
        List<String> others = new ArrayList<>(excluded);
        others.removeIf(isNamed.negate());
        return (required.isEmpty() ? "" : " Only with " + WordList.or(required) + ".")
                + (others.isEmpty() ? "" : " Not with " + WordList.or(others) + ".");
    }
}
