package net.launcher.client;

import net.client.connect.ClientConfig;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.launcher.client.html.PageFile;
import net.launcher.client.report.Metric;
import net.launcher.client.report.Threshold;
import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.protocol.Service;
import net.protocol.Transport;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** The options of clients: what they are called, and which run they ask for. */
public record RunOptions(Transport transport, Invocation invocation) {
    /** Adds the options to a client's command line. */
    public static Command add(Transport transport, Command command) {
        command.option(
                "NAME",
                "What to ask of the server: "
                        + names(transport)
                        + " (default: "
                        + services(transport).getFirst().label()
                        + ").",
                "--service");
        PayloadOptions.add(transport, command);
        PipeOptions.add(transport, command);
        ScheduleOptions.add(transport, command);
        BulkOptions.add(transport, command);
        LoadOptions.add(command);
        addReport(command);
        addTimeouts(transport, command);
        SocketOptions.add(transport, command);
        if (transport == Transport.UDP) {
            MaxDatagramRun.add(command);
        }
        return command;
    }

    private static void addReport(Command command) {
        command.options(
                "EXPR",
                "End with exit status 3 if this holds, such as 'p99>20ms', 'loss>1%', 'ok<100' or"
                        + " 'up<900M' (bit/s);"
                        + " with >, >=, < or <=, of "
                        + Metric.NAMES
                        + ". May be given many times.",
                "--fail-if");
        command.option(
                "FILE",
                "Write the run as a page to look at and to send on, such as run.html: charts, every"
                        + " figure, and what was asked for, in one file that a browser shows"
                        + " without a network.",
                "--report");
        command.flag("--quiet", "Show the summary of a run alone, not how it goes.");
    }

    private static void addTimeouts(Transport transport, Command command) {
        command.option(
                "TIME",
                (transport == Transport.TCP
                                ? "How long a whole exchange may take, or a stream may move nothing"
                                : "The time for an answer")
                        + ", such as 500us, 20ms, 2s or 1m; a bare number is seconds (default: "
                        + ClientConfig.DEFAULT_TIMEOUT.toSeconds()
                        + "s"
                        + (transport == Transport.TCP
                                ? ""
                                : ", in a run three times the longest one, at least "
                                        + RunConfig.MIN_ANSWER_WAIT.toSeconds()
                                        + "s")
                        + ").",
                "--timeout");
        if (transport == Transport.TCP) {
            command.option(
                    "TIME",
                    "The time for connecting to one address (default: "
                            + ClientConfig.DEFAULT_CONNECT_TIMEOUT.toSeconds()
                            + "s).",
                    "--connect-timeout");
        }
    }

    /** Returns what a run can ask, the default first. */
    private static List<Service> services(Transport transport) {
        return switch (transport) {
            case TCP ->
                    List.of(
                            Service.GREET,
                            Service.ECHO,
                            Service.RECEIVE,
                            Service.DISCARD,
                            Service.CHARGEN);
            case UDP -> List.of(Service.RECEIVE, Service.ECHO, Service.STAMP, Service.DISCARD);
        };
    }

    private static String names(Transport transport) {
        StringJoiner names = new StringJoiner(", ");
        for (Service service : services(transport)) {
            names.add(service.label());
        }
        return names.add(PipeOptions.PIPE).toString();
    }

    /**
     * Returns the run; reads the file that it is to send, if there is one.
     *
     * @throws IllegalArgumentException if a value is not valid, or does not go with another
     * @throws InterruptedIOException if the thread is interrupted while it reads
     */
    RunConfig config() throws InterruptedIOException {
        PipeOptions.refuse(invocation);
        RunConfig.Builder run = RunConfig.builder(transport, service(), client());
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
            run.answerWait(client().timeout());
        }
        RunConfig config = run.build();
        PayloadOptions payload = new PayloadOptions(invocation, config);
        return config.toBuilder().payload(payload.payload()).build();
    }

    private Service service() {
        Optional<String> name = invocation.value("--service");
        List<Service> services = services(transport);
        if (name.isEmpty()) {
            return services.getFirst();
        }
        for (Service service : services) {
            if (service.label().equals(name.get())) {
                return service;
            }
        }
        throw new IllegalArgumentException(
                "--service must be one of " + names(transport) + ": " + name.get());
    }

    ClientConfig client() {
        return ClientConfig.builder(invocation.peer())
                .timeout(invocation.duration("--timeout", ClientConfig.DEFAULT_TIMEOUT))
                .connectTimeout(
                        invocation.duration(
                                "--connect-timeout", ClientConfig.DEFAULT_CONNECT_TIMEOUT))
                .socket(new SocketOptions(transport, invocation).config())
                .build();
    }

    /** Returns a search for the largest datagram, as a run of echo. */
    RunConfig sizes() {
        return RunConfig.builder(Transport.UDP, Service.ECHO, client())
                .payload(Payload.pattern(1))
                .endless()
                .build();
    }

    /** Returns what is to run beside the run, if anything is. */
    Optional<RunConfig> load(RunConfig run) {
        Optional<RunConfig> load = new LoadOptions(invocation, run.client()).load();
        if (load.isPresent() && (run.isSingle() || !run.isAnswered())) {
            throw new IllegalArgumentException(
                    "--load must be used with many exchanges of a service that answers, not with "
                            + run.service().label());
        }
        return load;
    }

    /**
     * Returns what the run must not do, in the order of the command line.
     *
     * @throws IllegalArgumentException if one is not understood
     */
    List<Threshold> thresholds() {
        List<Threshold> thresholds = new ArrayList<>();
        for (String expression : invocation.each("--fail-if")) {
            thresholds.add(Threshold.parse(expression));
        }
        return List.copyOf(thresholds);
    }

    /**
     * Returns where the run's page goes, if it is to have one.
     *
     * @throws IllegalArgumentException if no page can be written there
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

    boolean isQuiet() {
        return invocation.has("--quiet");
    }

    /** Tells whether standard input is what the run sends, and so not the user's keyboard. */
    boolean readsStandardInput() {
        return PayloadOptions.readsStandardInput(invocation);
    }
}
