package net.launcher.command;

import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.launcher.output.Output.OutputException;
import net.launcher.output.Versions;
import net.protocol.Protocol;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line of a launcher: operands, options, help, and the handling of failures. */
public final class Command {
    /** Runs a launcher after its command line is parsed. */
    @FunctionalInterface
    public interface Action {
        /**
         * Runs and returns the exit status.
         *
         * @throws IllegalArgumentException if the value of an option or operand is not valid
         * @throws IOException if the network failed, or results could not be written
         */
        int run(Invocation invocation) throws IOException;
    }

    /** The other launchers of the image, used only after an error. */
    @FunctionalInterface
    public interface Siblings {
        /** Returns the names of the launchers that have an option. */
        List<String> owners(String option);
    }

    /** The option with a file of further arguments, of the launchers that declare it. */
    public static final String CONFIG = ConfigArguments.OPTION;

    /** The environment variable that requests stack traces. */
    private static final String DEBUG = "NETPAIR_DEBUG";

    private final String name;
    private final String summary;
    private final List<CommandOption> options = new ArrayList<>();
    private final List<PositionalParamSpec> operands = new ArrayList<>();
    private final Map<String, String> examples = new LinkedHashMap<>();
    private final Map<String, String> services = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> notes = new LinkedHashMap<>();
    private String synopsis;
    private String details = "";
    private boolean namesServices;
    private Optional<Siblings> siblings = Optional.empty();

    /** Creates a command line with the first sentences of its description. */
    public Command(String name, String summary) {
        this.name = name;
        this.summary = summary;
        this.synopsis = name + " [OPTIONS]";
    }

    /** Sets the part of the description that only {@code --help} shows. */
    public Command details(String text) {
        details = text;
        return this;
    }

    /** Adds any number of endpoints to connect to, which may be in files. */
    public Command targets(String description) {
        return operands(
                "[ENDPOINT]...",
                "*",
                description,
                " @FILE has one on each line.",
                "Port of all endpoints");
    }

    /** Adds any number of endpoints to listen on, each of which may name its service. */
    public Command serviceEndpoints(String description) {
        namesServices = true;
        return operands(
                "[[SERVICE=]ENDPOINT]...",
                "*",
                description,
                " Without a service, that of --service.",
                "Port of all endpoints");
    }

    /** Adds the operands for the help text: the endpoints, and the port as the last one. */
    private Command operands(
            String label, String lastIndex, String endpoint, String more, String port) {
        synopsis = name + " [OPTIONS] " + label + " [PORT]";
        operands.add(
                operand(
                        "0.." + lastIndex,
                        label,
                        endpoint
                                + ", as HOST, HOST:PORT, :PORT, [IPV6] or [IPV6]:PORT (default: "
                                + Protocol.DEFAULT_HOST
                                + ")."
                                + more));
        operands.add(
                operand(
                        "1.." + lastIndex,
                        "[PORT]",
                        port
                                + ", if the last operand is a number (default: "
                                + Protocol.DEFAULT_PORT
                                + ")."));
        return this;
    }

    private static PositionalParamSpec operand(String index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(index)
                .arity("0..1")
                .paramLabel(label)
                .hideParamSyntax(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /** Adds an option with a value; the longest name is the last. */
    public CommandOption option(OptionGroup group, String label, String... names) {
        return add(new CommandOption(group, label, String.class, names));
    }

    /** Adds an option with a value that can be repeated. */
    public CommandOption list(OptionGroup group, String label, String... names) {
        return add(new CommandOption(group, label, List.class, names));
    }

    /** Adds an option without a value. */
    public CommandOption flag(OptionGroup group, String... names) {
        return add(new CommandOption(group, "", boolean.class, names));
    }

    private CommandOption add(CommandOption option) {
        options.add(option);
        return option;
    }

    /** Adds an example and its purpose; {@code -h} shows the first ones. */
    public Command example(String line, String purpose) {
        examples.put(line, purpose);
        return this;
    }

    /** Adds a service and its description. */
    public Command service(String service, String description) {
        services.put(service, description);
        return this;
    }

    /** Adds an exit status and its meaning. */
    public Command exitStatus(int status, String meaning) {
        return note("Exit status", Integer.toString(status), meaning);
    }

    /** Adds a term and its text to a section at the end of {@code --help}. */
    public Command note(String heading, String term, String text) {
        if (!notes.containsKey(heading)) {
            notes.put(heading, new LinkedHashMap<>());
        }
        notes.get(heading).put(term, text);
        return this;
    }

    /** Sets the other launchers, whose options are named after an error. */
    public Command siblings(Siblings launchers) {
        siblings = Optional.of(launchers);
        return this;
    }

    /** Adds the options and sections that all launchers have. */
    public Command complete(Format... formats) {
        List<String> names = new ArrayList<>();
        List<String> explained = new ArrayList<>();
        for (Format format : formats) {
            names.add(format.toString());
            explained.add(format.explained());
        }
        option(OptionGroup.OUTPUT, "FORMAT", "--format")
                .values(names)
                .summary(WordList.or(names) + " (default: text)")
                .description("Format of results: " + WordList.or(explained) + " (default: text).");
        flag(OptionGroup.OUTPUT, "--verbose")
                .description("Print network details on standard error.");
        flag(OptionGroup.GENERAL, "-h").description("Print a summary of this help and exit.");
        flag(OptionGroup.GENERAL, "--help")
                .summary("all options")
                .description("Print this help and exit.");
        flag(OptionGroup.GENERAL, "-V", "--version")
                .description("Print the versions of Netpair, the JDK and the modules and exit.");
        return note("Environment", DEBUG + "=1", "print stack traces with errors")
                .note(
                        "Environment",
                        "NETPAIR_JAVA_OPTIONS",
                        "options for the Java virtual machine, such as -Xmx512m");
    }

    /** Returns whether some arguments are in a file. */
    public static boolean hasConfig(String... args) {
        for (String arg : args) {
            if (arg.equals(CONFIG) || arg.startsWith(CONFIG + "=")) {
                return true;
            }
        }
        return false;
    }

    /** Parses the arguments and runs the action; a failure is reported in one line. */
    public int run(Action action, OutputStream out, PrintStream err, String... args) {
        boolean isDebug = "1".equals(System.getenv(DEBUG));
        Diagnostics diagnostics = new Diagnostics(name, err, false, isDebug);
        Optional<ConfigArguments> config =
                hasConfig(args) ? Optional.of(new ConfigArguments(spec())) : Optional.empty();
        try {
            String[] all = config.isPresent() ? config.get().expand(args) : args;
            return run(action, new Parser(spec()).parse(all), new Output(out), diagnostics);
        } catch (UnknownOptionException e) {
            return misused(UnknownOptions.message(e, this), config, e, diagnostics);
        } catch (IllegalArgumentException e) {
            return misused(e.getMessage(), config, e, diagnostics);
        } catch (OutputException e) {
            if (e.isBrokenPipe()) {
                diagnostics.trace(e);
            } else {
                diagnostics.error(e);
            }
            return Exit.USAGE;
        } catch (IOException e) {
            diagnostics.error(e);
            return Exit.NETWORK;
        }
    }

    private int run(Action action, ParseResult parsed, Output output, Diagnostics diagnostics)
            throws IOException {
        if (parsed.hasMatchedOption("--help")) {
            output.write(HelpText.of(this));
        } else if (parsed.hasMatchedOption("-h")) {
            output.write(HelpSummary.of(this));
        } else if (parsed.hasMatchedOption("--version")) {
            output.write(Versions.text());
        } else {
            boolean isVerbose = parsed.hasMatchedOption("--verbose");
            Diagnostics err =
                    new Diagnostics(name, diagnostics.err(), isVerbose, diagnostics.isDebug());
            String service = OptionCheck.service(options, parsed, namesServices);
            return action.run(new Invocation(parsed, service, output, err));
        }
        return Exit.OK;
    }

    private int misused(
            String message,
            Optional<ConfigArguments> config,
            IllegalArgumentException cause,
            Diagnostics diagnostics) {
        String located = config.isPresent() ? config.get().located(message) : message;
        diagnostics.print(Parser.shown(located) + " (see " + name + " --help)");
        diagnostics.trace(cause);
        return Exit.USAGE;
    }

    /**
     * Returns a new specification of the operands and options, without descriptions of the options.
     */
    CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name);
        for (CommandOption option : options) {
            spec.addOption(option.spec(""));
        }
        for (PositionalParamSpec operand : operands) {
            spec.addPositional(operand);
        }
        return spec;
    }

    /** Returns the options in the order of their declaration. */
    public List<CommandOption> options() {
        return List.copyOf(options);
    }

    public String name() {
        return name;
    }

    public String synopsis() {
        return synopsis;
    }

    public String summary() {
        return summary;
    }

    public String details() {
        return details;
    }

    /** Returns the labels of the operands, each with its description. */
    public Map<String, String> operands() {
        Map<String, String> described = new LinkedHashMap<>();
        for (PositionalParamSpec operand : operands) {
            described.put(operand.paramLabel(), operand.description()[0]);
        }
        return described;
    }

    /** Returns the examples, each with its purpose. */
    public Map<String, String> examples() {
        return examples;
    }

    /** Returns the names of the services, each with its description. */
    public Map<String, String> services() {
        return services;
    }

    /** Returns the services that operands may name, empty if they are endpoints only. */
    public List<String> operandServices() {
        return namesServices ? List.copyOf(services.keySet()) : List.of();
    }

    /** Returns the headings of the last sections of {@code --help}, each with terms and texts. */
    public Map<String, Map<String, String>> notes() {
        return notes;
    }

    Optional<Siblings> siblings() {
        return siblings;
    }
}
