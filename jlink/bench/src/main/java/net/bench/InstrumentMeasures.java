package net.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Measures clients as instruments: round trips at the same rate over loopback, and their counts of
 * losses over a relay that drops and swaps datagrams.
 */
final class InstrumentMeasures {
    static final String RATE = "instrument";
    static final String LOSS = "instrument loss";
    static final String IRTT = "irtt";
    static final String SOCKPERF = "sockperf";

    private static final int PER_SECOND = 1000;
    private static final int BYTES = 64;

    /** The echo request's 8 bytes of header make it as long. */
    private static final int PING_BYTES = BYTES - 8;

    private static final int DROP_EACH = 100;
    private static final int SWAP_EACH = 70;
    private static final Pattern PING_TIME = Pattern.compile("time=([0-9.]+) ms");

    /** Runs a tool with a server at a port, and returns its figures. */
    @FunctionalInterface
    private interface Tool {
        Map<String, Double> run(int port) throws IOException, InterruptedException;
    }

    private final Setup setup;

    /** Time of one run; some of the tools accept only whole seconds. */
    private final long seconds;

    InstrumentMeasures(Setup setup) {
        this.setup = setup;
        this.seconds = Math.max(1, Math.round(4 * setup.seconds()));
    }

    void measure() throws IOException, InterruptedException {
        try (ServerProcess echo =
                        server("C", setup.contenders().tool("epoll_server"), "reflect", "PORT")
                                .awaitUdp();
                ServerProcess sockperf =
                        server(SOCKPERF, "sockperf", "sr", "-i", "127.0.0.1", "-p", "PORT")
                                .awaitUdp();
                ServerProcess irtt =
                        server(IRTT, "irtt", "server", "-b", "127.0.0.1:PORT", "-i", "0")
                                .awaitUdp();
                ServerProcess iperf =
                        server(Contenders.IPERF3, Contenders.IPERF3, "-s", "-p", "PORT")
                                .awaitListening()) {
            for (int round = 1; round <= setup.rounds(); round++) {
                rate(Contenders.NETPAIR, round, this::netpair, echo.port());
                rate(SOCKPERF, round, this::sockperf, sockperf.port());
                rate(IRTT, round, this::irtt, irtt.port());
                rate(Contenders.IPERF3, round, this::iperf3, iperf.port());
                rate("ping", round, this::ping, 0);
                loss(Contenders.NETPAIR, round, this::netpair, echo.port());
                loss(SOCKPERF, round, this::sockperf, sockperf.port());
                loss(IRTT, round, this::irtt, irtt.port());
            }
        }
    }

    private ServerProcess server(String name, String... command) throws IOException {
        return new ServerProcess(Contender.of(name, List.of(command)), setup.work());
    }

    private void rate(String name, int round, Tool tool, int port) throws InterruptedException {
        try {
            setup.samples().add(new Sample(RATE, name, 0, round, tool.run(port)));
        } catch (IOException | RuntimeException e) {
            skip(name, e);
        }
    }

    /** Another version of a tool may print other lines: its cells stay empty. */
    private static void skip(String name, Exception failure) {
        System.err.println(name + ": " + failure);
    }

    private void loss(String name, int round, Tool tool, int serverPort)
            throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        Process relay =
                new ProcessBuilder(
                                LoadProcess.pinned(
                                        LoadProcess.SERVER,
                                        List.of(
                                                setup.contenders().tool("relay"),
                                                "" + port,
                                                "" + serverPort,
                                                "" + BYTES,
                                                "" + DROP_EACH,
                                                "" + SWAP_EACH)))
                        .start();
        try (BufferedReader out = relay.inputReader(StandardCharsets.UTF_8)) {
            out.readLine();
            Map<String, Double> counted = tool.run(port);
            relay.getOutputStream().close();
            Map<String, Double> values = new LinkedHashMap<>(Setup.numbers(out.readLine()));
            for (String count : List.of("sent", "lost", "reordered")) {
                values.put(count, counted.get(count));
            }
            values.put("difference", Math.abs(values.get("lost") - values.get("dropped")));
            setup.samples().add(new Sample(LOSS, name, 0, round, values));
        } catch (IOException | RuntimeException e) {
            skip(name, e);
        } finally {
            relay.destroyForcibly().waitFor();
        }
    }

    private Map<String, Double> netpair(int port) throws IOException, InterruptedException {
        Run run =
                Run.of(
                        setup,
                        LoadProcess.LOAD,
                        List.of(
                                setup.contenders().bin().resolve("udp-client").toString(),
                                "--service=echo",
                                "--rate=" + PER_SECOND,
                                "--duration=" + seconds + "s",
                                "--size=" + BYTES,
                                "--format=json",
                                "--quiet",
                                "127.0.0.1:" + port));
        JsonObject summary = run.summary();
        Map<String, Double> values = used(run, summary.get("sent").getAsDouble());
        JsonObject times = summary.getAsJsonObject("raw_time_ns");
        values.put("p50_ns", times.get("p50").getAsDouble());
        values.put("p99_ns", times.get("p99").getAsDouble());
        values.put("lateness_ns", summary.getAsJsonObject("lateness_ns").get("p50").getAsDouble());
        values.put("lost", summary.get("lost").getAsDouble());
        values.put("reordered", summary.get("reordered").getAsDouble());
        return values;
    }

    private Map<String, Double> sockperf(int port) throws IOException, InterruptedException {
        Run run =
                Run.of(
                        setup,
                        LoadProcess.LOAD,
                        List.of(
                                "sockperf",
                                "ul",
                                "-i",
                                "127.0.0.1",
                                "-p",
                                "" + port,
                                "-m",
                                "" + BYTES,
                                "-t",
                                "" + seconds,
                                "--mps=" + PER_SECOND,
                                "--reply-every=1",
                                "--full-rtt"));
        Map<String, Double> values = used(run, run.number("SentMessages"));
        values.put("p50_ns", run.number("percentile 50.000") * 1000);
        values.put("p99_ns", run.number("percentile 99.000") * 1000);
        values.put("lost", run.number("dropped messages"));
        values.put("reordered", run.number("out-of-order messages"));
        return values;
    }

    private Map<String, Double> irtt(int port) throws IOException, InterruptedException {
        Path file = setup.work().resolve("irtt.json");
        Run run =
                Run.of(
                        setup,
                        LoadProcess.LOAD,
                        List.of(
                                "irtt",
                                "client",
                                "-i",
                                1000 / PER_SECOND + "ms",
                                "-d",
                                seconds + "s",
                                "-l",
                                "" + BYTES,
                                "--wait=200ms",
                                "-Q",
                                "-o",
                                file.toString(),
                                "127.0.0.1:" + port));
        JsonObject results = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        JsonObject stats = results.getAsJsonObject("stats");
        double sent = stats.get("packets_sent").getAsDouble();
        Map<String, Double> values = used(run, sent);
        List<Double> times = new ArrayList<>();
        for (JsonElement trip : results.getAsJsonArray("round_trips")) {
            JsonElement time = trip.getAsJsonObject().getAsJsonObject("delay").get("rtt");
            if (time != null) {
                times.add(time.getAsDouble());
            }
        }
        percentiles(values, times);
        values.put("lost", sent - stats.get("packets_received").getAsDouble());
        values.put("reordered", stats.get("late_packets").getAsDouble());
        return values;
    }

    /** Runs iperf3, which measures no round trips. */
    private Map<String, Double> iperf3(int port) throws IOException, InterruptedException {
        Run run =
                Run.of(
                        setup,
                        LoadProcess.LOAD,
                        List.of(
                                Contenders.IPERF3,
                                "-J",
                                "-c",
                                "127.0.0.1",
                                "-p",
                                "" + port,
                                "-u",
                                "-l",
                                "" + BYTES,
                                "-b",
                                "" + BYTES * 8 * PER_SECOND,
                                "-t",
                                "" + seconds));
        JsonObject sum =
                JsonParser.parseString(run.output())
                        .getAsJsonObject()
                        .getAsJsonObject("end")
                        .getAsJsonObject("sum");
        Map<String, Double> values = used(run, sum.get("packets").getAsDouble());
        values.put("lost", sum.get("lost_packets").getAsDouble());
        return values;
    }

    /** Runs ping, which the kernel answers by itself. */
    private Map<String, Double> ping(int unused) throws IOException, InterruptedException {
        Run run =
                Run.of(
                        setup,
                        LoadProcess.LOAD,
                        List.of(
                                "ping",
                                "-i",
                                "" + 1.0 / PER_SECOND,
                                "-c",
                                "" + seconds * PER_SECOND,
                                "-s",
                                "" + PING_BYTES,
                                "127.0.0.1"));
        double sent = seconds * PER_SECOND;
        Map<String, Double> values = used(run, sent);
        List<Double> times =
                PING_TIME
                        .matcher(run.output())
                        .results()
                        .map((MatchResult time) -> Double.parseDouble(time.group(1)) * 1e6)
                        .toList();
        percentiles(values, times);
        values.put("lost", sent - run.number("packets transmitted, "));
        return values;
    }

    private static void percentiles(Map<String, Double> values, List<Double> times) {
        values.put("p50_ns", Samples.percentile(times, 50));
        values.put("p99_ns", Samples.percentile(times, 99));
    }

    /** Returns the rate at which a tool has sent, and its processor time. */
    private Map<String, Double> used(Run run, double sent) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("sent", sent);
        values.put("sent_per_second", sent / seconds);
        values.put("cpu_ns_per_exchange", run.use().get("cpu_ns") / sent);
        return values;
    }
}
