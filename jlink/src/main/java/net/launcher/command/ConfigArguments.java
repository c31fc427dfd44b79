package net.launcher.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a command line, with the contents of its option files inserted after the options
 * that name them. Loaded only if there are any.
 */
final class ConfigArguments {
    static final String OPTION = "--config";

    private static final List<String> ONLY_ON_COMMAND_LINE =
            List.of(OPTION, "-h", "--help", "--version");

    /** Maximum file size: enough for long access lists. */
    private static final int MAX_BYTES = 1 << 20;

    /** Time limit for reading, for example from a pipe without a writer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String SEVERAL = "OPTIONS=";

    /** An operand, or the value of an option, in quotes. */
    private static final String QUOTED = "(-[^\\s=]+[\\s=]\\s*)?(\".*\"|'.*')";

    private final CommandSpec spec;
    private final Map<String, OptionSpec> options;
    private final List<String> arguments = new ArrayList<>();

    /** The places of options, by their longest names, and of operands, from files. */
    private final Map<String, String> places = new HashMap<>();

    /** The file and line that is read; empty outside of files. */
    private String place = "";

    ConfigArguments(CommandSpec spec) {
        this.spec = spec;
        this.options = spec.optionsMap();
    }

    /**
     * Reads the files that a command line names, and returns all arguments.
     *
     * @throws IllegalArgumentException if a file cannot be read or a line is not valid; {@link
     *     #located} adds the line
     * @throws InterruptedIOException if the thread is interrupted while a file is read
     */
    String[] expand(String... args) throws InterruptedIOException {
        int end = List.of(args).indexOf("--");
        for (int i = 0; i < args.length; i++) {
            arguments.add(args[i]);
            Optional<OptionArgument> option =
                    end >= 0 && i >= end ? Optional.empty() : OptionArgument.at(options, args, i);
            if (option.isEmpty()) {
                continue;
            }
            String name = option.get().option().longestName();
            boolean isIncomplete = args[i].equals(name) && i + 1 == args.length;
            if (option.get().length() == 2) {
                i++;
                arguments.add(args[i]);
            }
            locate(option.get().option(), "");
            if (name.equals(OPTION) && !isIncomplete) {
                addFile(option.get().value());
            }
        }
        return arguments.toArray(String[]::new);
    }

    private void addFile(String file) throws InterruptedIOException {
        require(!file.isEmpty(), OPTION + " must name a file");
        byte[] bytes = InputFile.read(OPTION, file, MAX_BYTES, TIMEOUT);
        TextLines lines = new TextLines(file, bytes);
        while (lines.next()) {
            place = lines.place();
            String line = lines.line().strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                addLine(line);
            }
            place = "";
        }
    }

    private void addLine(String line) {
        require(!line.contains("\0"), "line must not contain a NUL character", line);
        require(!line.matches(".*\\s#.*"), "comment must be on a line of its own", line);
        require(!line.matches(QUOTED), "value must be without quotes", line);
        List<String> added =
                line.startsWith(SEVERAL)
                        ? words(line)
                        : line.startsWith("-") ? option(line) : operand(line);
        require(!added.contains("--"), "-- must not be in a file", line);
        // Each line is parsed separately, so that an error has its place.
        ParseResult parsed = new Parser(spec).parse(added.toArray(String[]::new));
        for (String option : ONLY_ON_COMMAND_LINE) {
            require(!parsed.hasMatchedOption(option), option + " must not be in a file", line);
        }
        for (OptionSpec option : parsed.matchedOptions()) {
            locate(option, place);
        }
        for (String operand : parsed.matchedPositionalValue(0, List.<String>of())) {
            places.put(operand, place);
        }
        arguments.addAll(added);
    }

    /** Records the place of an option; a list with several has none. */
    private void locate(OptionSpec option, String where) {
        String name = option.longestName();
        boolean hasSeveral = option.isMultiValue() && places.containsKey(name);
        places.put(name, hasSeveral ? "" : where);
    }

    /** Returns the arguments of a line such as {@code OPTIONS="-c 5 --sync"}. */
    private static List<String> words(String line) {
        String value = line.substring(SEVERAL.length()).strip();
        if (value.startsWith("\"") || value.startsWith("'")) {
            require(
                    value.length() > 1 && value.endsWith(value.substring(0, 1)),
                    "closing quote is missing",
                    line);
            value = value.substring(1, value.length() - 1).strip();
        }
        require(
                !value.matches(".*[\"'\\\\].*"),
                "OPTIONS must have no quotes or backslashes inside; write one option a line",
                line);
        return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
    }

    /** Returns an option, and its value if it follows after white space. */
    private List<String> option(String line) {
        String[] parts = line.split("\\s+", 2);
        if (parts.length == 1 || parts[0].contains("=")) {
            return List.of(line);
        }
        OptionSpec option = options.get(parts[0]);
        boolean isFlag = option != null && option.arity().max() == 0;
        require(!isFlag, parts[0] + " has no value; write one option a line", line);
        for (String word : parts[1].split("\\s+")) {
            require(!options.containsKey(word), "write one option a line", line);
        }
        return List.of(parts);
    }

    private List<String> operand(String line) {
        boolean isOption = options.containsKey("--" + ServiceOperand.parse(line).service());
        require(
                !isOption && !line.matches(".*\\s.*"),
                "line must be an option with its dashes, an endpoint, a port or OPTIONS=...",
                line);
        return List.of(line);
    }

    private static void require(boolean holds, String rule, String value) {
        require(holds, rule + ": " + value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * Returns an error message with the file and line of its cause: the line being read, or that of
     * the option with which the message begins or of the operand with which it ends.
     */
    String located(String message) {
        String cause = place.isEmpty() ? placeOfCause(message) : place;
        return cause.isEmpty() ? message : cause + ": " + message;
    }

    private String placeOfCause(String message) {
        String first = message.split("[ :]", 2)[0];
        if (first.startsWith("-")) {
            return places.getOrDefault(first, "");
        }
        String last = message.substring(message.lastIndexOf(": ") + 1).strip();
        last = last.split(";", 2)[0];
        for (Map.Entry<String, String> given : places.entrySet()) {
            if (given.getKey().equals(last)
                    || given.getKey().endsWith(":" + last)
                    || given.getKey().endsWith("=" + last)) {
                return given.getValue();
            }
        }
        return "";
    }
}
