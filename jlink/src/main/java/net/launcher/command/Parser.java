package net.launcher.command;

import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses command lines in GNU style, without expanding files or variables in arguments. */
public final class Parser {
    /** Replaces {@code --}; no argument of a process can be equal to it. */
    private static final String END_OF_OPTIONS = "\0";

    private static final int MAX_SHOWN_LENGTH = 300;

    private final CommandSpec spec;

    public Parser(CommandSpec spec) {
        this.spec = spec;
    }

    /**
     * Returns the options and operands of a command line.
     *
     * @throws IllegalArgumentException if an option is unknown or lacks its value, or there are too
     *     many operands
     */
    public ParseResult parse(String... args) {
        try {
            return new CommandLine(spec)
                    .setExpandAtFiles(false)
                    .setInterpolateVariables(false)
                    .setOverwrittenOptionsAllowed(true)
                    .setAllowOptionsAsOptionParameters(true)
                    .setEndOfOptionsDelimiter(END_OF_OPTIONS)
                    .parseArgs(marked(args));
        } catch (UnmatchedArgumentException e) {
            String argument = e.getUnmatched().getFirst();
            if (e.isUnknownOption()) {
                throw new UnknownOptionException(argument, e);
            }
            throw new IllegalArgumentException("too many operands: " + argument, e);
        } catch (MissingParameterException e) {
            OptionSpec option = (OptionSpec) e.getMissing().getFirst();
            throw new IllegalArgumentException(OptionArgument.missing(option), e);
        } catch (ParameterException e) {
            String message = e.getMessage();
            throw new IllegalArgumentException(
                    Character.toLowerCase(message.charAt(0)) + message.substring(1), e);
        }
    }

    /**
     * Marks the end of options, since picocli would also take an option's value for it. Rejects
     * arguments before it that would not be parsed as their form suggests.
     */
    private String[] marked(String... args) {
        Map<String, OptionSpec> options = spec.optionsMap();
        String[] marked = args.clone();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--")) {
                marked[i] = END_OF_OPTIONS;
                return marked;
            }
            OptionArgument.requireTwoDashes(options, args[i]);
            Optional<OptionArgument> option = OptionArgument.at(options, args, i);
            if (option.isPresent()) {
                option.get().requireValue(options);
                i += option.get().length() - 1;
                option.get().requireNoUnit(i + 1 < args.length ? args[i + 1] : "");
            }
        }
        return marked;
    }

    /** Returns the arguments that were parsed. */
    static List<String> given(ParseResult options) {
        List<String> given = new ArrayList<>(options.originalArgs());
        given.replaceAll(arg -> arg.equals(END_OF_OPTIONS) ? "--" : arg);
        return List.copyOf(given);
    }

    /** Returns a message shortened to a readable length. */
    public static String shown(String message) {
        if (message.length() <= MAX_SHOWN_LENGTH) {
            return message;
        }
        // Not between the halves of a surrogate pair.
        boolean splits = Character.isHighSurrogate(message.charAt(MAX_SHOWN_LENGTH - 1));
        return message.substring(0, MAX_SHOWN_LENGTH - (splits ? 1 : 0)) + "...";
    }
}
