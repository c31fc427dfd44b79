package net.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The performance goals of the project, compared with the results. */
final class Goals {
    private static final List<Integer> CLIENTS = List.of(64, 1000);
    private static final int IDLE_CONNECTIONS = 10_000;

    private final Samples samples;
    private final StringBuilder rows = new StringBuilder();

    private Goals(Samples samples) {
        this.samples = samples;
    }

    /** Returns a table in Markdown. */
    static String table(Samples samples) {
        Goals goals = new Goals(samples);
        goals.rows.append("| netpair to | goal | ratio | reached |\n| --- | --- | --- | --- |\n");
        goals.tcp();
        goals.curve();
        goals.instrument();
        goals.flood();
        goals.others();
        return goals.rows.toString();
    }

    private void tcp() {
        for (int clients : CLIENTS) {
            rate(LoadMeasures.EXCHANGE, Contenders.C, clients, 0.75);
        }
        for (int clients : CLIENTS) {
            rate(LoadMeasures.ECHO, Contenders.C, clients, 0.80);
        }
        for (int clients : CLIENTS) {
            atMost(
                    "echo p99 to %s, %d clients".formatted(Contenders.C, clients),
                    1.5,
                    ratio(LoadMeasures.ECHO, Contenders.C, clients, "p99_ns"));
        }
        for (String peer :
                List.of(
                        Contenders.NETTY_EPOLL,
                        Contenders.NETTY_NIO,
                        Contenders.NCAT,
                        Contenders.SOCAT,
                        Contenders.XINETD)) {
            for (String measure : List.of(LoadMeasures.EXCHANGE, LoadMeasures.ECHO)) {
                for (int clients : CLIENTS) {
                    rate(measure, peer, clients, 1);
                }
            }
        }
    }

    private void curve() {
        for (String measure : List.of(CurveMeasures.EXCHANGE, CurveMeasures.ECHO)) {
            String unit = measure.equals(CurveMeasures.ECHO) ? "round trips" : "exchanges";
            curve(measure + CurveMeasures.START, unit + " in the first 2 s", 0.85, 1.5);
            curve(measure + CurveMeasures.STEADY, unit + " after 5 s", 1, 1.1);
        }
    }

    private void curve(String measure, String what, double leastRate, double mostP99) {
        String to = " to %s, %d clients".formatted(Contenders.C, CurveMeasures.CLIENTS);
        atLeast(
                what + to,
                leastRate,
                ratio(measure, Contenders.C, CurveMeasures.CLIENTS, "per_second"));
        atMost(
                "p99 of " + what + to,
                mostP99,
                ratio(measure, Contenders.C, CurveMeasures.CLIENTS, "p99_ns"));
    }

    private void instrument() {
        OptionalDouble ours = own(InstrumentMeasures.RATE, 0, "p50_ns", 1e3);
        OptionalDouble theirs =
                samples.median(InstrumentMeasures.RATE, InstrumentMeasures.SOCKPERF, 0, "p50_ns");
        atMost(
                "µs of median round trip from sockperf's, 1,000 a second",
                20,
                ours.isEmpty() || theirs.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(
                                Math.abs(ours.getAsDouble() - theirs.getAsDouble() / 1e3)));
        atMost(
                "µs of median lateness, 1,000 a second",
                60,
                own(InstrumentMeasures.RATE, 0, "lateness_ns", 1e3));
        atMost(
                "processor time of an exchange to irtt's, 1,000 a second",
                1,
                ratio(InstrumentMeasures.RATE, InstrumentMeasures.IRTT, 0, "cpu_ns_per_exchange"));
        List<Double> differences =
                samples.sorted(InstrumentMeasures.LOSS, Contenders.NETPAIR, 0, "difference");
        atMost(
                "losses counted more or less than the relay dropped, worst round",
                0,
                differences.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(differences.getLast()));
    }

    private void flood() {
        for (String kind : FloodMeasures.KINDS) {
            atMost(
                    String.format(
                            Locale.ROOT,
                            "ms at p99 for an exchange during a flood of %,d peers, %s",
                            FloodMeasures.PEERS,
                            kind),
                    500,
                    own(FloodMeasures.FLOOD + kind, 0, "p99_ns", ResultsPage.MEGA));
        }
    }

    private void others() {
        atMost(
                "time of a client for one exchange to the tutorial's in Python",
                2,
                ratio(StartMeasures.CLIENT, Contenders.TUTORIAL, 0, "time_ns"));
        atMost(
                "time of a client for one exchange to an empty main",
                1.35,
                ratio(StartMeasures.CLIENT, StartMeasures.FLOOR, 0, "time_ns"));
        atMost(
                String.format(Locale.ROOT, "KiB per idle connection, of %,d", IDLE_CONNECTIONS),
                12,
                own(
                        FootprintMeasures.MEMORY,
                        IDLE_CONNECTIONS,
                        "bytes_per_connection",
                        ResultsPage.KIBI));
        atLeast(
                "datagrams recorded a second to " + Contenders.C,
                0.8,
                ratio(LoadMeasures.RECORD, Contenders.C, 0, "per_second"));
        for (String way : List.of(ClientMeasures.UP, ClientMeasures.DOWN)) {
            atLeast(
                    way + " to " + Contenders.IPERF3,
                    1,
                    ratio(way, Contenders.IPERF3, 0, "bits_per_second"));
        }
        atMost(
                "MB of archive",
                25,
                own(FootprintMeasures.SIZE, 0, "archive_bytes", ResultsPage.MEGA));
    }

    private void rate(String measure, String peer, int clients, double least) {
        String rates =
                measure.equals(LoadMeasures.ECHO)
                        ? "echo round trips a second"
                        : "exchanges a second";
        atLeast(
                "%s to %s, %d clients".formatted(rates, peer, clients),
                least,
                ratio(measure, peer, clients, "per_second"));
    }

    private OptionalDouble ratio(String measure, String peer, int load, String value) {
        return samples.ratio(measure, Contenders.NETPAIR, peer, load, value);
    }

    private OptionalDouble own(String measure, int load, String value, double unit) {
        OptionalDouble median = samples.median(measure, Contenders.NETPAIR, load, value);
        return median.isEmpty() ? median : OptionalDouble.of(median.getAsDouble() / unit);
    }

    private void atLeast(String what, double goal, OptionalDouble reached) {
        row(what, "at least", goal, reached, reached.orElse(0) >= goal);
    }

    private void atMost(String what, double goal, OptionalDouble reached) {
        row(what, "at most", goal, reached, reached.orElse(0) <= goal);
    }

    private void row(
            String what, String sign, double goal, OptionalDouble reached, boolean isReached) {
        rows.append(String.format(Locale.ROOT, "| %s | %s %.2f | ", what, sign, goal));
        rows.append(
                reached.isEmpty()
                        ? "- | not measured |\n"
                        : String.format(
                                Locale.ROOT,
                                "%.2f | %s |\n",
                                reached.getAsDouble(),
                                isReached ? "yes" : "no"));
    }
}
