package net.launcher.command;

import java.util.ArrayList;
import java.util.List;

/** Explains options that a launcher does not have. Loaded only after an error. */
final class UnknownOptions {
    private UnknownOptions() {}

    /**
     * Names the launchers that have the option, otherwise the closest option of this launcher,
     * which comes first if only hyphens differ.
     */
    static String message(UnknownOptionException unknown, Command command) {
        String given = unknown.option();
        boolean isLong = given.length() > 2 && !given.startsWith("--");
        String option = isLong ? "-" + given : given;
        List<String> names = new ArrayList<>();
        boolean hasSame = false;
        for (CommandOption declared : command.options()) {
            for (String name : declared.names()) {
                names.add(name);
                hasSame |= name.replace("-", "").equals(option.replace("-", ""));
            }
        }
        List<String> owners =
                command.siblings().map(siblings -> siblings.owners(option)).orElse(List.of());
        return hasSame || owners.isEmpty()
                ? unknown.getMessage() + Suggestions.question(option, names)
                : option + " is an option of " + WordList.and(owners);
    }
}
