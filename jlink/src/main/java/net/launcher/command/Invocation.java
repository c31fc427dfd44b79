package net.launcher.command;

import net.launcher.report.Diagnostics;
import net.launcher.report.Durations;
import net.launcher.report.Format;
import net.launcher.report.Output;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Protocol;

import picocli.CommandLine.ParseResult;

import java.time.Duration;
import java.util.Optional;

/**
 * One use of a launcher: what the user asked for, and where to write. Each accessor throws {@link
 * IllegalArgumentException} if the value is not valid.
 */
public record Invocation(ParseResult options, Output out, Diagnostics err) {
    public Format format() {
        return Format.parse(options.matchedOptionValue("--format", Format.TEXT.toString()));
    }

    /** Returns where to listen or to connect. */
    public Endpoint endpoint() {
        String first = options.matchedPositionalValue(0, Protocol.DEFAULT_HOST);
        String second = options.matchedPositionalValue(1, (String) null);
        if (second == null) {
            return Endpoint.parse(first, Protocol.DEFAULT_PORT);
        }
        int port = Endpoint.parsePort(second);
        boolean hasPort = Endpoint.parse(first, 0).port() == Endpoint.parse(first, 1).port();
        if (hasPort) {
            throw new IllegalArgumentException("port must be given once: " + first + " " + second);
        }
        return Endpoint.parse(first, port);
    }

    /** Returns where to connect: without a host, where servers listen by default. */
    public Endpoint peer() {
        Endpoint endpoint = endpoint();
        return endpoint.host().equals(Endpoint.ANY_HOST)
                ? new Endpoint(Protocol.DEFAULT_HOST, endpoint.port())
                : endpoint;
    }

    public Message message() {
        return Message.of(options.matchedOptionValue("--message", Protocol.CLIENT_GREETING));
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
        return text == null ? defaultCount : Counts.parse(option, text, max);
    }

    /** Returns the value of an option, or empty if it is not given. */
    public Optional<String> value(String option) {
        return Optional.ofNullable(options.matchedOptionValue(option, (String) null));
    }

    public boolean has(String flag) {
        return options.hasMatchedOption(flag);
    }
}
