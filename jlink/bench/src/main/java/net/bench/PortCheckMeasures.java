package net.bench;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures port checks beside Prometheus' blackbox exporter. */
final class PortCheckMeasures {
    static final String CHECK = "port check";
    static final String EXPORTER = "blackbox exporter, a request each";
    static final String PROCESSES = "netpair, a process each";
    static final String RUN = "netpair, one run";

    private static final int CHECKS = 200;

    /** A process takes longer, so there are fewer of them. */
    private static final int PROCESS_CHECKS = 10;

    private static final String MODULES =
            """
            modules:
              tcp_connect:
                prober: tcp
                timeout: 2s
            """;

    private final Setup setup;

    PortCheckMeasures(Setup setup) {
        this.setup = setup;
    }

    void measure() throws IOException, InterruptedException {
        Path modules = Files.writeString(setup.work().resolve("modules.yml"), MODULES);
        List<String> command =
                List.of(
                        "prometheus-blackbox-exporter",
                        "--web.listen-address=127.0.0.1:PORT",
                        "--config.file=" + modules,
                        "--log.level=error");
        List<String> echo = List.of(setup.contenders().tool("epoll_server"), "echo", "PORT");
        try (ServerProcess target =
                        new ServerProcess(Contender.of("target", echo), setup.work()).awaitTcp();
                ServerProcess exporter =
                        new ServerProcess(
                                        Contender.of("exporter", command),
                                        setup.work(),
                                        LoadProcess.ANY)
                                .awaitListening()) {
            for (int round = 1; round <= setup.rounds(); round++) {
                exporter(exporter, target.port(), round);
                processes(target.port(), round);
                run(target.port(), round);
            }
        }
    }

    private void exporter(ServerProcess exporter, int port, int round) throws IOException {
        URI probe =
                URI.create(
                        "http://127.0.0.1:%d/probe?module=tcp_connect&target=127.0.0.1:%d"
                                .formatted(exporter.port(), port));
        List<Double> reported = new ArrayList<>();
        double cpuSeconds = exporter.cpuSeconds();
        long startNanos = System.nanoTime();
        for (int i = 0; i < CHECKS; i++) {
            try (InputStream in = probe.toURL().openStream()) {
                String metrics = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (Run.number(metrics, "\nprobe_success ") != 1) {
                    throw new IOException("the port is open, but not to the exporter: " + metrics);
                }
                reported.add(Run.number(metrics, "\nprobe_duration_seconds ") * 1e9);
            }
        }
        double wallNanos = System.nanoTime() - startNanos;
        double cpuNanos = (exporter.cpuSeconds() - cpuSeconds) * 1e9;
        add(EXPORTER, round, reported, wallNanos / CHECKS, cpuNanos / CHECKS);
    }

    private void processes(int port, int round) throws IOException, InterruptedException {
        List<Double> reported = new ArrayList<>();
        double wallNanos = 0;
        double cpuNanos = 0;
        for (int i = 0; i < PROCESS_CHECKS; i++) {
            Run run = Run.of(setup, LoadProcess.ANY, check(port));
            reported.add(medianNanos(run));
            wallNanos += run.use().get("time_ns");
            cpuNanos += run.use().get("cpu_ns");
        }
        add(PROCESSES, round, reported, wallNanos / PROCESS_CHECKS, cpuNanos / PROCESS_CHECKS);
    }

    private void run(int port, int round) throws IOException, InterruptedException {
        Run run = Run.of(setup, LoadProcess.ANY, check(port, "--rate=max", "--count=" + CHECKS));
        add(
                RUN,
                round,
                List.of(medianNanos(run)),
                run.use().get("time_ns") / CHECKS,
                run.use().get("cpu_ns") / CHECKS);
    }

    private List<String> check(int port, String... more) {
        List<String> command = new ArrayList<>();
        command.add(setup.contenders().bin().resolve("tcp-client").toString());
        command.addAll(List.of("--service=connect", "--format=json", "--quiet"));
        command.addAll(List.of(more));
        command.add("127.0.0.1:" + port);
        return command;
    }

    private static double medianNanos(Run run) throws IOException {
        JsonObject summary = run.summary();
        if (summary.get("failed").getAsInt() > 0) {
            throw new IOException("the port is open, but not to netpair: " + summary);
        }
        return summary.getAsJsonObject("time_ns").get("p50").getAsDouble();
    }

    private void add(
            String contender, int round, List<Double> reported, double wallNanos, double cpuNanos) {
        setup.samples()
                .add(
                        new Sample(
                                CHECK,
                                contender,
                                0,
                                round,
                                Map.of(
                                        "reported_ns",
                                        Samples.percentile(reported, 50),
                                        "wall_ns",
                                        wallNanos,
                                        "cpu_ns",
                                        cpuNanos)));
    }
}
