package net.launcher.command;

import net.protocol.Service;

import picocli.CommandLine.Model.OptionSpec;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Declaration of an option: names, value, help, and the services and options with which it can be
 * used. Parsing, conflicts and help texts derive from it.
 */
public final class CommandOption {
    private final OptionGroup group;
    private final String label;
    private final Class<?> type;
    private final List<String> names;
    private final Applicability applicability = new Applicability();
    private List<String> values = List.of();
    private String impliedService = "";
    private String description = "";
    private String summary = "";

    /** Creates a declaration; the label is empty and the type boolean if there is no value. */
    CommandOption(OptionGroup group, String label, Class<?> type, String... names) {
        this.group = group;
        this.label = label;
        this.type = type;
        this.names = List.of(names);
    }

    /** Sets the description in {@code --help}: purpose, unit and default. */
    public CommandOption description(String text) {
        description = text;
        return this;
    }

    /** Sets the line in {@code -h}; an option without one is only in {@code --help}. */
    public CommandOption summary(String text) {
        summary = text;
        return this;
    }

    /** Sets the only values allowed, the default first. */
    public CommandOption values(List<String> allowed) {
        values = List.copyOf(allowed);
        return this;
    }

    /** Requires one of these services; each further call adds alternatives. */
    public CommandOption requires(Service... services) {
        return requires(labels(services));
    }

    /** Requires one of these services or options; each further call adds alternatives. */
    public CommandOption requires(String... uses) {
        applicability.require(uses);
        return this;
    }

    /** Excludes services. */
    public CommandOption excludes(Service... services) {
        return excludes(labels(services));
    }

    /** Excludes services or options. */
    public CommandOption excludes(String... uses) {
        applicability.exclude(uses);
        return this;
    }

    /** Requires a service, and makes it the default. */
    public CommandOption implies(Service service) {
        impliedService = service.label();
        return requires(service);
    }

    private static String[] labels(Service... services) {
        String[] labels = new String[services.length];
        for (int i = 0; i < services.length; i++) {
            labels[i] = services[i].label();
        }
        return labels;
    }

    /** Returns the names, the longest last. */
    public List<String> names() {
        return names;
    }

    /** Returns the longest name. */
    public String name() {
        return names.getLast();
    }

    /** Returns the name of the value in help texts, empty for a flag. */
    public String label() {
        return label;
    }

    /** Returns the only values allowed, the default first; empty if there are others. */
    public List<String> values() {
        return values;
    }

    /** Returns whether the option can be given several times. */
    public boolean isRepeatable() {
        return type == List.class;
    }

    /**
     * Returns the reason why the option cannot be used, or an empty text if it can.
     *
     * @param service the service in use
     * @param options the options in use, each by its longest name
     */
    public String conflict(String service, Collection<String> options) {
        return applicability.conflict(service, options);
    }

    String impliedService() {
        return impliedService;
    }

    OptionGroup group() {
        return group;
    }

    /** Returns the line in {@code -h}, empty if it has none. */
    public String summary() {
        return summary;
    }

    /** Returns the description in {@code --help}, without what is required or excluded. */
    public String description() {
        return description;
    }

    /** Returns the services and options that are excluded. */
    List<String> excluded() {
        return applicability.excluded();
    }

    /**
     * Returns the description with the services and options that are required or excluded.
     *
     * @param isNamed whether an excluded service or option is named
     */
    String help(Predicate<String> isNamed) {
        return description + applicability.help(isNamed);
    }

    /** Returns a new specification for picocli. */
    OptionSpec spec(String help) {
        String[] others = names.subList(1, names.size()).toArray(String[]::new);
        OptionSpec.Builder builder = OptionSpec.builder(names.getFirst(), others);
        if (label.isEmpty()) {
            builder.arity("0");
        } else {
            builder.arity("1").paramLabel(label).auxiliaryTypes(String.class);
        }
        return builder.type(type).description(help).build();
    }

    @Override
    public String toString() {
        return String.join(", ", names) + (label.isEmpty() ? "" : " " + label);
    }
}
