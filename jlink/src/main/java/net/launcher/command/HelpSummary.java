package net.launcher.command;

import java.util.List;

/** The text of {@code -h}: synopsis, the most used options, and examples. */
final class HelpSummary {
    private static final int MAX_EXAMPLES = 3;

    private HelpSummary() {}

    static String of(Command command) {
        StringBuilder text = new StringBuilder("Usage: ").append(command.synopsis()).append('\n');
        text.append(command.summary()).append("\n\n");
        int width = 0;
        for (CommandOption option : command.options()) {
            if (!option.summary().isEmpty()) {
                width = Math.max(width, option.toString().length());
            }
        }
        for (HelpGroup group : HelpGroup.of(command)) {
            for (CommandOption option : group.options().keySet()) {
                if (!option.summary().isEmpty()) {
                    String names = option.toString();
                    text.append("  ").append(names).append(" ".repeat(width - names.length()));
                    text.append("  ").append(option.summary()).append('\n');
                }
            }
        }
        List<String> examples = AlignedTerms.lines(command.examples());
        text.append(examples.isEmpty() ? "" : "\nExamples:\n");
        for (String line : examples.subList(0, Math.min(MAX_EXAMPLES, examples.size()))) {
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
