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
 * What all measures share.
 *
 * @param field who takes part
 * @param work where servers write
 * @param samples gets what was measured
 * @param rounds how often each contender has its turn
 * @param seconds how long a turn takes
 */
record Setup(Contenders field, Path work, Samples samples, int rounds, double seconds) {
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Waits until what was allocated or sent has come to rest. */
    static void rest() {
        LockSupport.parkNanos(REST_NANOS);
    }

    /** Has the load load a server, and returns what it says. */
    Map<String, Double> load(String kind, ServerProcess server, int count, double time)
            throws IOException, InterruptedException {
        return numbers(
                LoadProcess.output(
                        LoadProcess.pinned(
                                LoadProcess.LOAD,
                                List.of(
                                        field.tool("load"),
                                        kind,
                                        "" + server.port(),
                                        "" + count,
                                        "" + time,
                                        "" + server.contender().addresses()))));
    }

    private static Map<String, Double> numbers(String json) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> member :
                JsonParser.parseString(json).getAsJsonObject().entrySet()) {
            numbers.put(member.getKey(), member.getValue().getAsDouble());
        }
        return numbers;
    }
}
