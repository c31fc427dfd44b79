package net.bench;

import com.google.gson.GsonBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the benchmark and writes the results page. Arguments: the checkout, a working folder, the
 * folder of the results, the number of rounds, the seconds per measurement, the measures to perform
 * or {@code all}.
 */
final class Benchmark {
    private static final List<String> TOOLS =
            List.of("epoll_server", "flood", "load", "relay", "spawn");

    /** Several measurements. */
    @FunctionalInterface
    private interface Measures {
        void run() throws IOException, InterruptedException;
    }

    private Benchmark() {}

    public static void main(String... args) throws IOException, InterruptedException {
        Path root = Path.of(args[0]).toRealPath();
        Path work = Files.createDirectories(Path.of(args[1], "work"));
        boolean isAll = args[5].equals("all");
        Path results = Path.of(args[isAll ? 2 : 1]);
        int rounds = Integer.parseInt(args[3]);
        double seconds = Double.parseDouble(args[4]);
        if (Runtime.getRuntime().availableProcessors() < 2) {
            throw new IOException(
                    "the benchmark requires two processors: one for servers, one for the load");
        }
        for (String tool : TOOLS) {
            compile(root.resolve("jlink/bench/src/main/c/" + tool + ".c"), work.resolve(tool));
        }
        Samples samples = new Samples();
        Setup setup = new Setup(new Contenders(root, work), work, samples, rounds, seconds);
        String about = about();
        Map<String, Measures> measures = measures(setup, root);
        for (String name : isAll ? measures.keySet() : List.of(args[5].split(","))) {
            if (!measures.containsKey(name)) {
                throw new IOException(
                        "bench.only must be all or of " + measures.keySet() + ": " + name);
            }
            measures.get(name).run();
        }
        Files.writeString(
                results.resolve("results.json"),
                new GsonBuilder()
                                .create()
                                .toJson(
                                        Map.of(
                                                "about",
                                                about.lines().toList(),
                                                "samples",
                                                samples.all()))
                        + "\n");
        new ResultsPage(samples, results).write(about, rounds, seconds);
        System.err.println("written: " + results.resolve("RESULTS.md").normalize());
    }

    /** Returns the measures by name, in the order in which they run. */
    private static Map<String, Measures> measures(Setup setup, Path root) {
        FootprintMeasures footprint = new FootprintMeasures(setup);
        ClientMeasures clients = new ClientMeasures(setup);
        LoadMeasures load = new LoadMeasures(setup);
        Map<String, Measures> measures = new LinkedHashMap<>();
        measures.put("size", () -> footprint.size(root));
        measures.put("start", new StartMeasures(setup)::measure);
        measures.put("memory", footprint::memory);
        measures.put("throughput", clients::throughput);
        measures.put("round-trips", clients::roundTrips);
        measures.put("instrument", new InstrumentMeasures(setup)::measure);
        measures.put("port-check", new PortCheckMeasures(setup)::measure);
        measures.put("udp", load::udp);
        measures.put("tcp", load::tcp);
        measures.put("curve", new CurveMeasures(setup)::measure);
        measures.put("flood", new FloodMeasures(setup)::measure);
        return measures;
    }

    private static void compile(Path source, Path program)
            throws IOException, InterruptedException {
        LoadProcess.output(List.of("gcc", "-O2", "-o", program.toString(), source.toString()));
    }

    /** Returns the machine and the versions of the programs. */
    private static String about() throws IOException, InterruptedException {
        StringBuilder about = new StringBuilder();
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("model name")) {
                about.append(line.substring(line.indexOf(':') + 2)).append(", ");
                break;
            }
        }
        about.append(Runtime.getRuntime().availableProcessors()).append(" processors; ");
        about.append(LoadProcess.output(List.of("uname", "-s"))).append(' ');
        about.append(LoadProcess.output(List.of("uname", "-r")).replaceAll("-.*", "")).append("; ");
        about.append(
                LoadProcess.output(
                        List.of("sh", "-c", ". /etc/os-release && echo \"$PRETTY_NAME\"")));
        about.append("\nJava ").append(Runtime.version()).append(", Netty ");
        about.append(io.netty.util.Version.identify().get("netty-transport").artifactVersion());
        about.append(", ")
                .append(
                        LoadProcess.output(List.of("gcc", "--version"))
                                .lines()
                                .findFirst()
                                .orElse(""));
        about.append('\n');
        about.append(
                LoadProcess.output(
                        List.of(
                                "sh",
                                "-c",
                                "dpkg-query -W -f '${Package} ${Version}, ' ncat socat"
                                        + " netcat-openbsd iperf3 sockperf xinetd python3 irtt"
                                        + " iputils-ping prometheus-blackbox-exporter")));
        about.setLength(about.length() - (about.toString().endsWith(",") ? 1 : 0));
        return about.append('\n').toString();
    }
}
