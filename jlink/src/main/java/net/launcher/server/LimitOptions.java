package net.launcher.server;

import net.launcher.command.Command;
import net.launcher.command.Durations;
import net.launcher.command.Invocation;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.TcpServerConfig;
import net.server.TcpService;
import net.server.UdpServerConfig;
import net.server.UdpService;

import java.time.Duration;
import java.util.OptionalInt;

/** The options for limits on peers; those offered depend on the service. */
record LimitOptions(Invocation invocation, Service service) {
    /** Adds the options to a server's command line. */
    static void add(Transport transport, Command command) {
        switch (transport) {
            case TCP -> addTcp(command);
            case UDP ->
                    command.option(
                            "N",
                            "The most answers a second to one network, a /24 or over IPv6 a /56"
                                    + " (default: "
                                    + UdpServerConfig.DEFAULT_ANSWER_RATE
                                    + ", and any number to the loopback).",
                            "--answer-rate");
        }
    }

    private static void addTcp(Command command) {
        command.option(
                "N",
                "Reset those who come while so many are connected (default: "
                        + TcpServerConfig.DEFAULT_MAX_CONNECTIONS
                        + ").",
                "--max-connections");
        command.option(
                "N",
                "The same for those from one address (default: as --max-connections).",
                "--max-per-source");
        command.option(
                "TIME",
                "Reset peers with whom nothing moves for so long, or none (default: "
                        + TcpServerConfig.DEFAULT_IDLE_TIMEOUT.toSeconds()
                        + "s).",
                "--idle-timeout");
        command.option(
                "TIME",
                "The longest life of a connection, or none (default: "
                        + TcpServerConfig.DEFAULT_GREET_TIMEOUT.toSeconds()
                        + "s for greet, else none).",
                "--session-timeout");
        command.option(
                "TIME",
                "A greet message ends at the peer's half-close, or when so long no more came"
                        + " (default: "
                        + TcpService.DEFAULT_MESSAGE_GAP.toMillis()
                        + "ms).",
                "--message-gap");
        command.option(
                "N",
                "How many connections the system holds until they are accepted (default: "
                        + TcpServerConfig.DEFAULT_BACKLOG
                        + ").",
                "--backlog");
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
        if (service != Service.GREET && invocation.value("--message-gap").isPresent()) {
            throw new IllegalArgumentException(
                    "--message-gap must be used with the service greet, not " + service.label());
        }
        return invocation.duration("--message-gap", TcpService.DEFAULT_MESSAGE_GAP);
    }

    int backlog() {
        return invocation.count("--backlog", TcpServerConfig.DEFAULT_BACKLOG);
    }

    OptionalInt answerRate() {
        if (invocation.value("--answer-rate").isEmpty()) {
            return OptionalInt.empty();
        }
        if (!UdpService.of(service).answers()) {
            throw new IllegalArgumentException(
                    "--answer-rate must be used with a service that answers, not: "
                            + service.label());
        }
        return OptionalInt.of(
                invocation.count("--answer-rate", UdpServerConfig.DEFAULT_ANSWER_RATE));
    }
}
