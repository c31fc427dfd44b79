package net.launcher.server;

import net.server.ErrorKind;
import net.server.ServerStats;
import net.server.access.RefusalReason;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts of a server by the labels of reports, in alphabetical order. */
final class CountsByLabel {
    private CountsByLabel() {}

    static Map<String, Long> refused(ServerStats stats) {
        return byLabel(stats.refused(), RefusalReason::label);
    }

    static Map<String, Long> errors(ServerStats stats) {
        return byLabel(stats.errors(), ErrorKind::label);
    }

    private static <E> Map<String, Long> byLabel(Map<E, Long> counts, Function<E, String> label) {
        Map<String, Long> labelled = new TreeMap<>();
        counts.forEach((key, count) -> labelled.put(label.apply(key), count));
        return labelled;
    }
}
