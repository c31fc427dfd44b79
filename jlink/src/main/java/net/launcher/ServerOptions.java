package net.launcher;

import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.report.Durations;
import net.launcher.report.Output.OutputException;
import net.launcher.report.OutputFile;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.Server;
import net.server.TcpServerConfig;
import net.server.TcpService;
import net.server.UdpServerConfig;
import net.server.UdpService;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/** The options of servers: what they are called, and what they ask for. */
final class ServerOptions {
    /** What standard output is, where the system tells. */
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private final Transport transport;
    private final Invocation invocation;

    ServerOptions(Transport transport, Invocation invocation) {
        this.transport = transport;
        this.invocation = invocation;
    }

    /** Adds the options to a server's command line. */
    static Command add(Transport transport, Command command) {
        command.option(
                "NAME",
                "What to do for each peer: "
                        + names(transport)
                        + " (default: "
                        + defaultService(transport).label()
                        + ").",
                "--service");
        command.option(
                "FILE",
                "Append results to this file, not to standard output; SIGHUP opens it again.",
                "--output");
        command.flag("--sync", "Force each message to the disk before it counts as recorded.");
        command.option("N", "End after so many messages or exchanges.", "-c", "--count");
        command.option(
                "TIME",
                "How long peers may go on when the server ends, such as 500ms, 2s or 1m; a bare"
                        + " number is seconds (default: "
                        + seconds(Server.DEFAULT_DRAIN)
                        + ").",
                "--drain");
        if (transport == Transport.TCP) {
            addLimits(command);
        }
        return command;
    }

    private static void addLimits(Command command) {
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
                        + seconds(TcpServerConfig.DEFAULT_IDLE_TIMEOUT)
                        + ").",
                "--idle-timeout");
        command.option(
                "TIME",
                "The longest life of a connection, or none (default: "
                        + seconds(TcpServerConfig.DEFAULT_GREET_TIMEOUT)
                        + " for greet, else none).",
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

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }

    private static Service defaultService(Transport transport) {
        return switch (transport) {
            case TCP -> Service.GREET;
            case UDP -> Service.RECEIVE;
        };
    }

    private static String names(Transport transport) {
        StringJoiner names = new StringJoiner(", ");
        for (Service service : Service.values()) {
            if (service.isOver(transport)) {
                names.add(service.label());
            }
        }
        return names.toString();
    }

    Service service() {
        String name = invocation.value("--service").orElse(defaultService(transport).label());
        for (Service service : Service.values()) {
            if (service.isOver(transport) && service.label().equals(name)) {
                return service;
            }
        }
        throw new IllegalArgumentException(
                "--service must be one of " + names(transport) + ": " + name);
    }

    /** Returns after how many messages or exchanges to end, a very large number if never. */
    long count() {
        return invocation.count("--count", Long.MAX_VALUE, Long.MAX_VALUE);
    }

    Duration drain() {
        return invocation
                .value("--drain")
                .map(text -> Durations.parseOrZero("--drain", text))
                .orElse(Server.DEFAULT_DRAIN);
    }

    TcpServerConfig tcp() {
        Service service = service();
        boolean isGreet = service == Service.GREET;
        if (!isGreet && invocation.value("--message-gap").isPresent()) {
            throw new IllegalArgumentException(
                    "--message-gap must be used with the service greet, not " + service.label());
        }
        Duration gap = invocation.duration("--message-gap", TcpService.DEFAULT_MESSAGE_GAP);
        int maxConnections =
                invocation.count("--max-connections", TcpServerConfig.DEFAULT_MAX_CONNECTIONS);
        return new TcpServerConfig(
                invocation.endpoint(),
                isGreet ? TcpService.greet(gap) : TcpService.of(service),
                maxConnections,
                invocation.count("--max-per-source", maxConnections),
                limit("--idle-timeout", TcpServerConfig.DEFAULT_IDLE_TIMEOUT),
                limit(
                        "--session-timeout",
                        isGreet ? TcpServerConfig.DEFAULT_GREET_TIMEOUT : Duration.ZERO),
                drain(),
                invocation.count("--backlog", TcpServerConfig.DEFAULT_BACKLOG));
    }

    UdpServerConfig udp() {
        return new UdpServerConfig(invocation.endpoint(), UdpService.of(service()), drain());
    }

    private Duration limit(String option, Duration defaultDuration) {
        return invocation
                .value(option)
                .map(text -> Durations.parseOrNone(option, text))
                .orElse(defaultDuration);
    }

    /** Opens the file for results, if there is to be one. */
    Optional<OutputFile> file() throws OutputException {
        Optional<String> path = invocation.value("--output");
        boolean isSynced = invocation.has("--sync");
        if (path.isPresent()) {
            if (path.get().isEmpty()) {
                throw new IllegalArgumentException("--output must name a file");
            }
            return Optional.of(OutputFile.open(Path.of(path.get()), isSynced));
        }
        if (isSynced) {
            invocation.out().sync(STANDARD_OUTPUT);
        }
        return Optional.empty();
    }
}
