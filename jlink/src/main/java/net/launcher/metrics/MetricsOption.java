package net.launcher.metrics;

import static net.launcher.command.OptionGroup.OUTPUT;

import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.command.value.CountParser;
import net.protocol.Endpoint;

import java.util.Optional;

/** The option {@code --metrics}. */
public final class MetricsOption {
    /** The port used without one: that of OpenTelemetry's exporter for Prometheus. */
    static final int DEFAULT_PORT = 9464;

    /** The address used without a host. */
    static final String DEFAULT_HOST = "127.0.0.1";

    private static final String OPTION = "--metrics";

    private MetricsOption() {}

    /** Adds the option to a command line, with the services and options that exclude it. */
    public static void add(Command command, String... excluded) {
        command.option(OUTPUT, "ENDPOINT", OPTION)
                .excludes(excluded)
                .description(
                        "Serve metrics for Prometheus by HTTP at PORT, HOST or HOST:PORT (default"
                                + " host: "
                                + DEFAULT_HOST
                                + ", port: "
                                + DEFAULT_PORT
                                + ").");
    }

    /**
     * Returns the endpoint to serve metrics on, if any.
     *
     * @throws IllegalArgumentException if it is not valid
     */
    public static Optional<Endpoint> endpoint(Invocation invocation) {
        Optional<String> text = invocation.value(OPTION);
        return text.isPresent() ? Optional.of(parse(text.get())) : Optional.empty();
    }

    static Endpoint parse(String text) {
        try {
            if (CountParser.isNumber(text)) {
                return new Endpoint(DEFAULT_HOST, Endpoint.parsePort(text));
            }
            Endpoint endpoint = Endpoint.parse(text, DEFAULT_PORT);
            return endpoint.host().equals(Endpoint.ANY_HOST)
                    ? new Endpoint(DEFAULT_HOST, endpoint.port())
                    : endpoint;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(OPTION + ": " + e.getMessage(), e);
        }
    }
}
