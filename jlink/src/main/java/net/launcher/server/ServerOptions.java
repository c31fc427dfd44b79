package net.launcher.server;

import static net.launcher.command.OptionGroup.ACCESS;
import static net.launcher.command.OptionGroup.GENERAL;
import static net.launcher.command.OptionGroup.OUTPUT;
import static net.launcher.command.OptionGroup.SERVICE;

import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.command.ServiceHelp;
import net.launcher.command.WordList;
import net.launcher.command.value.Durations;
import net.launcher.metrics.MetricsOption;
import net.launcher.output.Format;
import net.launcher.output.Output.OutputException;
import net.launcher.output.OutputFile;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.Server;
import net.server.TcpServerConfig;
import net.server.UdpServerConfig;
import net.server.access.ConnectionLimiter;

import java.io.InterruptedIOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of servers, and the configuration that they specify. Its filter permits all, since
 * the names in the access rules are looked up when the server starts.
 */
public record ServerOptions(Transport transport, Invocation invocation) {
    static final String INHERITED = "--inherited";

    /** Standard output as a file, on systems with {@code /proc}. */
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    /** Adds the options to a server's command line. */
    public static Command add(Transport transport, Command command) {
        List<String> services = services(transport);
        ServiceHelp.add(transport, command);
        command.option(SERVICE, "NAME", "--service")
                .values(services)
                .summary(WordList.or(services) + " (default: " + services.getFirst() + ")")
                .description(
                        "Service of endpoints that name none: "
                                + WordList.or(services)
                                + " (default: "
                                + services.getFirst()
                                + ").");
        command.option(SERVICE, "N", "-c", "--count")
                .summary("exit after N messages or exchanges")
                .description(
                        "Exit after N messages or exchanges of all services (default: no limit).");
        command.option(SERVICE, "TIME", "--drain")
                .description(
                        "Grace period for "
                                + (transport == Transport.TCP ? "open connections" : "answers")
                                + " at shutdown, such as 500us, 20ms, 2s or 1m; without a unit, in"
                                + " seconds (default: "
                                + Server.DEFAULT_DRAIN.toSeconds()
                                + "s).");
        addRules(command);
        LimitOptions.add(transport, command);
        ListenOptions.add(transport, command);
        String[] recording = recording(transport).toArray(String[]::new);
        command.option(OUTPUT, "FILE", "--output")
                .requires(recording)
                .requires("--format json")
                .summary("append messages to FILE instead of standard output")
                .description(
                        "Append messages to FILE instead of standard output. SIGHUP reopens it.");
        command.flag(OUTPUT, "--sync")
                .requires(recording)
                .description("Force each message to disk before it counts as recorded.");
        MetricsOption.add(command);
        command.list(GENERAL, "FILE", Command.CONFIG)
                .description(
                        "Read options and endpoints from FILE, one a line, or several in a line"
                                + " OPTIONS=...");
        return command;
    }

    private static void addRules(Command command) {
        command.list(ACCESS, "LIST", "--allow")
                .summary("serve only these addresses, CIDR blocks or names")
                .description(
                        "Serve only these peers: comma-separated addresses, CIDR blocks, names or"
                                + " @FILE. SIGHUP reloads files and names.");
        command.list(ACCESS, "LIST", "--deny")
                .summary("reject these peers, even if --allow lists them")
                .description(
                        "Reject these peers, even if --allow lists them: comma-separated addresses,"
                                + " CIDR blocks, names or @FILE.");
    }

    /** Returns the names of the services, the default first. */
    private static List<String> services(Transport transport) {
        List<String> names = new ArrayList<>();
        for (Service service : Service.values()) {
            if (service.isOver(transport)) {
                names.add(service.label());
            }
        }
        return names;
    }

    /** Returns the names of the services that record messages. */
    private static List<String> recording(Transport transport) {
        List<String> names = new ArrayList<>(services(transport));
        names.removeIf(name -> !ServerReport.recordsMessages(Invocation.serviceNamed(name)));
        return names;
    }

    /** Returns the services to offer, in the order of the operands. */
    public List<Service> services() {
        List<Service> services = new ArrayList<>();
        for (String name : invocation.endpointsByService(transport).keySet()) {
            services.add(Invocation.serviceNamed(name));
        }
        return services;
    }

    /** Returns the number of messages or exchanges after which to exit, by default the maximum. */
    public long count() {
        return invocation.count("--count", Long.MAX_VALUE, Long.MAX_VALUE);
    }

    Duration drain() {
        return invocation
                .value("--drain")
                .map(text -> Durations.parseOrZero("--drain", text))
                .orElse(Server.DEFAULT_DRAIN);
    }

    /** Returns the configuration of each service; several share the limits on connections. */
    public Map<Service, TcpServerConfig> tcp() {
        Map<Service, TcpServerConfig> configs = new LinkedHashMap<>();
        List<Service> services = services();
        for (Service service : services) {
            configs.put(service, tcp(service));
        }
        if (services.size() > 1) {
            LimitOptions limits = new LimitOptions(invocation, services.getFirst());
            ConnectionLimiter shared =
                    new ConnectionLimiter(limits.maxConnections(), limits.maxPerSource());
            configs.replaceAll((_, config) -> config.toBuilder().limiter(shared).build());
        }
        return configs;
    }

    private TcpServerConfig tcp(Service service) {
        LimitOptions limits = new LimitOptions(invocation, service);
        ListenOptions listen = new ListenOptions(transport, invocation, service);
        return TcpServerConfig.builder()
                .endpoints(listen.endpoints())
                .family(listen.family())
                .sockets(listen.sockets())
                .service(service)
                .messageGap(limits.messageGap())
                .maxConnections(limits.maxConnections())
                .maxPerSource(limits.maxPerSource())
                .idleTimeout(limits.idleTimeout())
                .sessionTimeout(limits.sessionTimeout())
                .drain(drain())
                .backlog(limits.backlog())
                .build();
    }

    /** Returns the configuration of each service. */
    public Map<Service, UdpServerConfig> udp() {
        Map<Service, UdpServerConfig> configs = new LinkedHashMap<>();
        for (Service service : services()) {
            configs.put(service, udp(service));
        }
        return configs;
    }

    private UdpServerConfig udp(Service service) {
        ListenOptions listen = new ListenOptions(transport, invocation, service);
        UdpServerConfig.Builder builder =
                UdpServerConfig.builder()
                        .endpoints(listen.endpoints())
                        .family(listen.family())
                        .sockets(listen.sockets())
                        .service(service)
                        .groups(listen.groups())
                        .drain(drain());
        new LimitOptions(invocation, service).answerRate().ifPresent(builder::answerRate);
        return builder.build();
    }

    /**
     * Returns the listening socket of {@code --inherited}, or empty if the endpoints are to be
     * bound.
     *
     * @throws IllegalArgumentException if standard input is not such a socket
     */
    public Optional<ServerSocketChannel> inheritedSocket() {
        if (!invocation.has(INHERITED)) {
            return Optional.empty();
        }
        boolean hasResults = recordsMessages() || format() == Format.JSON;
        return Optional.of(
                InheritedSocket.open(hasResults && invocation.value("--output").isEmpty()));
    }

    /** Returns the format of results; {@code raw} has no other results than messages. */
    Format format() {
        Format format = invocation.format();
        if (format == Format.RAW && !recordsMessages()) {
            throw new IllegalArgumentException(
                    "--format raw requires --service " + WordList.or(recording(transport)));
        }
        return format;
    }

    private boolean recordsMessages() {
        return services().stream().anyMatch(ServerReport::recordsMessages);
    }

    /** Returns the access rules. */
    public AccessRules rules() {
        return new AccessRules(invocation.values("--allow"), invocation.values("--deny"));
    }

    /** Opens the file for results, or returns empty for standard output. */
    Optional<OutputFile> file() throws OutputException, InterruptedIOException {
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
