package net.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The setup shared by all measurements.
 *
 * @param contenders the programs to compare
 * @param work the folder for output of servers
 * @param samples the results
 * @param rounds the number of rounds
 * @param seconds the time of one measurement
 */
record Setup(Contenders contenders, Path work, Samples samples, int rounds, double seconds) {
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Waits until memory and traffic have settled. */
    static void settle() {
        LockSupport.parkNanos(SETTLE_NANOS);
    }

    /** Runs the load generator against a server, and returns its results. */
    Map<String, Double> load(String kind, ServerProcess server, int count, double time)
            throws IOException, InterruptedException {
        return curve(kind, server, count, time, 1).getFirst();
    }

    /** Runs the load generator against a server, and returns its results by interval. */
    List<Map<String, Double>> curve(
            String kind, ServerProcess server, int count, double time, int intervals)
            throws IOException, InterruptedException {
        return LoadProcess.output(
                        LoadProcess.pinned(
                                server.loadProcessor(),
                                List.of(
                                        contenders.tool("load"),
                                        kind,
                                        "" + server.port(),
                                        "" + count,
                                        "" + time,
                                        "" + server.contender().addresses(),
                                        "" + intervals)))
                .lines()
                .map(Setup::numbers)
                .toList();
    }

    /** Returns the members of a line of JSON, which are all numbers. */
    static Map<String, Double> numbers(String json) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> member :
                JsonParser.parseString(json).getAsJsonObject().entrySet()) {
            numbers.put(member.getKey(), member.getValue().getAsDouble());
        }
        return numbers;
    }
}
