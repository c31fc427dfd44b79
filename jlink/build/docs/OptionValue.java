import net.launcher.command.CommandOption;

/** The kinds of values that a shell completes after options. */
enum OptionValue {
    /** No value. */
    NONE,
    /** A value without candidates, such as a number. */
    OTHER,
    /** One of {@link CommandOption#values}. */
    WORD,
    FILE,
    /** A comma-separated list, in which {@code @FILE} is a file. */
    LIST,
    /** A host, with or without a port. */
    HOST;

    static OptionValue of(CommandOption option) {
        if (!option.values().isEmpty()) {
            return WORD;
        }
        return switch (option.label()) {
            case "" -> NONE;
            case "FILE" -> FILE;
            case "LIST" -> LIST;
            case "ENDPOINT" -> HOST;
            default -> OTHER;
        };
    }

    /** Returns the first clause of the description, which fits beside the names. */
    static String purpose(CommandOption option) {
        return option.description().split("(?<![.])[.;:](?= |$)| \\(default|, such as")[0];
    }
}
