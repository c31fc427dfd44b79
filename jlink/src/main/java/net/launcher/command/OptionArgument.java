package net.launcher.command;

import net.launcher.command.value.ByteSize;
import net.launcher.command.value.Durations;
import net.launcher.command.value.RateParser;
import net.launcher.command.value.SuffixedNumber;

import picocli.CommandLine.Model.OptionSpec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An option with a value, as it is on the command line.
 *
 * @param value empty if it is missing
 * @param length number of arguments: 1 for {@code --count=5} and {@code -c5}, 2 for {@code -c 5}
 */
record OptionArgument(OptionSpec option, String value, int length) {
    /** Labels of values that never begin with a dash. */
    private static final List<String> PLAIN_LABELS =
            List.of("TIME", "SIZE", "RATE", "N", "NAME", "FORMAT", "CLASS");

    /** Returns the option with a value at an index, if there is one. */
    static Optional<OptionArgument> at(Map<String, OptionSpec> options, String[] args, int index) {
        String arg = args[index];
        if (hasValue(options.get(arg))) {
            boolean isLast = index + 1 == args.length;
            String value = isLast ? "" : args[index + 1];
            return Optional.of(new OptionArgument(options.get(arg), value, isLast ? 1 : 2));
        }
        int equals = arg.indexOf('=');
        int end = arg.startsWith("--") ? equals : Math.min(2, arg.length());
        String name = end < 0 ? arg : arg.substring(0, end);
        if (!hasValue(options.get(name))) {
            return Optional.empty();
        }
        int start = equals == end ? end + 1 : end;
        return Optional.of(new OptionArgument(options.get(name), arg.substring(start), 1));
    }

    private static boolean hasValue(OptionSpec option) {
        return option != null && option.arity().max() > 0;
    }

    /** Rejects another option in place of a value that never begins with a dash. */
    void requireValue(Map<String, OptionSpec> options) {
        boolean isOption = value.equals("--") || options.containsKey(value);
        if (length == 2 && isOption && PLAIN_LABELS.contains(option.paramLabel())) {
            throw new IllegalArgumentException(missing(option) + ", not " + value);
        }
    }

    /** Returns the message about an option without its value. */
    static String missing(OptionSpec option) {
        String name = option.longestName();
        return name + " requires a value, as in " + name + " " + option.paramLabel();
    }

    /** Rejects a unit that is not part of the value, which would become an operand. */
    void requireNoUnit(String next) {
        boolean isUnit =
                !next.isEmpty()
                        && switch (option.paramLabel()) {
                            case "TIME" -> Durations.unitNanos(next) > 0;
                            case "SIZE" -> ByteSize.factor(next) > 0;
                            case "RATE" -> RateParser.factor(next) > 0;
                            default -> false;
                        };
        String name = option.longestName();
        if (isUnit && SuffixedNumber.parse(value).filter(n -> n.suffix().isEmpty()).isPresent()) {
            throw new IllegalArgumentException(
                    name
                            + " must have no space before its unit, as in "
                            + name
                            + " "
                            + value
                            + next
                            + ": "
                            + value
                            + " "
                            + next);
        }
    }

    /** Rejects the long name of an option after a single dash, which is read as a short one. */
    static void requireTwoDashes(Map<String, OptionSpec> options, String arg) {
        if (!arg.startsWith("-") || arg.startsWith("--")) {
            return;
        }
        int equals = arg.indexOf('=');
        String name = equals < 0 ? arg : arg.substring(0, equals);
        if (options.containsKey("-" + name)) {
            throw new IllegalArgumentException(
                    "unknown option: " + name + "; did you mean -" + name + "?");
        }
    }
}
