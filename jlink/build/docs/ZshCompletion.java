import net.launcher.command.Command;
import net.launcher.command.CommandOption;

import java.util.ArrayList;
import java.util.List;

/** The completion of a launcher for zsh. */
final class ZshCompletion {
    /** Completes the last entry of a comma-separated list. */
    private static final String LIST =
            "{ compset -P \"*,\"; if compset -P @; then _files; else _hosts; fi }";

    private ZshCompletion() {}

    /** Returns the function, whose name is that of its file. */
    static String of(Command command) {
        List<String> lines = new ArrayList<>(List.of("_arguments -s -S"));
        for (CommandOption option : command.options()) {
            lines.add("  " + specification(option));
        }
        for (String operand : command.operands().keySet()) {
            if (operand.endsWith("...")) {
                lines.add("  '*:ENDPOINT:" + endpoint(command) + "'");
                break;
            }
            lines.add(operand.equals("[PORT]") ? "  '2:PORT: '" : "  '1:ENDPOINT:_hosts'");
        }
        return "#compdef " + command.name() + "\n" + String.join(" \\\n", lines) + "\n";
    }

    /** Returns the action for an endpoint, which may begin with a service. */
    private static String endpoint(Command command) {
        String services = String.join(" ", command.operandServices());
        return services.isEmpty()
                ? "_hosts"
                : "{ compset -P \"*=\" || compadd -S = -- " + services + "; _hosts }";
    }

    /** Returns an option for _arguments; of several names each excludes the others. */
    private static String specification(CommandOption option) {
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
            boolean hasValue = !option.label().isEmpty();
            names.add(name + (hasValue ? name.startsWith("--") ? "=" : "+" : ""));
        }
        String rest = description(option) + value(option);
        if (names.size() == 1) {
            return quoted((option.isRepeatable() ? "*" : "") + names.getFirst() + rest);
        }
        String excluded = "(" + String.join(" ", option.names()) + ")";
        return quoted(excluded) + "{" + String.join(",", names) + "}" + quoted(rest);
    }

    private static String description(CommandOption option) {
        return "[" + OptionValue.purpose(option).replaceAll("[\\[\\]\\\\]", "\\\\$0") + "]";
    }

    private static String value(CommandOption option) {
        String action =
                switch (OptionValue.of(option)) {
                    case NONE -> "";
                    case WORD -> "(" + String.join(" ", option.values()) + ")";
                    case FILE -> "_files";
                    case LIST -> LIST;
                    case HOST -> "_hosts";
                    case OTHER -> " ";
                };
        return action.isEmpty() ? "" : ":" + option.label() + ":" + action;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
