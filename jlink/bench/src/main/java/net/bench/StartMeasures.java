package net.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures start-up times, and what a start does. */
final class StartMeasures {
    static final String CLIENT = "start client";
    static final String SERVER = "start server";
    static final String WORK = "start work";

    /**
     * The client's launcher with an option that ends the JVM before {@code main}: same script,
     * options, image and cache, and the same main class, which is loaded. An empty {@code main}
     * takes as long.
     */
    static final String FLOOR = "empty main";

    private static final String FLOOR_OPTION = "--dry-run";

    /** Starts per round; a start is short, so there are more of them. */
    private static final int STARTS_PER_ROUND = 4;

    private final Setup setup;

    StartMeasures(Setup setup) {
        this.setup = setup;
    }

    /** Measures the time from exec to the exit of a client, and to the first answer of a server. */
    void measure() throws IOException, InterruptedException {
        int times = STARTS_PER_ROUND * setup.rounds();
        try (ServerProcess greeter = greeter()) {
            Map<String, List<String>> clients = setup.contenders().clients(greeter.port());
            List<String> own = clients.get(Contenders.NETPAIR);
            for (int round = 0; round <= times; round++) {
                for (Map.Entry<String, List<String>> client : clients.entrySet()) {
                    started(CLIENT, client.getKey(), round, spawn("exit", client.getValue()), "");
                }
                started(CLIENT, FLOOR, round, spawn("exit", own), FLOOR_OPTION);
            }
            for (int round = 1; round <= setup.rounds(); round++) {
                work(Contenders.NETPAIR, own, "", round);
                work(FLOOR, own, FLOOR_OPTION, round);
            }
        }
        for (int round = 0; round <= times; round++) {
            for (Contender contender : setup.contenders().greetServers()) {
                int port = ServerProcess.freePort();
                List<String> command = spawn("answer", List.of("" + port));
                contender.command().forEach(word -> command.add(word.replace("PORT", "" + port)));
                started(SERVER, contender.name(), round, command, "");
            }
        }
    }

    private ServerProcess greeter() throws IOException {
        return new ServerProcess(
                        Contender.of(
                                "greeter",
                                List.of(setup.contenders().tool("epoll_server"), "greet", "PORT")),
                        setup.work())
                .awaitTcp();
    }

    private List<String> spawn(String kind, List<String> command) {
        List<String> words = new ArrayList<>(List.of(setup.contenders().tool("spawn"), kind));
        words.addAll(command);
        return words;
    }

    /** Adds a sample, except for round 0, the warm-up. */
    private void started(
            String measure, String contender, int round, List<String> command, String javaOptions)
            throws IOException, InterruptedException {
        double nanos = Setup.numbers(LoadProcess.error(command, javaOptions)).get("time_ns");
        if (round > 0) {
            setup.samples().add(new Sample(measure, contender, 0, round, Map.of("time_ns", nanos)));
        }
    }

    /** Counts what the start and one exchange do; the counts of system calls include the script. */
    private void work(String contender, List<String> command, String javaOptions, int round)
            throws IOException, InterruptedException {
        Map<String, Double> values = new LinkedHashMap<>();
        Path log = setup.work().resolve("classes.log");
        LoadProcess.error(command, (javaOptions + " -Xlog:class+load:file=" + log).strip());
        List<String> classes = Files.readAllLines(log);
        values.put("classes", (double) classes.size());
        values.put("classes_not_cached", (double) notCached(classes));
        values.put(
                "minor_faults",
                Setup.numbers(LoadProcess.error(spawn("exit", command), javaOptions))
                        .get("minor_faults"));
        Path calls = setup.work().resolve("calls.log");
        List<String> traced =
                new ArrayList<>(List.of("strace", "-f", "-c", "-o", calls.toString()));
        traced.addAll(command);
        LoadProcess.error(traced, javaOptions);
        values.put("system_calls", systemCalls(Files.readAllLines(calls)));
        setup.samples().add(new Sample(WORK, contender, 0, round, values));
    }

    /** Returns how many classes of the JVM's log are not from the cache. */
    static long notCached(List<String> log) {
        return log.stream().filter(line -> !line.contains("shared objects file")).count();
    }

    /** Returns the number of calls in strace's table: the fourth column of its last line. */
    static double systemCalls(List<String> table) {
        return Double.parseDouble(table.getLast().strip().split("\\s+")[3]);
    }
}
