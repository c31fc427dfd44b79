package net.launcher.client;

import static net.launcher.command.OptionGroup.EXCHANGE;
import static net.launcher.command.OptionGroup.NETWORK;
import static net.launcher.command.OptionGroup.OUTPUT;

import net.client.connect.ClientConfig;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.launcher.client.html.PageFile;
import net.launcher.client.metric.Threshold;
import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.command.NameCache;
import net.launcher.command.ServiceHelp;
import net.launcher.command.WordList;
import net.launcher.command.value.Durations;
import net.launcher.metrics.MetricsOption;
import net.launcher.output.Format;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options of clients, and the runs that they specify.
 *
 * @param targets the endpoints to connect to, at least one
 */
public record RunOptions(Transport transport, Invocation invocation, List<Endpoint> targets) {
    /**
     * Creates the options of a command line, after reading the files with targets, if any.
     *
     * @throws IllegalArgumentException if a target is not valid
     * @throws InterruptedIOException if the thread is interrupted while a file is read
     */
    public RunOptions(Transport transport, Invocation invocation) throws InterruptedIOException {
        this(transport, invocation, new Targets(invocation).endpoints());
    }

    /** Adds the options to a client's command line. */
    public static Command add(Transport transport, Command command) {
        List<String> services = names(transport);
        ServiceHelp.add(transport, command);
        command.service(
                Service.CONNECT.label(), ServiceHelp.description(Service.CONNECT, transport));
        command.service(
                ClientModes.PIPE, "client connects standard input and output to any server");
        command.option(EXCHANGE, "NAME", "--service")
                .values(services)
                .summary(WordList.or(services))
                .description(
                        "Service to request: "
                                + WordList.or(services)
                                + " (default: "
                                + services.getFirst()
                                + ").");
        PayloadOptions.add(transport, command);
        PipeOptions.add(transport, command);
        ScheduleOptions.add(transport, command);
        BulkOptions.add(transport, command);
        LoadOptions.add(transport, command);
        addTimeouts(transport, command);
        addWait(transport, command);
        SocketOptions.add(transport, command);
        addReport(command);
        if (transport == Transport.UDP) {
            MaxDatagramRun.add(command);
        }
        return command;
    }

    private static void addReport(Command command) {
        command.list(OUTPUT, "EXPR", "--fail-if")
                .excludes(ClientModes.PIPE, ClientModes.PROBE_SIZE)
                .summary("exit with status 3 if EXPR holds, such as 'p99>20ms'")
                .description(
                        "Exit with status 3 if EXPR holds, such as 'p99>20ms' or 'loss>1%'."
                                + " Repeatable; see Thresholds.");
        command.option(OUTPUT, "FILE", "--report")
                .excludes(ClientModes.PIPE, ClientModes.PROBE_SIZE)
                .summary("write an HTML page with charts and all figures")
                .description("Write an HTML page with charts and all figures of the run to FILE.");
        MetricsOption.add(command, ClientModes.PIPE, ClientModes.PROBE_SIZE);
        LabelOption.add(command);
        command.flag(OUTPUT, "--quiet")
                .excludes(ClientModes.PROBE_SIZE)
                .description("Print only the summary of a run.");
    }

    private static void addWait(Transport transport, Command command) {
        command.option(EXCHANGE, "TIME", ClientModes.WAIT)
                .excludes(ClientModes.streams(transport))
                .excludes(
                        transport == Transport.UDP
                                ? new String[] {ClientModes.BULK}
                                : new String[0])
                .excludes(ClientModes.BANDWIDTH, ClientModes.LOAD)
                .excludes(ClientModes.PIPE, ClientModes.PROBE_SIZE)
                .excludes("--count", "--duration", "--interval", "--rate", "--parallel", "--warmup")
                .excludes(ClientModes.WINDOW, ClientModes.LOOKUP_INTERVAL)
                .description(
                        "Repeat the exchange until it succeeds, up to TIME; pause "
                                + WaitedExchange.MIN_PAUSE.toMillis()
                                + " ms, then twice as long each time, up to "
                                + WaitedExchange.MAX_PAUSE.toSeconds()
                                + " s.");
    }

    private static void addTimeouts(Transport transport, Command command) {
        boolean isTcp = transport == Transport.TCP;
        String seconds = ClientConfig.DEFAULT_TIMEOUT.toSeconds() + "s";
        command.option(EXCHANGE, "TIME", "--timeout")
                .summary(
                        isTcp
                                ? "timeout of an exchange (default: " + seconds + ")"
                                : "timeout of an answer (default: "
                                        + seconds
                                        + ", in a run 3 x RTT)")
                .description(
                        (isTcp
                                        ? "Timeout of an exchange, or of a stream without traffic"
                                        : "Timeout of an answer")
                                + ", in us, ms, s, m or h; without a unit, in seconds (default: "
                                + seconds
                                + (isTcp
                                        ? ""
                                        : ", in a run 3 times the longest round trip, at least "
                                                + RunConfig.MIN_ANSWER_WAIT.toSeconds()
                                                + "s")
                                + ").");
        if (isTcp) {
            command.option(NETWORK, "TIME", "--connect-timeout")
                    .description(
                            "Timeout of each connection attempt (default: "
                                    + ClientConfig.DEFAULT_CONNECT_TIMEOUT.toSeconds()
                                    + "s).");
        }
    }

    /** Returns the services that a run can request, the default first. */
    private static List<Service> services(Transport transport) {
        return switch (transport) {
            case TCP ->
                    List.of(
                            Service.GREET,
                            Service.ECHO,
                            Service.RECEIVE,
                            Service.DISCARD,
                            Service.CHARGEN,
                            Service.CONNECT);
            case UDP ->
                    List.of(
                            Service.RECEIVE,
                            Service.ECHO,
                            Service.STAMP,
                            Service.DISCARD,
                            Service.CONNECT);
        };
    }

    private static List<String> names(Transport transport) {
        List<String> names = new ArrayList<>();
        for (Service service : services(transport)) {
            names.add(service.label());
        }
        names.add(ClientModes.PIPE);
        return names;
    }

    /**
     * Returns the configuration of the run of the first target, after reading the file to send, if
     * any.
     *
     * @throws IllegalArgumentException if a value is not valid
     * @throws InterruptedIOException if the thread is interrupted while the file is read
     */
    RunConfig config() throws InterruptedIOException {
        // An invalid value must be reported before anything is sent.
        waitTime();
        RunConfig.Builder run = RunConfig.builder(transport, service(), client(targets.getFirst()));
        BulkOptions bulk = new BulkOptions(transport, invocation, service());
        bulk.addTo(run);
        ScheduleOptions schedule = new ScheduleOptions(invocation);
        if (bulk.isStream()) {
            schedule.addStreamsTo(run);
        } else {
            schedule.addTo(run);
        }
        run.reconnect(invocation.has("--reconnect")).probeTls(transport == Transport.TCP);
        if (transport == Transport.UDP && invocation.value("--timeout").isPresent()) {
            run.answerWait(client(targets.getFirst()).timeout());
        }
        RunConfig config = run.labels(LabelOption.labels(invocation)).build();
        PayloadOptions payload = new PayloadOptions(invocation, config);
        return config.toBuilder().payload(payload.payload()).build();
    }

    /** Returns the time within which the exchange is repeated until it succeeds, if any. */
    Optional<Duration> waitTime() {
        Optional<String> text = invocation.value(ClientModes.WAIT);
        return text.isPresent()
                ? Optional.of(Durations.parse(ClientModes.WAIT, text.get()))
                : Optional.empty();
    }

    private Service service() {
        return Invocation.serviceNamed(invocation.service());
    }

    /** Returns the configurations of all targets, which differ from a given one in the server. */
    List<RunConfig> configs(RunConfig first) {
        List<RunConfig> configs = new ArrayList<>();
        for (Endpoint target : targets) {
            // A probe blocks the event loop, and would delay the other targets.
            configs.add(first.toBuilder().client(client(target)).probeTls(false).build());
        }
        return configs;
    }

    /**
     * Returns the configuration of the client of the only target.
     *
     * @throws IllegalArgumentException if there are several
     */
    ClientConfig client() {
        requireOneTarget(
                ClientModes.isPipe(invocation)
                        ? "--service " + ClientModes.PIPE
                        : ClientModes.PROBE_SIZE);
        return client(targets.getFirst());
    }

    private void requireOneTarget(String use) {
        if (targets.size() > 1) {
            throw new IllegalArgumentException(
                    use
                            + " requires a single endpoint: "
                            + String.join(" ", invocation.operands()));
        }
    }

    /** Rejects options that cannot be used with the number of targets or exchanges of a run. */
    void check(RunConfig run) {
        if (run.isStream()) {
            requireOneTarget(
                    invocation.has(ClientModes.BULK)
                            ? ClientModes.BULK
                            : "--service " + run.service().label());
        }
        if (ClientModes.hasLoad(invocation)) {
            requireOneTarget(ClientModes.LOAD);
        }
        if (invocation.format() == Format.RAW) {
            requireOneTarget("--format raw");
        }
        if (run.client().socket().source().map(InetSocketAddress::getPort).orElse(0) != 0) {
            requireOneTarget("--source with a port");
        }
        for (String option : List.of(ClientModes.WINDOW, ClientModes.LOOKUP_INTERVAL)) {
            if (run.isSingle() && invocation.value(option).isPresent()) {
                throw new IllegalArgumentException(option + " requires more than one exchange");
            }
        }
    }

    private ClientConfig client(Endpoint target) {
        return ClientConfig.builder(target)
                .timeout(invocation.duration("--timeout", ClientConfig.DEFAULT_TIMEOUT))
                .connectTimeout(
                        invocation.duration(
                                "--connect-timeout", ClientConfig.DEFAULT_CONNECT_TIMEOUT))
                .socket(new SocketOptions(transport, invocation, target).config())
                .build();
    }

    /** Returns the configuration of a search for the largest datagram. */
    RunConfig sizes() {
        return RunConfig.builder(Transport.UDP, Service.ECHO, client())
                .payload(Payload.pattern(1))
                .labels(LabelOption.labels(invocation))
                .endless()
                .build();
    }

    /** Disables the cache of names if they are looked up again; must precede the first lookup. */
    void prepareLookups(RunConfig run) {
        if (run.isEndless()
                || waitTime().isPresent()
                || invocation.value(ClientModes.LOOKUP_INTERVAL).isPresent()) {
            NameCache.disable();
        }
    }

    /** Returns the load of the run, if any. */
    Optional<RunConfig> load(RunConfig run) {
        Optional<RunConfig> load = new LoadOptions(invocation, run.client()).load();
        if (load.isPresent() && run.isSingle()) {
            throw new IllegalArgumentException("--load requires more than one exchange");
        }
        return load;
    }

    /**
     * Returns the thresholds, in the order of the command line.
     *
     * @throws IllegalArgumentException if one is not valid
     */
    List<Threshold> thresholds() {
        List<Threshold> thresholds = new ArrayList<>();
        for (String expression : invocation.each("--fail-if")) {
            thresholds.add(Threshold.parse(expression));
        }
        return List.copyOf(thresholds);
    }

    /**
     * Returns the file of {@code --report}, if any.
     *
     * @throws IllegalArgumentException if it cannot be written
     */
    Optional<PageFile> page() {
        Optional<String> name = invocation.value("--report");
        return name.isPresent() ? Optional.of(PageFile.of(name.get())) : Optional.empty();
    }

    /** Returns the command line. */
    List<String> command() {
        List<String> command = new ArrayList<>(invocation.arguments());
        command.addFirst(invocation.err().name());
        return command;
    }

    boolean hasWindows() {
        return ClientModes.hasWindows(invocation);
    }

    boolean isQuiet() {
        return invocation.has("--quiet");
    }

    /** Returns whether standard input is the payload, and not used for commands. */
    boolean readsStandardInput() {
        return PayloadOptions.readsStandardInput(invocation);
    }
}
