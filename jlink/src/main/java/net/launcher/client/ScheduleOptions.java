package net.launcher.client;

import static net.launcher.command.OptionGroup.EXCHANGE;
import static net.launcher.command.OptionGroup.SCHEDULE;

import net.client.run.RunConfig;
import net.launcher.command.Command;
import net.launcher.command.CommandOption;
import net.launcher.command.Invocation;
import net.launcher.command.value.CountParser;
import net.launcher.command.value.Durations;
import net.launcher.command.value.RateParser;
import net.protocol.Service;
import net.protocol.Transport;

import java.time.Duration;
import java.util.Optional;

/** The options for the number and the start times of the exchanges of a run. */
record ScheduleOptions(Invocation invocation) {
    /** The value of {@code --rate} for a closed loop. */
    private static final String MAX = "max";

    /** Each interval has a line of output. */
    private static final String MIN_WINDOW = "100us";

    private static final String MIN_LOOKUP_INTERVAL = "100ms";

    static void add(Transport transport, Command command) {
        boolean isTcp = transport == Transport.TCP;
        String socket = isTcp ? "connection" : "socket";
        ofExchanges(transport, command.option(SCHEDULE, "N", "-c", "--count"))
                .summary("number of exchanges (default: 1)")
                .description(
                        "Number of exchanges (default: one per "
                                + socket
                                + ", no limit with -t, -i"
                                + (isTcp ? "" : ", -b")
                                + " or --rate).");
        measured(command.option(SCHEDULE, "TIME", "-t", "--duration"))
                .summary("duration of the run, such as 10s")
                .description(
                        "Time after which no exchange starts"
                                + (isTcp ? ", and streams end" : "")
                                + " (default: no limit; "
                                + RunConfig.DEFAULT_BULK_DURATION.toSeconds()
                                + (isTcp ? "s for streams, see --bulk)." : "s with -b)."));
        ofExchanges(transport, command.option(SCHEDULE, "TIME", "-i", "--interval"))
                .summary("time between exchanges, such as 1s or 10ms")
                .description(
                        isTcp
                                ? "Time between the starts of exchanges on a connection; each waits"
                                        + " for the previous answer."
                                : "Time between the starts of exchanges on a socket, even if"
                                        + " answers are late.");
        ofExchanges(transport, command.option(SCHEDULE, "RATE", "--rate"))
                .excludes("--interval")
                .summary("exchanges per second, or max")
                .description(
                        "Total exchanges per second, even if answers are late; or max: after each"
                                + " answer.");
        measured(command.option(SCHEDULE, "N", "-P", "--parallel"))
                .summary(isTcp ? "number of connections (default: 1)" : "")
                .description("Number of " + socket + "s used concurrently (default: 1).");
        measured(command.option(SCHEDULE, "TIME", ClientModes.WINDOW))
                .description(
                        "Print the figures of each interval of this length, instead of each"
                                + " exchange (default with --format json: "
                                + RunConfig.DEFAULT_WINDOW.toSeconds()
                                + "s).");
        ofExchanges(transport, command.option(SCHEDULE, "TIME", ClientModes.LOOKUP_INTERVAL))
                .excludes(ClientModes.LOAD)
                .description(
                        "Time between lookups of the server's name during a run (default: "
                                + RunConfig.DEFAULT_LOOKUP_INTERVAL.toSeconds()
                                + "s).");
        ofExchanges(transport, command.option(SCHEDULE, "N", "--warmup"))
                .description("Number of initial exchanges that are not measured (default: 0).");
        if (isTcp) {
            command.flag(EXCHANGE, "--reconnect")
                    .requires(Service.ECHO)
                    .excludes(ClientModes.BULK)
                    .description("Open a new connection for each exchange.");
        }
    }

    private static CommandOption ofExchanges(Transport transport, CommandOption option) {
        return measured(option).excludes(ClientModes.streams(transport));
    }

    private static CommandOption measured(CommandOption option) {
        return option.excludes(ClientModes.PIPE, ClientModes.PROBE_SIZE);
    }

    void addTo(RunConfig.Builder run) {
        Optional<String> count = invocation.value("--count");
        Optional<String> duration = invocation.value("--duration");
        Optional<String> interval = invocation.value("--interval");
        Optional<String> rate = invocation.value("--rate");
        int parallel = (int) invocation.count("--parallel", 1, RunConfig.MAX_PARALLEL);
        run.parallel(parallel);
        boolean isPaced = interval.isPresent() || rate.isPresent();
        if (count.isPresent()) {
            run.count(invocation.count("--count", 1, Long.MAX_VALUE));
        }
        if (duration.isPresent()) {
            run.duration(Durations.parse("--duration", duration.get()));
        }
        if (count.isEmpty() && duration.isEmpty() && !hasBandwidth()) {
            addDefaultLimit(run, isPaced, parallel);
        }
        if (ClientModes.hasLoad(invocation) && count.isEmpty() && !isPaced) {
            run.rate(LoadOptions.RATE);
        }
        if (interval.isPresent()) {
            run.interval(Durations.parse("--interval", interval.get()));
        }
        if (rate.isPresent() && !rate.get().equals(MAX)) {
            run.rate(
                    (int)
                            RateParser.parse(
                                    "--rate", rate.get(), RunConfig.MAX_RATE, ", or " + MAX));
        }
        run.lookupInterval(
                atLeast(
                        MIN_LOOKUP_INTERVAL,
                        ClientModes.LOOKUP_INTERVAL,
                        RunConfig.DEFAULT_LOOKUP_INTERVAL));
        addWindow(run);
        Optional<String> warmup = invocation.value("--warmup");
        if (warmup.isPresent()) {
            run.warmup(CountParser.parse("--warmup", warmup.get(), 0, Long.MAX_VALUE));
        }
    }

    private void addDefaultLimit(RunConfig.Builder run, boolean isPaced, int parallel) {
        if (ClientModes.hasLoad(invocation)) {
            run.duration(LoadOptions.DURATION);
        } else if (isPaced) {
            run.endless();
        } else {
            run.count(parallel);
        }
    }

    /** Returns whether a bandwidth is given, with which a run has a default duration. */
    private boolean hasBandwidth() {
        return invocation.value(ClientModes.BANDWIDTH).isPresent();
    }

    private void addWindow(RunConfig.Builder run) {
        run.window(atLeast(MIN_WINDOW, ClientModes.WINDOW, RunConfig.DEFAULT_WINDOW));
    }

    private Duration atLeast(String min, String option, Duration defaultTime) {
        Optional<String> text = invocation.value(option);
        if (text.isEmpty()) {
            return defaultTime;
        }
        Duration time = Durations.parse(option, text.get());
        if (time.compareTo(Durations.parse(option, min)) < 0) {
            throw new IllegalArgumentException(
                    option + " must be at least " + min + ": " + text.get());
        }
        return time;
    }

    /** Adds the options that apply to streams. */
    void addStreamsTo(RunConfig.Builder run) {
        addWindow(run);
        run.parallel((int) invocation.count("--parallel", 1, RunConfig.MAX_PARALLEL));
        Optional<String> duration = invocation.value("--duration");
        if (duration.isPresent()) {
            run.duration(Durations.parse("--duration", duration.get()));
        }
    }
}
