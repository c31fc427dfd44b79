package net.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures throughput beside iperf3, and round-trip times beside sockperf. */
final class ClientMeasures {
    static final String UP = "throughput up";
    static final String DOWN = "throughput down";
    static final String ROUND_TRIP = "round trip ";

    private final Setup setup;

    ClientMeasures(Setup setup) {
        this.setup = setup;
    }

    /** Measures throughput up and down, each program with its own client and server. */
    void throughput() throws IOException, InterruptedException {
        List<String> own = List.of(setup.contenders().bin().resolve("tcp-server").toString());
        try (ServerProcess discard =
                        server(
                                Contenders.NETPAIR,
                                with(own, "--service=discard", "127.0.0.1:PORT"));
                ServerProcess chargen =
                        server(
                                Contenders.NETPAIR,
                                with(own, "--service=chargen", "127.0.0.1:PORT"));
                ServerProcess iperf =
                        server(Contenders.IPERF3, List.of(Contenders.IPERF3, "-s", "-p", "PORT"))) {
            for (int round = 1; round <= setup.rounds(); round++) {
                stream("up", Contenders.NETPAIR, round, netpair("discard", discard));
                stream("up", Contenders.IPERF3, round, iperf3(iperf));
                stream("down", Contenders.NETPAIR, round, netpair("chargen", chargen));
                stream("down", Contenders.IPERF3, round, with(iperf3(iperf), "-R"));
            }
        }
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }

    /** Starts a server on all processors, as its client. */
    private ServerProcess server(String name, List<String> command) throws IOException {
        return new ServerProcess(Contender.of(name, command), setup.work(), LoadProcess.ANY)
                .awaitListening();
    }

    private List<String> netpair(String service, ServerProcess server) {
        return List.of(
                setup.contenders().bin().resolve("tcp-client").toString(),
                "--service=" + service,
                "--duration=" + Math.round(setup.seconds() * 1000) + "ms",
                "--format=json",
                "--quiet",
                "127.0.0.1:" + server.port());
    }

    private List<String> iperf3(ServerProcess server) {
        return List.of(
                Contenders.IPERF3,
                "-J",
                "-c",
                "127.0.0.1",
                "-t",
                "" + wholeSeconds(),
                "-p",
                "" + server.port());
    }

    private void stream(String way, String contender, int round, List<String> command)
            throws IOException, InterruptedException {
        String output = LoadProcess.output(command);
        double rate;
        if (contender.equals(Contenders.IPERF3)) {
            JsonObject end =
                    JsonParser.parseString(output).getAsJsonObject().getAsJsonObject("end");
            rate = end.getAsJsonObject("sum_received").get("bits_per_second").getAsDouble();
        } else {
            rate = summary(output).get(way + "_bits_per_second").getAsDouble();
        }
        setup.samples()
                .add(
                        new Sample(
                                way.equals("up") ? UP : DOWN,
                                contender,
                                0,
                                round,
                                Map.of("bits_per_second", rate)));
    }

    /** Returns the last line of a run as JSON. */
    static JsonObject summary(String output) {
        return JsonParser.parseString(output.substring(output.lastIndexOf('\n') + 1))
                .getAsJsonObject();
    }

    /** Measures round-trip times with each client, one exchange at a time. */
    void roundTrips() throws IOException, InterruptedException {
        for (String way : List.of("TCP", "UDP")) {
            boolean isTcp = way.equals("TCP");
            String kind = isTcp ? "echo" : "reflect";
            List<String> sockperf =
                    new ArrayList<>(List.of("sockperf", "sr", "-i", "127.0.0.1", "-p", "PORT"));
            if (isTcp) {
                sockperf.add("--tcp");
            }
            try (ServerProcess echo =
                            new ServerProcess(
                                    Contender.of(
                                            "C",
                                            List.of(
                                                    setup.contenders().tool("epoll_server"),
                                                    kind,
                                                    "PORT")),
                                    setup.work());
                    ServerProcess sock =
                            new ServerProcess(Contender.of("sockperf", sockperf), setup.work())) {
                Setup.settle();
                for (int round = 1; round <= setup.rounds(); round++) {
                    addRoundTrip(way, "load", round, setup.load(kind, echo, 1, setup.seconds()));
                    addRoundTrip(way, Contenders.NETPAIR, round, netpair(isTcp, echo));
                    addRoundTrip(way, "sockperf", round, sockperf(isTcp, sock));
                }
            }
        }
    }

    private void addRoundTrip(String way, String contender, int round, Map<String, Double> values) {
        setup.samples().add(new Sample(ROUND_TRIP + way, contender, 1, round, values));
    }

    private Map<String, Double> netpair(boolean isTcp, ServerProcess echo)
            throws IOException, InterruptedException {
        String output =
                LoadProcess.output(
                        LoadProcess.pinned(
                                LoadProcess.LOAD,
                                List.of(
                                        setup.contenders()
                                                .bin()
                                                .resolve(isTcp ? "tcp-client" : "udp-client")
                                                .toString(),
                                        "--service=echo",
                                        "--size=64",
                                        "--rate=max",
                                        "--duration=" + Math.round(setup.seconds() * 1000) + "ms",
                                        "--warmup=5000",
                                        "--format=json",
                                        "--quiet",
                                        "127.0.0.1:" + echo.port())));
        JsonObject summary = summary(output);
        JsonObject times = summary.getAsJsonObject("time_ns");
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(
                "per_second",
                summary.get("ok").getAsDouble() / summary.get("duration_ns").getAsDouble() * 1e9);
        values.put("p50_ns", times.get("p50").getAsDouble());
        values.put("p99_ns", times.get("p99").getAsDouble());
        values.put("p999_ns", times.get("p999").getAsDouble());
        return values;
    }

    private Map<String, Double> sockperf(boolean isTcp, ServerProcess server)
            throws IOException, InterruptedException {
        List<String> command =
                with(
                        List.of("sockperf", "pp", "-i", "127.0.0.1", "-m", "64", "--full-rtt"),
                        "-p",
                        "" + server.port(),
                        "-t",
                        "" + wholeSeconds());
        String output =
                LoadProcess.output(
                        LoadProcess.pinned(
                                LoadProcess.LOAD, isTcp ? with(command, "--tcp") : command));
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("p50_ns", Run.number(output, "percentile 50.000") * 1000);
        values.put("p99_ns", Run.number(output, "percentile 99.000") * 1000);
        values.put("p999_ns", Run.number(output, "percentile 99.900") * 1000);
        return values;
    }

    /** Returns the time for programs that do not accept fractions of a second. */
    private long wholeSeconds() {
        return Math.max(1, Math.round(setup.seconds()));
    }
}
