package net.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** RESULTS.md and its pictures. */
final class ResultsPage {
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
        say("# Results\n");
        say("Made by `jlink/bench/run`, whose raw figures are in `results.json`.");
        say(
                ("Each figure is the median of %d rounds (in brackets: the least and the most), in"
                     + " which the contenders had their turns one after another, %s s each after a"
                     + " warm-up. A ratio is the median of the ratios within a round.\n")
                        .formatted(rounds, "" + seconds));
        say("```text\n" + about + "```\n");
        say("## Goals\n");
        say(Goals.table(samples));
        tcp();
        udp();
        clients();
        footprint();
        Files.writeString(folder.resolve("RESULTS.md"), text);
    }

    private void say(String line) {
        text.append(line).append('\n');
    }

    private void tcp() throws IOException {
        say("## TCP servers under load\n");
        say("A load in C on one processor, the server on the other. An exchange is: connect,");
        say(
                "greeting, message of 12 bytes and half-close, end of file. An echo: 64 bytes there"
                        + " and");
        say(
                "back. `C epoll` is `yardstick.c`: one thread, no limits, no escapes, no counts."
                        + " ncat,");
        say(
                "socat and xinetd start a process for each peer; the tutorial's server serves one"
                        + " peer");
        say("at a time.\n");
        picture(
                "exchange",
                "Exchanges a second, in thousands",
                LoadMeasures.EXCHANGE,
                "per_second",
                KILO);
        table("Thousand exchanges a second, by clients", LoadMeasures.EXCHANGE, "per_second", KILO);
        table("p99 of an exchange in ms", LoadMeasures.EXCHANGE, "p99_ns", MEGA);
        picture(
                "echo",
                "Echo round trips a second, in thousands",
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

    private void udp() {
        say("## UDP\n");
        say(
                "Datagrams of 64 bytes, sent as fast as one processor can, to a server on the other"
                        + " that");
        say(
                "writes a line for each to a file (socat: the payload alone, and without the"
                        + " sender).\n");
        table("Thousand recorded a second", LoadMeasures.RECORD, "per_second", KILO);
        table(
                "Processor seconds for a million recorded",
                LoadMeasures.RECORD,
                "cpu_seconds_per_million",
                1);
        table(
                "Thousand round trips a second, by datagrams under way",
                LoadMeasures.REFLECT,
                "per_second",
                KILO);
        table("p99 of a round trip in µs", LoadMeasures.REFLECT, "p99_ns", KILO);
    }

    private void clients() {
        say("## Clients\n");
        say("Each program with its own server over one TCP connection, both on both processors.\n");
        table("Gbit/s up", ClientMeasures.UP, "bits_per_second", 1e9);
        table("Gbit/s down", ClientMeasures.DOWN, "bits_per_second", 1e9);
        say(
                "What clients say of round trips of 64 bytes, one after another: `load` (C) and"
                        + " netpair");
        say("ask the yardstick, sockperf its own server, which is in C too.\n");
        for (String way : List.of("TCP", "UDP")) {
            String measure = ClientMeasures.ROUND_TRIP + way;
            table(way + ": p50 in µs", measure, "p50_ns", KILO);
            table(way + ": p99 in µs", measure, "p99_ns", KILO);
        }
    }

    private void footprint() throws IOException {
        say("## Start and size\n");
        table(
                "A whole exchange of a client, in ms from exec to exit",
                FootprintMeasures.CLIENT,
                "time_ns",
                MEGA);
        table(
                "A server, in ms from exec to its first answer",
                FootprintMeasures.SERVER,
                "time_ns",
                MEGA);
        picture(
                "memory",
                "Resident MB, by idle connections",
                FootprintMeasures.MEMORY,
                "resident_bytes",
                MEGA);
        table("Resident MB without a connection", FootprintMeasures.MEMORY, "idle_bytes", MEGA);
        table(
                "KiB for each connection that is idle",
                FootprintMeasures.MEMORY,
                "bytes_per_connection",
                KIBI);
        table("MB of archive", FootprintMeasures.SIZE, "archive_bytes", MEGA);
        table("MB of folder", FootprintMeasures.SIZE, "folder_bytes", MEGA);
    }

    /** A row for each contender, a column for each load. */
    private void table(String title, String measure, String value, double unit) {
        List<Integer> loads = samples.loads(measure);
        say("**" + title + "**\n");
        StringBuilder head = new StringBuilder("| |");
        StringBuilder rule = new StringBuilder("| --- |");
        for (int load : loads) {
            head.append(load == 0 ? " |" : String.format(Locale.ROOT, " %,d |", load));
            rule.append(" ---: |");
        }
        say(head.toString());
        say(rule.toString());
        for (String contender : samples.contenders(measure)) {
            StringBuilder row = new StringBuilder("| " + contender + " |");
            for (int load : loads) {
                row.append(' ').append(cell(measure, contender, load, value, unit)).append(" |");
            }
            say(row.toString());
        }
        say("");
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

    /** Three digits that count. */
    private static String number(double value) {
        int digits = value >= 100 || value == 0 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private void picture(String name, String title, String measure, String value, double unit)
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
                    folder.resolve(name + ".svg"),
                    new Plot(title, "clients at once", places, unit).svg(lines));
            say("![" + title + "](" + name + ".svg)\n");
        }
    }
}
