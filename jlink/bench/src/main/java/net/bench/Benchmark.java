package net.bench;

import com.google.gson.GsonBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs the benchmark and writes the results page. Arguments: the checkout, a working folder, the
 * folder of the results, the number of rounds, the seconds per measurement.
 */
final class Benchmark {
    private static final List<String> TOOLS = List.of("epoll_server", "load", "spawn");

    private Benchmark() {}

    public static void main(String... args) throws IOException, InterruptedException {
        Path root = Path.of(args[0]).toRealPath();
        Path work = Files.createDirectories(Path.of(args[1], "work"));
        Path results = Path.of(args[2]);
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
        FootprintMeasures footprint = new FootprintMeasures(setup);
        footprint.size(root);
        footprint.start();
        footprint.memory();
        ClientMeasures clients = new ClientMeasures(setup);
        clients.throughput();
        clients.roundTrips();
        LoadMeasures load = new LoadMeasures(setup);
        load.udp();
        load.tcp();
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
                                        + " netcat-openbsd iperf3 sockperf xinetd python3")));
        about.setLength(about.length() - (about.toString().endsWith(",") ? 1 : 0));
        return about.append('\n').toString();
    }
}
