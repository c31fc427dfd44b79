package net.launcher.command;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The text of {@code --help}: all options in groups, examples, exit statuses and signals. */
final class HelpText {
    private static final int LABEL_WIDTH = 23;

    private final Command command;
    private final CommandSpec spec;
    private final Help help;
    private final Map<CommandOption, OptionSpec> specs = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private HelpText(Command command) {
        this.command = command;
        this.spec = command.spec();
        spec.parser().separator(" ");
        spec.usageMessage()
                .width(AlignedTerms.WIDTH)
                .longOptionsMaxWidth(LABEL_WIDTH)
                .description(plain((command.summary() + "\n" + command.details()).strip()));
        this.help = new Help(spec, Help.defaultColorScheme(Ansi.OFF));
    }

    static String of(Command command) {
        return new HelpText(command).text();
    }

    private String text() {
        text.append("Usage: ").append(command.synopsis()).append('\n');
        text.append(help.description());
        List<HelpGroup> groups = HelpGroup.of(command);
        for (HelpGroup group : groups) {
            group.options().forEach((option, each) -> specs.put(option, option.spec(plain(each))));
        }
        if (!command.operands().isEmpty()) {
            Layout layout = layout();
            layout.addAllPositionalParameters(
                    spec.positionalParameters(), help.parameterLabelRenderer());
            text.append("\nOperands:\n").append(layout);
        }
        addTerms("Examples", command.examples());
        addTerms("Services", command.services());
        groups.forEach(this::addGroup);
        command.notes().forEach(this::addTerms);
        return text.toString();
    }

    /** Doubles percent signs, which picocli would interpret as formats. */
    private static String plain(String text) {
        return text.replace("%", "%%");
    }

    private void addGroup(HelpGroup group) {
        Layout layout = layout();
        for (CommandOption option : group.options().keySet()) {
            layout.addOption(specs.get(option), help.parameterLabelRenderer());
        }
        text.append('\n').append(group.heading()).append(":\n").append(layout);
    }

    /** Returns a table with the columns of all options and operands. */
    private Layout layout() {
        Layout layout =
                help.createDefaultLayout(
                        List.copyOf(specs.values()),
                        spec.positionalParameters(),
                        help.colorScheme());
        layout.textTable().indentWrappedLines = 0;
        return layout;
    }

    private void addTerms(String heading, Map<String, String> terms) {
        if (terms.isEmpty()) {
            return;
        }
        text.append('\n').append(heading).append(":\n");
        for (String line : AlignedTerms.lines(terms)) {
            text.append(line).append('\n');
        }
    }
}
