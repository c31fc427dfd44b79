package net.launcher.server;

import net.launcher.command.Command;
import net.launcher.command.Durations;
import net.launcher.command.Invocation;
import net.launcher.output.Output.OutputException;
import net.launcher.output.OutputFile;
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

/**
 * The options of servers. The address filter of a configuration accepts all peers: the access rules
 * are loaded when the server starts.
 */
public record ServerOptions(Transport transport, Invocation invocation) {
    /** Standard output as a path, on systems that have /proc. */
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    /** Adds the options to a server's command line. */
    public static Command add(Transport transport, Command command) {
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
                "How long peers may go on when the server ends, such as 500us, 20ms, 2s or 1m; a"
                        + " bare number is seconds (default: "
                        + Server.DEFAULT_DRAIN.toSeconds()
                        + "s).",
                "--drain");
        addRules(command);
        LimitOptions.add(transport, command);
        ListenOptions.add(transport, command);
        return command;
    }

    private static void addRules(Command command) {
        command.options(
                "LIST",
                "Serve these alone, with commas between: addresses, blocks such as 10.0.0.0/8,"
                        + " names, and @FILE for a file with more, in which # starts a comment."
                        + " SIGHUP reads files and names again.",
                "--allow");
        command.options(
                "LIST",
                "Serve all but these, whatever --allow says; 0.0.0.0/0 is all of IPv4, ::/0 all of"
                        + " IPv6.",
                "--deny");
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

    public Service service() {
        String name = invocation.value("--service").orElse(defaultService(transport).label());
        for (Service service : Service.values()) {
            if (service.isOver(transport) && service.label().equals(name)) {
                return service;
            }
        }
        throw new IllegalArgumentException(
                "--service must be one of " + names(transport) + ": " + name);
    }

    /** Returns the number of messages or exchanges after which to end, or the maximum long. */
    public long count() {
        return invocation.count("--count", Long.MAX_VALUE, Long.MAX_VALUE);
    }

    Duration drain() {
        return invocation
                .value("--drain")
                .map(text -> Durations.parseOrZero("--drain", text))
                .orElse(Server.DEFAULT_DRAIN);
    }

    public TcpServerConfig tcp() {
        Service service = service();
        LimitOptions limits = new LimitOptions(invocation, service);
        Duration gap = limits.messageGap();
        ListenOptions listen = new ListenOptions(transport, invocation);
        return TcpServerConfig.builder()
                .endpoints(listen.endpoints())
                .family(listen.family())
                .sockets(listen.sockets())
                .service(service == Service.GREET ? TcpService.greet(gap) : TcpService.of(service))
                .maxConnections(limits.maxConnections())
                .maxPerSource(limits.maxPerSource())
                .idleTimeout(limits.idleTimeout())
                .sessionTimeout(limits.sessionTimeout())
                .drain(drain())
                .backlog(limits.backlog())
                .build();
    }

    public UdpServerConfig udp() {
        Service service = service();
        ListenOptions listen = new ListenOptions(transport, invocation);
        UdpServerConfig.Builder builder =
                UdpServerConfig.builder()
                        .endpoints(listen.endpoints())
                        .family(listen.family())
                        .sockets(listen.sockets())
                        .service(UdpService.of(service))
                        .groups(listen.groups(service))
                        .drain(drain());
        new LimitOptions(invocation, service).answerRate().ifPresent(builder::answerRate);
        return builder.build();
    }

    /** Returns the access rules. */
    public AccessRules rules() {
        return new AccessRules(invocation.values("--allow"), invocation.values("--deny"));
    }

    /** Opens the file of {@code --output}, if given. */
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
