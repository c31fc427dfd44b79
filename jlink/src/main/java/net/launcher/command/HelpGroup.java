package net.launcher.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A group of options in help texts.
 *
 * @param heading the name of the group, with the rule for all its options, if there is one
 * @param options the options, each with its description and what it requires or excludes
 */
public record HelpGroup(String heading, Map<CommandOption, String> options) {
    /** Returns the groups of a launcher that have options. */
    public static List<HelpGroup> of(Command command) {
        List<HelpGroup> groups = new ArrayList<>();
        for (OptionGroup group : OptionGroup.values()) {
            List<CommandOption> options = new ArrayList<>(command.options());
            options.removeIf(option -> option.group() != group);
            if (!options.isEmpty()) {
                groups.add(of(group, options, command));
            }
        }
        return groups;
    }

    private static HelpGroup of(OptionGroup group, List<CommandOption> options, Command command) {
        List<String> common = new ArrayList<>(options.getFirst().excluded());
        for (CommandOption option : options) {
            common.retainAll(option.excluded());
        }
        common.removeIf(use -> !isKnown(use, command));
        Map<CommandOption, String> described = new LinkedHashMap<>();
        for (CommandOption option : options) {
            described.put(
                    option, option.help(use -> isKnown(use, command) && !common.contains(use)));
        }
        String rule = common.isEmpty() ? "" : " (not with " + WordList.or(common) + ")";
        return new HelpGroup(group.heading() + rule, described);
    }

    /** Returns whether the launcher has a service or option. */
    private static boolean isKnown(String use, Command command) {
        for (CommandOption option : command.options()) {
            boolean isService =
                    option.name().equals(OptionCheck.SERVICE) && option.values().contains(use);
            if (isService || option.names().contains(use)) {
                return true;
            }
        }
        return false;
    }
}
