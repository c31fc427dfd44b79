package net.launcher.command;

import java.util.ArrayList;
import java.util.List;

/** Explains options that a launcher does not have. Loaded only after an error. */
final class UnknownOptions {
    private UnknownOptions() {}

    /** Names the launchers that have the option, otherwise the closest option of this launcher. */
    static String message(UnknownOptionException unknown, Command command) {
        String given = unknown.option();
        boolean isLong = given.length() > 2 && !given.startsWith("--");
        String option = isLong ? "-" + given : given;
        List<String> owners =
                command.siblings().map(siblings -> siblings.owners(option)).orElse(List.of());
        if (!owners.isEmpty()) {
            return option + " is an option of " + WordList.and(owners);
        }
        List<String> names = new ArrayList<>();
        for (CommandOption declared : command.options()) {
            names.addAll(declared.names());
        }
        return unknown.getMessage() + Suggestions.question(option, names);
    }
}
