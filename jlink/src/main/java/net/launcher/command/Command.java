package net.launcher.command;

import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.launcher.output.Output.OutputException;
import net.launcher.output.Versions;
import net.protocol.Protocol;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A launcher's command line: what it takes, its help, and what every launcher does alike. */
public final class Command {
    /** What a launcher does once its command line is understood. */
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

    private static final int HELP_WIDTH = 80;

    private final CommandSpec spec = CommandSpec.create();
    private final Map<String, String> exitStatuses = new LinkedHashMap<>();
    private final List<String> footer = new ArrayList<>();

    public Command(String name, String... description) {
        spec.name(name);
        spec.usageMessage()
                .customSynopsis(name + " [OPTIONS]")
                .description(plain(description))
                .width(HELP_WIDTH)
                .sortOptions(false)
                .parameterListHeading("%nOperands:%n")
                .optionListHeading("%nOptions:%n")
                .exitCodeListHeading("%nExit status:%n")
                .footerHeading("%nExamples:%n");
    }

    /** Adds where to connect. */
    public Command endpoint(String description) {
        return operands("[ENDPOINT]", "1", description, "The port");
    }

    /** Adds where to listen, which may be several places. */
    public Command endpoints(String description) {
        return operands("[ENDPOINT]...", "*", description, "The port of all endpoints");
    }

    /** Adds what takes all operands, and a port, which is one of them, for the help. */
    private Command operands(String label, String lastIndex, String endpoint, String port) {
        spec.usageMessage().customSynopsis(spec.name() + " [OPTIONS] " + label + " [PORT]");
        spec.addPositional(
                operand(
                        "0.." + lastIndex,
                        label,
                        endpoint
                                + ", as HOST, HOST:PORT, :PORT, [IPV6] or [IPV6]:PORT (default: "
                                + Protocol.DEFAULT_HOST
                                + ")."));
        spec.addPositional(
                operand(
                        "1.." + lastIndex,
                        "[PORT]",
                        port
                                + ", as an operand of its own (default: "
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

    public Command option(String label, String description, String... names) {
        spec.addOption(option(label, description, String.class, names));
        return this;
    }

    /** Adds an option that may be given many times. */
    public Command options(String label, String description, String... names) {
        spec.addOption(option(label, description, List.class, names));
        return this;
    }

    private static OptionSpec option(
            String label, String description, Class<?> type, String... names) {
        return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
                .arity("1")
                .paramLabel(label)
                .type(type)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /** Completes a server's command line. */
    public Command server(String... examples) {
        footer.addAll(
                List.of(
                        "",
                        "Signals:",
                        "  SIGTERM, SIGINT   end with a summary, the second one at once",
                        "  SIGHUP            opens the file of --output again, and reads again"
                                + " what",
                        "                    --allow and --deny list; without any of these, ends",
                        "  SIGUSR1           says the summary so far on standard error"));
        exitStatus(
                Exit.OK,
                "Ended by a signal or by --count; what was under way had the time of --drain to"
                        + " end.");
        exitStatus(Exit.NETWORK, "A name to listen on, or of --allow or --deny, was not found.");
        exitStatus(
                Exit.USAGE,
                "Usage, or this machine: port in use, rules not valid, results not written.");
        return complete(Format.HELP, examples);
    }

    /** Completes a client's command line, with what its success and its failures are. */
    public Command client(String success, String failures, String... examples) {
        footer.addAll(
                List.of(
                        "",
                        "Signals:",
                        "  SIGINT, SIGTERM   end a run with its figures so far",
                        "  SIGUSR1, Enter    say the figures so far on standard error"));
        exitStatus(Exit.OK, success);
        exitStatus(
                Exit.NETWORK,
                "The network or the peer failed: "
                        + failures
                        + " One exchange of a run is enough, unless --fail-if is given.");
        exitStatus(Exit.USAGE, "Usage, or this machine: not permitted, results not written.");
        exitStatus(Exit.THRESHOLD, "The run is over, and something of --fail-if holds.");
        exitStatus(Exit.HUNG_UP, "Ended by SIGHUP.");
        exitStatus(Exit.INTERRUPTED, "Ended by SIGINT.");
        exitStatus(Exit.TERMINATED, "Ended by SIGTERM.");
        return complete(Format.HELP, examples);
    }

    /** Adds what an exit status means, to those added before. */
    public Command exitStatus(int status, String meaning) {
        exitStatuses.put(Integer.toString(status), meaning);
        return this;
    }

    /** Adds the options of all launchers, and examples. */
    public Command complete(String formats, String... examples) {
        option("FORMAT", "The form of results: " + formats + " (default: text).", "--format");
        flag("--verbose", "Say more on standard error, and stack traces with errors.");
        flag("--help", "Show this help and exit.");
        flag("--version", "Show the versions of the parts and exit.");
        footer.addAll(0, List.of(examples));
        spec.usageMessage().exitCodeList(exitStatuses).footer(plain(footer.toArray(new String[0])));
        return this;
    }

    public void flag(String name, String description) {
        spec.addOption(
                OptionSpec.builder(name)
                        .arity("0")
                        .type(boolean.class)
                        .description(description)
                        .build());
    }

    /** Keeps picocli from taking a percent sign for a format, as it does around options. */
    private static String[] plain(String... texts) {
        String[] plain = new String[texts.length];
        for (int i = 0; i < texts.length; i++) {
            plain[i] = texts[i].replace("%", "%%");
        }
        return plain;
    }

    /** Understands the arguments and acts on them; whatever fails is one line on {@code err}. */
    public int run(Action action, OutputStream out, PrintStream err, String... args) {
        Diagnostics diagnostics = new Diagnostics(spec.name(), err, false);
        Output output = new Output(out);
        try {
            ParseResult options = new Parser(spec).parse(args);
            if (options.hasMatchedOption("--help")) {
                output.write(help());
            } else if (options.hasMatchedOption("--version")) {
                output.write(Versions.text());
            } else {
                boolean verbose = options.hasMatchedOption("--verbose");
                diagnostics = new Diagnostics(spec.name(), err, verbose);
                return action.run(new Invocation(options, output, diagnostics));
            }
            return Exit.OK;
        } catch (IllegalArgumentException e) {
            diagnostics.say(Parser.shown(e.getMessage()) + " (see " + spec.name() + " --help)");
            diagnostics.trace(e);
            return Exit.USAGE;
        } catch (OutputException e) {
            diagnostics.error(e);
            return Exit.USAGE;
        } catch (IOException e) {
            diagnostics.error(e);
            return Exit.NETWORK;
        }
    }

    private String help() {
        StringWriter text = new StringWriter();
        new CommandLine(spec).usage(new PrintWriter(text), Ansi.OFF);
        return text.toString();
    }
}
