package net.bench;

import net.bench.MarkdownPage.Column;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes RESULTS.md and its charts. */
final class ResultsPage {
    private static final String CLIENTS = "concurrent clients";
    private static final double KILO = 1e3;
    static final double MEGA = 1e6;
    static final double KIBI = 1024;

    private final Samples samples;
    private final MarkdownPage page;

    ResultsPage(Samples samples, Path folder) {
        this.samples = samples;
        this.page = new MarkdownPage(samples, folder);
    }

    void write(String about, int rounds, double seconds) throws IOException {
        page.line("# Results\n");
        page.line("Written by `jlink/bench/run`. The raw figures are in `results.json`.");
        page.line(
                ("Each figure is the median of %d rounds, with the minimum and maximum in brackets."
                     + " A round measures each program once, for %s s after a warm-up. A ratio is"
                     + " the median of the ratios within each round.\n")
                        .formatted(rounds, "" + seconds));
        page.line("```text\n" + about + "```\n");
        page.line("## Goals\n");
        page.line(Goals.table(samples));
        tcp();
        curve();
        flood();
        udp();
        clients();
        instruments();
        footprint();
        page.write("RESULTS.md");
    }

    private void tcp() throws IOException {
        page.line("## TCP servers under load\n");
        page.line(
                "The load generator, in C, runs on one processor, the server on the other. In an");
        page.line(
                "exchange, the client connects, reads the greeting, sends 12 bytes, half-closes,"
                        + " and");
        page.line(
                "reads to end of file. A round trip is 64 bytes to an echo server and back. `C"
                        + " epoll`");
        page.line(
                "is `epoll_server.c`: one thread, no limits, no escaping, no counters. ncat, socat"
                        + " and");
        page.line(
                "xinetd start a process per client; the tutorial's server serves one client at a");
        page.line("time.\n");
        page.picture(
                "exchange",
                "Exchanges a second, in thousands",
                CLIENTS,
                LoadMeasures.EXCHANGE,
                "per_second",
                KILO);
        page.table(
                "Thousand exchanges a second, by clients",
                LoadMeasures.EXCHANGE,
                "per_second",
                KILO);
        page.table("p99 of an exchange in ms", LoadMeasures.EXCHANGE, "p99_ns", MEGA);
        page.picture(
                "echo",
                "Echo round trips a second, in thousands",
                CLIENTS,
                LoadMeasures.ECHO,
                "per_second",
                KILO);
        page.table(
                "Thousand round trips a second, by connections",
                LoadMeasures.ECHO,
                "per_second",
                KILO);
        page.table("p50 of a round trip in µs", LoadMeasures.ECHO, "p50_ns", KILO);
        page.table("p99 of a round trip in µs", LoadMeasures.ECHO, "p99_ns", KILO);
        page.table("p99.9 of a round trip in µs", LoadMeasures.ECHO, "p999_ns", KILO);
    }

    private void curve() throws IOException {
        page.line("## Servers from their start\n");
        page.line(
                "Each server is a fresh process, on one processor, with 64 clients from its first");
        page.line(
                "connection on, on the other; the processors alternate by round. Columns are the");
        page.line("seconds since the first connection.\n");
        curve("exchange-curve", "exchanges", CurveMeasures.EXCHANGE);
        curve("echo-curve", "round trips", CurveMeasures.ECHO);
    }

    private void curve(String name, String unit, String measure) throws IOException {
        String title = "Thousand " + unit + " a second, by second since the start";
        page.picture(name, title, "second", measure, "per_second", KILO);
        page.table(title, measure, "per_second", KILO);
        page.table("p99 of " + unit + " in ms, by second since the start", measure, "p99_ns", MEGA);
    }

    private void flood() {
        page.line("## TCP servers during a flood\n");
        page.line(
                "9,900 peers of `flood.c` send or read as fast as they can, on one processor, and"
                        + " a");
        page.line(
                "server serves them on the other. Meanwhile a peer with another address performs"
                        + " one");
        page.line(
                "exchange after another, with a pause of 10 ms; an exchange that fails or takes"
                        + " more");
        page.line(
                "than 10 s counts as 10 s. The throughput is that of the flood; for `greet` it"
                        + " counts the");
        page.line(
                "greetings, 13 bytes per exchange. `receive` has lines of 64 bytes, `lines` empty"
                        + " lines.\n");
        for (String kind : FloodMeasures.KINDS) {
            page.table(
                    "Exchanges during a flood: " + kind,
                    FloodMeasures.FLOOD + kind,
                    List.of(
                            new Column("p50 in ms", "p50_ns", MEGA),
                            new Column("p99 in ms", "p99_ns", MEGA),
                            new Column("failed", "failed", 1),
                            new Column("MB/s of the flood", "bytes_per_second", MEGA)));
        }
    }

    private void udp() {
        page.line("## UDP\n");
        page.line(
                "One processor sends datagrams of 64 bytes at its maximum rate; the server, on"
                        + " the");
        page.line("other, appends each to a file as a line (socat: only the payload).\n");
        page.table("Thousand recorded a second", LoadMeasures.RECORD, "per_second", KILO);
        page.table(
                "Processor seconds for a million recorded",
                LoadMeasures.RECORD,
                "cpu_seconds_per_million",
                1);
        page.table(
                "Thousand round trips a second, by datagrams in flight",
                LoadMeasures.REFLECT,
                "per_second",
                KILO);
        page.table("p99 of a round trip in µs", LoadMeasures.REFLECT, "p99_ns", KILO);
    }

    private void clients() {
        page.line("## Clients\n");
        page.line(
                "One TCP connection, each program with its own server; both may use both"
                        + " processors.\n");
        page.table("Gbit/s up", ClientMeasures.UP, "bits_per_second", 1e9);
        page.table("Gbit/s down", ClientMeasures.DOWN, "bits_per_second", 1e9);
        page.line(
                "Round-trip times of 64 bytes, one at a time, as reported by each client. `load`"
                        + " (C)");
        page.line("and netpair use `epoll_server.c`, sockperf its own server, also in C.\n");
        for (String way : List.of("TCP", "UDP")) {
            String measure = ClientMeasures.ROUND_TRIP + way;
            page.table(way + ": p50 in µs", measure, "p50_ns", KILO);
            page.table(way + ": p99 in µs", measure, "p99_ns", KILO);
        }
    }

    private void instruments() {
        page.line("## As an instrument\n");
        page.line("1,000 datagrams of 64 bytes a second for 4 s, by clients on one processor; the");
        page.line(
                "servers, on the other, are those of each tool, and `epoll_server.c` for netpair.");
        page.line(
                "netpair's times are those from the actual sending, and its lateness is from the");
        page.line(
                "scheduled time to the sending. iperf3 measures no round trips; ping's requests"
                        + " are");
        page.line(
                "answered by the kernel. Processor times include the start of the client; sockperf"
                        + " and");
        page.line("ping wait in a loop.\n");
        page.table(
                "Round trips at a rate",
                InstrumentMeasures.RATE,
                List.of(
                        new Column("p50 in µs", "p50_ns", KILO),
                        new Column("p99 in µs", "p99_ns", KILO),
                        new Column("lateness p50 in µs", "lateness_ns", KILO),
                        new Column("sent a second", "sent_per_second", 1),
                        new Column("processor µs an exchange", "cpu_ns_per_exchange", KILO)));
        page.line(
                "The same over `relay.c`, which drops every 100th datagram to the server and"
                        + " swaps");
        page.line(
                "every 70th from it with the next. sockperf leaves out the start and the end of a");
        page.line("run.\n");
        page.table(
                "Losses and reordering, by the relay and by the tool",
                InstrumentMeasures.LOSS,
                List.of(
                        new Column("sent", "sent", 1),
                        new Column("dropped", "dropped", 1),
                        new Column("lost by the tool", "lost", 1),
                        new Column("swapped", "swapped", 1),
                        new Column("reordered by the tool", "reordered", 1)));
        page.line(
                "Checks of an open TCP port over loopback: the time that is reported, the time"
                        + " that");
        page.line(
                "passes for the user per check, and the processor time per check; all may use"
                        + " both");
        page.line("processors.\n");
        page.table(
                "Port checks",
                PortCheckMeasures.CHECK,
                List.of(
                        new Column("reported ms", "reported_ns", MEGA),
                        new Column("passed ms", "wall_ns", MEGA),
                        new Column("processor ms", "cpu_ns", MEGA)));
    }

    private void footprint() throws IOException {
        page.line("## Start and size\n");
        page.line(
                "`empty main` is netpair's client with the JVM's option `--dry-run`: the same"
                        + " script,");
        page.line("options, image and class cache; the JVM loads the main class and exits without");
        page.line("running it.\n");
        page.table(
                "Client: ms from exec to exit, for one exchange",
                StartMeasures.CLIENT,
                "time_ns",
                MEGA);
        page.table(
                "What a client does for one exchange, with its script",
                StartMeasures.WORK,
                List.of(
                        new Column("classes loaded", "classes", 1),
                        new Column("not from the cache", "classes_not_cached", 1),
                        new Column("minor page faults", "minor_faults", 1),
                        new Column("system calls", "system_calls", 1)));
        page.table(
                "Server: ms from exec to the first answer", StartMeasures.SERVER, "time_ns", MEGA);
        page.picture(
                "memory",
                "Resident MB, by idle connections",
                CLIENTS,
                FootprintMeasures.MEMORY,
                "resident_bytes",
                MEGA);
        page.table("Resident MB without connections", FootprintMeasures.MEMORY, "idle_bytes", MEGA);
        page.table(
                "KiB per idle connection", FootprintMeasures.MEMORY, "bytes_per_connection", KIBI);
        page.table("MB of archive", FootprintMeasures.SIZE, "archive_bytes", MEGA);
        page.table("MB of folder", FootprintMeasures.SIZE, "folder_bytes", MEGA);
    }
}
