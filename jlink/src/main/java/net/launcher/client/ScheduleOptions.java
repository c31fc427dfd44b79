package net.launcher.client;

import net.client.run.RunConfig;
import net.launcher.command.Command;
import net.launcher.command.CountParser;
import net.launcher.command.Durations;
import net.launcher.command.Invocation;
import net.protocol.Transport;

import java.util.Optional;

/** The options that say how many exchanges a run makes, and when. */
record ScheduleOptions(Invocation invocation) {
    /** As fast as the server answers, as a rate. */
    private static final String MAX = "max";

    static void add(Transport transport, Command command) {
        boolean isTcp = transport == Transport.TCP;
        String socket = isTcp ? "connection" : "socket";
        command.option(
                "N",
                "Make so many exchanges (default: one on each "
                        + socket
                        + ", no limit with -t, -i or --rate).",
                "-c",
                "--count");
        command.option(
                "TIME",
                isTcp
                        ? "Begin exchanges for so long, or have streams go on (default: no limit,"
                                + " for streams "
                                + RunConfig.DEFAULT_BULK_DURATION.toSeconds()
                                + "s)."
                        : "Begin exchanges for so long.",
                "-t",
                "--duration");
        command.option(
                "TIME",
                isTcp
                        ? "From one exchange to the next on a connection, but no sooner than the"
                                + " answer; with no -c or -t until a signal."
                        : "From one exchange to the next on a socket, by the clock, whatever has"
                                + " come back; with no -c or -t until a signal.",
                "-i",
                "--interval");
        command.option(
                "N",
                "Begin so many exchanges a second, over all "
                        + socket
                        + "s, by the clock, whatever has come back; or "
                        + MAX
                        + ", each as soon as the one before is answered. With no -c or -t until a"
                        + " signal.",
                "--rate");
        command.option(
                "N",
                "How many " + socket + "s take part at once (default: 1).",
                "-P",
                "--parallel");
        command.option(
                "N",
                "Make so many exchanges first that are not measured (default: 0).",
                "--warmup");
        if (isTcp) {
            command.flag("--reconnect", "Connect anew for each exchange of echo.");
        }
    }

    void addTo(RunConfig.Builder run) {
        Optional<String> count = invocation.value("--count");
        Optional<String> duration = invocation.value("--duration");
        Optional<String> interval = invocation.value("--interval");
        Optional<String> rate = invocation.value("--rate");
        if (interval.isPresent() && rate.isPresent()) {
            throw new IllegalArgumentException(
                    "--interval must not be given with --rate: " + interval.get());
        }
        int parallel = (int) invocation.count("--parallel", 1, RunConfig.MAX_PARALLEL);
        run.parallel(parallel);
        boolean isPaced = interval.isPresent() || rate.isPresent();
        if (count.isPresent()) {
            run.count(invocation.count("--count", 1, Long.MAX_VALUE));
        }
        if (duration.isPresent()) {
            run.duration(Durations.parse("--duration", duration.get()));
        }
        if (count.isEmpty() && duration.isEmpty()) {
            addDefaultLimit(run, isPaced, parallel);
        }
        if (invocation.has("--load") && count.isEmpty() && !isPaced) {
            run.rate(LoadOptions.RATE);
        }
        if (interval.isPresent()) {
            run.interval(Durations.parse("--interval", interval.get()));
        }
        if (rate.isPresent() && !rate.get().equals(MAX)) {
            run.rate(rate(rate.get()));
        }
        Optional<String> warmup = invocation.value("--warmup");
        if (warmup.isPresent()) {
            run.warmup(CountParser.parse("--warmup", warmup.get(), 0, Long.MAX_VALUE));
        }
    }

    private void addDefaultLimit(RunConfig.Builder run, boolean isPaced, int parallel) {
        if (invocation.has("--load")) {
            run.duration(LoadOptions.DURATION);
        } else if (isPaced) {
            run.endless();
        } else {
            run.count(parallel);
        }
    }

    /** Adds what streams have a use for. */
    void addStreamsTo(RunConfig.Builder run) {
        run.parallel((int) invocation.count("--parallel", 1, RunConfig.MAX_PARALLEL));
        Optional<String> duration = invocation.value("--duration");
        if (duration.isPresent()) {
            run.duration(Durations.parse("--duration", duration.get()));
        }
    }

    private static int rate(String text) {
        try {
            return (int) CountParser.parse("--rate", text, RunConfig.MAX_RATE);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--rate must be max or a number from 1 to " + RunConfig.MAX_RATE + ": " + text,
                    e);
        }
    }
}
