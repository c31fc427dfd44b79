package net.launcher.image;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The summary of a run in text.
 *
 * @param rows the text after each label
 * @param times the figures of each row of the table, from left to right
 */
record TextSummary(Map<String, String> rows, Map<String, List<String>> times) {
    /** The JSON names of the table's columns. */
    static final List<String> COLUMNS =
            List.of("min", "mean", "p50", "p90", "p99", "p999", "max", "stddev", "jitter");

    /** The JSON names of the table's rows. */
    static final Map<String, String> NAMES =
            Map.of(
                    "time", "time_ns",
                    "raw time", "raw_time_ns",
                    "lateness", "lateness_ns",
                    "connect", "connect_ns",
                    "first byte", "first_byte_ns");

    private static final int LABEL_WIDTH = 11;

    /** Parses the summary in the output of a run. */
    static TextSummary of(String out) {
        Map<String, String> rows = new HashMap<>();
        Map<String, List<String>> times = new HashMap<>();
        for (String line : out.substring(out.indexOf("exchanges ")).lines().toList()) {
            String label = line.substring(0, LABEL_WIDTH).strip();
            String text = line.substring(LABEL_WIDTH).strip();
            if (NAMES.containsKey(label)) {
                times.put(label, List.of(text.split(" +")));
            } else {
                rows.put(label, text);
            }
        }
        return new TextSummary(rows, times);
    }
}
