import net.launcher.command.Command;
import net.launcher.command.CommandOption;

/** The completion of a launcher for fish. */
final class FishCompletion {
    private static final String HOSTS = "(__fish_print_hostnames)";

    /** Completes the last entry of a comma-separated list. */
    private static final String LIST =
            """
            function __netpair_list
                set -l parts (string match -r -- '^(?:--[a-z]+=)?(.*[,@]|)(.*)$' (commandline -ct))
                if string match -q -- '*@' $parts[2]
                    printf '%s\\n' $parts[2](__fish_complete_path $parts[3])
                else
                    printf '%s\\n' $parts[2](__fish_print_hostnames)
                end
            end
            """;

    private FishCompletion() {}

    /** Returns the script. */
    static String of(Command command) {
        String complete = "complete -c " + command.name();
        StringBuilder script = new StringBuilder(complete).append(" -f");
        script.append(command.operands().isEmpty() ? "" : " -a '" + HOSTS + "'").append('\n');
        if (!command.operandServices().isEmpty()) {
            String services = String.join("= ", command.operandServices()) + "=";
            script.append(complete).append(" -a ").append(quoted(services)).append('\n');
        }
        boolean hasList = false;
        for (CommandOption option : command.options()) {
            script.append(complete);
            for (String name : option.names()) {
                script.append(name.replaceFirst("^--", " -l ").replaceFirst("^-", " -s "));
            }
            script.append(value(option)).append(" -d ");
            script.append(quoted(OptionValue.purpose(option))).append('\n');
            hasList |= OptionValue.of(option) == OptionValue.LIST;
        }
        return (hasList ? LIST : "") + script;
    }

    private static String value(CommandOption option) {
        return switch (OptionValue.of(option)) {
            case NONE -> "";
            case WORD -> " -x -a " + quoted(String.join(" ", option.values()));
            case FILE -> " -r -F";
            case LIST -> " -x -a '(__netpair_list)'";
            case HOST -> " -x -a '" + HOSTS + "'";
            case OTHER -> " -x";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
