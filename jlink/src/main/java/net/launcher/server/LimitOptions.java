package net.launcher.server;

import static net.launcher.command.OptionGroup.LIMITS;

import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.command.value.Durations;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.TcpServerConfig;
import net.server.UdpServerConfig;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** The options that limit the connections or answers of a server. */
record LimitOptions(Invocation invocation, Service service) {
    /** The services that answer over UDP. */
    private static final List<Service> ANSWERING = List.of(Service.ECHO, Service.STAMP);

    /** Adds the options to a server's command line. */
    static void add(Transport transport, Command command) {
        switch (transport) {
            case TCP -> addTcp(command);
            case UDP ->
                    command.option(LIMITS, "RATE", "--answer-rate")
                            .requires(ANSWERING.toArray(Service[]::new))
                            .summary("answers per second to one network (default: 10000)")
                            .description(
                                    "Maximum answers per second of a service to one network, IPv4"
                                            + " /24 or IPv6 /56 (default: "
                                            + UdpServerConfig.DEFAULT_ANSWER_RATE
                                            + "; loopback: no limit).");
        }
    }

    private static void addTcp(Command command) {
        command.option(LIMITS, "N", "--max-connections")
                .summary("maximum concurrent connections (default: 10000)")
                .description(
                        "Maximum concurrent connections of all services; further ones are reset"
                                + " (default: "
                                + TcpServerConfig.DEFAULT_MAX_CONNECTIONS
                                + ").");
        command.option(LIMITS, "N", "--max-per-source")
                .description(
                        "Maximum concurrent connections from one address (default:"
                                + " --max-connections).");
        command.option(LIMITS, "TIME", "--idle-timeout")
                .summary("reset connections idle for TIME (default: 60s)")
                .description(
                        "Reset a client's connection after TIME without traffic; none: never"
                                + " (default: "
                                + TcpServerConfig.DEFAULT_IDLE_TIMEOUT.toSeconds()
                                + "s).");
        command.option(LIMITS, "TIME", "--session-timeout")
                .description(
                        "Maximum lifetime of a connection; none: no limit (default: "
                                + TcpServerConfig.DEFAULT_GREET_TIMEOUT.toSeconds()
                                + "s for greet, otherwise none).");
        command.option(LIMITS, "TIME", "--message-gap")
                .requires(Service.GREET)
                .description(
                        "Time without data that ends the message of a peer that does not half-close"
                                + " (default: "
                                + TcpServerConfig.DEFAULT_MESSAGE_GAP.toMillis()
                                + "ms).");
        command.option(LIMITS, "N", "--backlog")
                .description(
                        "Maximum connections waiting to be accepted (default: "
                                + TcpServerConfig.DEFAULT_BACKLOG
                                + ").");
    }

    int maxConnections() {
        return invocation.count("--max-connections", TcpServerConfig.DEFAULT_MAX_CONNECTIONS);
    }

    int maxPerSource() {
        return invocation.count("--max-per-source", maxConnections());
    }

    Duration idleTimeout() {
        return limit("--idle-timeout", TcpServerConfig.DEFAULT_IDLE_TIMEOUT);
    }

    Duration sessionTimeout() {
        boolean isGreet = service == Service.GREET;
        return limit(
                "--session-timeout",
                isGreet ? TcpServerConfig.DEFAULT_GREET_TIMEOUT : Duration.ZERO);
    }

    private Duration limit(String option, Duration defaultDuration) {
        return invocation
                .value(option)
                .map(text -> Durations.parseOrNone(option, text))
                .orElse(defaultDuration);
    }

    Duration messageGap() {
        return invocation.duration("--message-gap", TcpServerConfig.DEFAULT_MESSAGE_GAP);
    }

    int backlog() {
        return invocation.count("--backlog", TcpServerConfig.DEFAULT_BACKLOG);
    }

    OptionalInt answerRate() {
        if (!ANSWERING.contains(service) || invocation.value("--answer-rate").isEmpty()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                invocation.rate(
                        "--answer-rate", UdpServerConfig.DEFAULT_ANSWER_RATE, Integer.MAX_VALUE));
    }
}
