package net.launcher.command;

import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Protocol;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One use of a launcher: what the user asked for, and where to write. Each accessor throws {@link
 * IllegalArgumentException} if the value is not valid.
 */
public record Invocation(ParseResult options, Output out, Diagnostics err) {
    public Format format() {
        return Format.parse(options.matchedOptionValue("--format", Format.TEXT.toString()));
    }

    /** Returns where to connect: the first operand, with the second one as its port. */
    public Endpoint endpoint() {
        List<String> operands = operands();
        return switch (operands.size()) {
            case 0 -> Endpoint.parse(Protocol.DEFAULT_HOST, Protocol.DEFAULT_PORT);
            case 1 -> Endpoint.parse(operands.get(0), Protocol.DEFAULT_PORT);
            default -> endpoint(operands.get(0), operands.get(1));
        };
    }

    /**
     * Returns where to listen, at least one: each operand, with the last one as the port of all the
     * others if it is digits alone.
     */
    public List<Endpoint> endpoints() {
        List<String> operands = operands();
        if (operands.size() < 2) {
            return List.of(endpoint());
        }
        String last = operands.getLast();
        boolean isPort = CountParser.isNumber(last);
        List<Endpoint> endpoints = new ArrayList<>();
        for (String operand : isPort ? operands.subList(0, operands.size() - 1) : operands) {
            Endpoint endpoint =
                    isPort
                            ? endpoint(operand, last)
                            : Endpoint.parse(operand, Protocol.DEFAULT_PORT);
            requireNew(endpoint, endpoints);
            endpoints.add(endpoint);
        }
        return List.copyOf(endpoints);
    }

    private List<String> operands() {
        return options.matchedPositionalValue(0, List.of());
    }

    private static Endpoint endpoint(String operand, String portOperand) {
        int port = Endpoint.parsePort(portOperand);
        boolean hasPort = Endpoint.parse(operand, 0).port() == Endpoint.parse(operand, 1).port();
        if (hasPort) {
            throw new IllegalArgumentException(
                    "port must be given once: " + operand + " " + portOperand);
        }
        return Endpoint.parse(operand, port);
    }

    /** A second one is a slip: nobody means to listen twice in one place. */
    private static void requireNew(Endpoint endpoint, List<Endpoint> endpoints) {
        for (Endpoint other : endpoints) {
            if (other.port() == endpoint.port() && other.host().equalsIgnoreCase(endpoint.host())) {
                throw new IllegalArgumentException("endpoint must be given once: " + endpoint);
            }
        }
    }

    /** Returns where to connect: without a host, where servers listen by default. */
    public Endpoint peer() {
        Endpoint endpoint = endpoint();
        return endpoint.host().equals(Endpoint.ANY_HOST)
                ? new Endpoint(Protocol.DEFAULT_HOST, endpoint.port())
                : endpoint;
    }

    /** Returns which addresses may take part: those of {@code -4} or {@code -6}, or any. */
    public AddressFamily family() {
        boolean isIpv4 = has("-4");
        boolean isIpv6 = has("-6");
        if (isIpv4 && isIpv6) {
            throw new IllegalArgumentException("-4 must not be used with -6");
        }
        return isIpv4 ? AddressFamily.IPV4 : isIpv6 ? AddressFamily.IPV6 : AddressFamily.ANY;
    }

    public Duration duration(String option, Duration defaultDuration) {
        String text = options.matchedOptionValue(option, (String) null);
        return text == null ? defaultDuration : Durations.parse(option, text);
    }

    public int count(String option, int defaultCount) {
        return (int) count(option, defaultCount, Integer.MAX_VALUE);
    }

    public long count(String option, long defaultCount, long max) {
        String text = options.matchedOptionValue(option, (String) null);
        return text == null ? defaultCount : CountParser.parse(option, text, max);
    }

    /** Returns the bytes that an option's value names. */
    public int size(String option, int defaultBytes, int maxBytes) {
        String text = options.matchedOptionValue(option, (String) null);
        return text == null ? defaultBytes : (int) ByteSize.parse(option, text, maxBytes);
    }

    /**
     * Returns what is listed, with commas between, in all the values of an option that may be given
     * many times; in their order, and empty if it is not given.
     */
    public List<String> values(String option) {
        List<String> lists = each(option);
        if (lists.isEmpty()) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (String list : lists) {
            if (list.isEmpty()) {
                throw new IllegalArgumentException(option + " must not be empty");
            }
            for (String value : list.split(",", -1)) {
                if (value.isEmpty()) {
                    throw new IllegalArgumentException(
                            option + " must not have an empty part: " + list);
                }
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    /** Returns the values of an option that may be given many times, as they are. */
    public List<String> each(String option) {
        return options.matchedOptionValue(option, List.of());
    }

    /** Returns the value of an option, or empty if it is not given. */
    public Optional<String> value(String option) {
        return Optional.ofNullable(options.matchedOptionValue(option, (String) null));
    }

    /** Returns all arguments, as the user gave them. */
    public List<String> arguments() {
        return Parser.given(options);
    }

    /** Returns the longest name of each option that is given, in their order. */
    public List<String> given() {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : options.matchedOptions()) {
            names.add(option.longestName());
        }
        return List.copyOf(names);
    }

    /** Returns the first value of an option of any kind, or empty if it takes none. */
    public Optional<String> text(String option) {
        OptionSpec given = options.matchedOption(option);
        return given.arity().max() == 0
                ? Optional.empty()
                : Optional.of(given.stringValues().getFirst());
    }

    public boolean has(String flag) {
        return options.hasMatchedOption(flag);
    }
}
