package net.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes RESULTS.md and its charts. */
final class ResultsPage {
    private static final String CLIENTS = "concurrent clients";
    private static final double KILO = 1e3;
    static final double MEGA = 1e6;
    static final double KIBI = 1024;

    private final Samples samples;
    private final Path folder;
    private final StringBuilder text = new StringBuilder();

    ResultsPage(Samples samples, Path folder) {
        this.samples = samples;
        this.folder = folder;
    }

    void write(String about, int rounds, double seconds) throws IOException {
        line("# Results\n");
        line("Written by `jlink/bench/run`. The raw figures are in `results.json`.");
        line(
                ("Each figure is the median of %d rounds, with the minimum and maximum in brackets."
                     + " A round measures each program once, for %s s after a warm-up. A ratio is"
                     + " the median of the ratios within each round.\n")
                        .formatted(rounds, "" + seconds));
        line("```text\n" + about + "```\n");
        line("## Goals\n");
        line(Goals.table(samples));
        tcp();
        curve();
        udp();
        clients();
        footprint();
        Files.writeString(folder.resolve("RESULTS.md"), text);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void tcp() throws IOException {
        line("## TCP servers under load\n");
        line("The load generator, in C, runs on one processor, the server on the other. In an");
        line("exchange, the client connects, reads the greeting, sends 12 bytes, half-closes, and");
        line(
                "reads to end of file. A round trip is 64 bytes to an echo server and back. `C"
                        + " epoll`");
        line(
                "is `epoll_server.c`: one thread, no limits, no escaping, no counters. ncat, socat"
                        + " and");
        line("xinetd start a process per client; the tutorial's server serves one client at a");
        line("time.\n");
        picture(
                "exchange",
                "Exchanges a second, in thousands",
                CLIENTS,
                LoadMeasures.EXCHANGE,
                "per_second",
                KILO);
        table("Thousand exchanges a second, by clients", LoadMeasures.EXCHANGE, "per_second", KILO);
        table("p99 of an exchange in ms", LoadMeasures.EXCHANGE, "p99_ns", MEGA);
        picture(
                "echo",
                "Echo round trips a second, in thousands",
                CLIENTS,
                LoadMeasures.ECHO,
                "per_second",
                KILO);
        table(
                "Thousand round trips a second, by connections",
                LoadMeasures.ECHO,
                "per_second",
                KILO);
        table("p50 of a round trip in µs", LoadMeasures.ECHO, "p50_ns", KILO);
        table("p99 of a round trip in µs", LoadMeasures.ECHO, "p99_ns", KILO);
        table("p99.9 of a round trip in µs", LoadMeasures.ECHO, "p999_ns", KILO);
    }

    private void curve() throws IOException {
        line("## Servers from their start\n");
        line("Each server is a fresh process, on one processor, with 64 clients from its first");
        line("connection on, on the other; the processors alternate by round. Columns are the");
        line("seconds since the first connection.\n");
        curve("exchange-curve", "exchanges", CurveMeasures.EXCHANGE);
        curve("echo-curve", "round trips", CurveMeasures.ECHO);
    }

    private void curve(String name, String unit, String measure) throws IOException {
        String title = "Thousand " + unit + " a second, by second since the start";
        picture(name, title, "second", measure, "per_second", KILO);
        table(title, measure, "per_second", KILO);
        table("p99 of " + unit + " in ms, by second since the start", measure, "p99_ns", MEGA);
    }

    private void udp() {
        line("## UDP\n");
        line("One processor sends datagrams of 64 bytes at its maximum rate; the server, on the");
        line("other, appends each to a file as a line (socat: only the payload).\n");
        table("Thousand recorded a second", LoadMeasures.RECORD, "per_second", KILO);
        table(
                "Processor seconds for a million recorded",
                LoadMeasures.RECORD,
                "cpu_seconds_per_million",
                1);
        table(
                "Thousand round trips a second, by datagrams in flight",
                LoadMeasures.REFLECT,
                "per_second",
                KILO);
        table("p99 of a round trip in µs", LoadMeasures.REFLECT, "p99_ns", KILO);
    }

    private void clients() {
        line("## Clients\n");
        line(
                "One TCP connection, each program with its own server; both may use both"
                        + " processors.\n");
        table("Gbit/s up", ClientMeasures.UP, "bits_per_second", 1e9);
        table("Gbit/s down", ClientMeasures.DOWN, "bits_per_second", 1e9);
        line("Round-trip times of 64 bytes, one at a time, as reported by each client. `load` (C)");
        line("and netpair use `epoll_server.c`, sockperf its own server, also in C.\n");
        for (String way : List.of("TCP", "UDP")) {
            String measure = ClientMeasures.ROUND_TRIP + way;
            table(way + ": p50 in µs", measure, "p50_ns", KILO);
            table(way + ": p99 in µs", measure, "p99_ns", KILO);
        }
    }

    private void footprint() throws IOException {
        line("## Start and size\n");
        table(
                "Client: ms from exec to exit, for one exchange",
                FootprintMeasures.CLIENT,
                "time_ns",
                MEGA);
        table(
                "Server: ms from exec to the first answer",
                FootprintMeasures.SERVER,
                "time_ns",
                MEGA);
        picture(
                "memory",
                "Resident MB, by idle connections",
                CLIENTS,
                FootprintMeasures.MEMORY,
                "resident_bytes",
                MEGA);
        table("Resident MB without connections", FootprintMeasures.MEMORY, "idle_bytes", MEGA);
        table("KiB per idle connection", FootprintMeasures.MEMORY, "bytes_per_connection", KIBI);
        table("MB of archive", FootprintMeasures.SIZE, "archive_bytes", MEGA);
        table("MB of folder", FootprintMeasures.SIZE, "folder_bytes", MEGA);
    }

    /** Writes a table with a row per contender and a column per load. */
    private void table(String title, String measure, String value, double unit) {
        List<Integer> loads = samples.loads(measure);
        if (loads.isEmpty()) {
            return;
        }
        line("**" + title + "**\n");
        StringBuilder head = new StringBuilder("| |");
        StringBuilder rule = new StringBuilder("| --- |");
        for (int load : loads) {
            head.append(load == 0 ? " |" : String.format(Locale.ROOT, " %,d |", load));
            rule.append(" ---: |");
        }
        line(head.toString());
        line(rule.toString());
        for (String contender : samples.contenders(measure)) {
            StringBuilder row = new StringBuilder("| " + contender + " |");
            for (int load : loads) {
                row.append(' ').append(cell(measure, contender, load, value, unit)).append(" |");
            }
            line(row.toString());
        }
        line("");
    }

    private String cell(String measure, String contender, int load, String value, double unit) {
        List<Double> sorted = samples.sorted(measure, contender, load, value);
        if (sorted.isEmpty()) {
            return "-";
        }
        String median =
                number(samples.median(measure, contender, load, value).getAsDouble() / unit);
        return sorted.size() == 1
                ? median
                : median
                        + " ("
                        + number(sorted.getFirst() / unit)
                        + "–"
                        + number(sorted.getLast() / unit)
                        + ")";
    }

    /** Formats with three significant digits. */
    private static String number(double value) {
        int digits = value >= 100 || value == 0 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private void picture(
            String name, String title, String below, String measure, String value, double unit)
            throws IOException {
        List<Integer> loads = samples.loads(measure);
        List<Plot.Line> lines = new ArrayList<>();
        for (String contender : samples.contenders(measure)) {
            List<Plot.Point> points = new ArrayList<>();
            for (int load : loads) {
                List<Double> sorted = samples.sorted(measure, contender, load, value);
                if (!sorted.isEmpty()) {
                    points.add(
                            new Plot.Point(
                                    loads.indexOf(load),
                                    samples.median(measure, contender, load, value).getAsDouble(),
                                    sorted.getFirst(),
                                    sorted.getLast()));
                }
            }
            if (points.size() > 1) {
                lines.add(new Plot.Line(contender, points));
            }
        }
        if (!lines.isEmpty()) {
            List<String> places =
                    loads.stream().map(load -> String.format(Locale.ROOT, "%,d", load)).toList();
            Files.writeString(
                    folder.resolve(name + ".svg"), new Plot(title, below, places, unit).svg(lines));
            line("![" + title + "](" + name + ".svg)\n");
        }
    }
}
