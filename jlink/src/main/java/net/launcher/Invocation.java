package net.launcher;

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
record Invocation(ParseResult options, Output out, Diagnostics err) {
    Format format() {
        return Format.parse(options.matchedOptionValue("--format", Format.TEXT.toString()));
    }

    /** Returns where to listen or to connect. */
    Endpoint endpoint() {
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
    Endpoint peer() {
        Endpoint endpoint = endpoint();
        return endpoint.host().equals(Endpoint.ANY_HOST)
                ? new Endpoint(Protocol.DEFAULT_HOST, endpoint.port())
                : endpoint;
    }

    Message message() {
        return Message.of(options.matchedOptionValue("--message", Protocol.CLIENT_GREETING));
    }

    Duration duration(String option, Duration defaultDuration) {
        String text = options.matchedOptionValue(option, (String) null);
        return text == null ? defaultDuration : Durations.parse(option, text);
    }

    int count(String option, int defaultCount) {
        return (int) count(option, defaultCount, Integer.MAX_VALUE);
    }

    long count(String option, long defaultCount, long max) {
        String text = options.matchedOptionValue(option, (String) null);
        return text == null ? defaultCount : Counts.parse(option, text, max);
    }

    /** Returns the value of an option, or empty if it is not given. */
    Optional<String> value(String option) {
        return Optional.ofNullable(options.matchedOptionValue(option, (String) null));
    }

    boolean has(String flag) {
        return options.hasMatchedOption(flag);
    }
}
