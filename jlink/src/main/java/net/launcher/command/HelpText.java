package net.launcher.command;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.ArrayList;
import java.util.List;

/** The text of {@code --help}: all options in groups, examples, exit statuses and signals. */
final class HelpText {
    private static final int WIDTH = 80;
    private static final int LABEL_WIDTH = 23;

    private final Command command;
    private final Help help;
    private final List<OptionSpec> specs = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private HelpText(Command command) {
        this.command = command;
        CommandSpec spec = command.spec();
        spec.parser().separator(" ");
        spec.usageMessage()
                .width(WIDTH)
                .longOptionsMaxWidth(LABEL_WIDTH)
                .description(plain((command.summary() + "\n" + command.details()).strip()))
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(command.exitStatuses());
        this.help = new Help(spec, Help.defaultColorScheme(Ansi.OFF));
    }

    static String of(Command command) {
        return new HelpText(command).text();
    }

    private String text() {
        text.append("Usage: ").append(command.synopsis()).append('\n');
        text.append(help.description());
        addSpecs();
        if (!command.operands().isEmpty()) {
            Layout layout = layout();
            layout.addAllPositionalParameters(command.operands(), help.parameterLabelRenderer());
            text.append("\nOperands:\n").append(layout);
        }
        addLines("Examples", command.examples());
        addLines("Services", command.services());
        addGroups();
        text.append(help.exitCodeListHeading()).append(help.exitCodeList());
        command.notes().forEach(this::addLines);
        return text.toString();
    }

    /** Returns the options in the order of their groups. */
    static List<CommandOption> grouped(Command command) {
        List<CommandOption> options = new ArrayList<>();
        for (OptionGroup group : OptionGroup.values()) {
            for (CommandOption option : command.options()) {
                if (option.group() == group) {
                    options.add(option);
                }
            }
        }
        return options;
    }

    private void addSpecs() {
        for (CommandOption option : grouped(command)) {
            List<String> ofGroup = excluded(option.group());
            String description = option.help(use -> isKnown(use) && !ofGroup.contains(use));
            specs.add(option.spec(plain(description)));
        }
    }

    /** Returns the services and options of this launcher that all options of a group exclude. */
    private List<String> excluded(OptionGroup group) {
        List<String> common = new ArrayList<>();
        boolean isFirst = true;
        for (CommandOption option : command.options()) {
            if (option.group() == group && isFirst) {
                common.addAll(option.excluded());
                isFirst = false;
            } else if (option.group() == group) {
                common.retainAll(option.excluded());
            }
        }
        common.removeIf(use -> !isKnown(use));
        return common;
    }

    /** Returns whether the launcher has a service or option. */
    private boolean isKnown(String use) {
        for (CommandOption option : command.options()) {
            boolean isService =
                    option.name().equals(OptionCheck.SERVICE) && option.values().contains(use);
            if (isService || option.names().contains(use)) {
                return true;
            }
        }
        return false;
    }

    /** Doubles percent signs, which picocli would interpret as formats. */
    private static String plain(String text) {
        return text.replace("%", "%%");
    }

    private void addGroups() {
        List<CommandOption> options = grouped(command);
        for (OptionGroup group : OptionGroup.values()) {
            Layout layout = layout();
            for (int i = 0; i < options.size(); i++) {
                if (options.get(i).group() == group) {
                    layout.addOption(specs.get(i), help.parameterLabelRenderer());
                }
            }
            String rows = layout.toString();
            if (!rows.isEmpty()) {
                List<String> excluded = excluded(group);
                String rule = excluded.isEmpty() ? "" : " (not with " + WordList.or(excluded) + ")";
                text.append('\n').append(group.heading()).append(rule).append(":\n").append(rows);
            }
        }
    }

    /** Returns a table with the columns of all options and operands. */
    private Layout layout() {
        Layout layout = help.createDefaultLayout(specs, command.operands(), help.colorScheme());
        layout.textTable().indentWrappedLines = 0;
        return layout;
    }

    private void addLines(String heading, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        text.append('\n').append(heading).append(":\n");
        for (String line : lines) {
            text.append(line).append('\n');
        }
    }
}
