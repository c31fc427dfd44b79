package net.launcher.server;

import net.launcher.command.value.Durations;
import net.launcher.output.Diagnostics;
import net.launcher.output.Plural;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.ServerStats;

import java.util.Map;

/** The counters of servers as text: a line per service, and the total as the last line. */
final class CounterLines {
    private CounterLines() {}

    /** Prints the lines; only the total if there is one service. */
    static void print(Diagnostics err, Transport transport, Map<Service, ServerStats> stats) {
        if (stats.size() > 1) {
            stats.forEach(
                    (service, each) -> err.print(service.label() + ": " + line(transport, each)));
        }
        err.print(line(transport, TotalStats.of(stats.values())));
    }

    /** Returns the counters of a server on one line. */
    static String line(Transport transport, ServerStats stats) {
        StringBuilder line = new StringBuilder();
        line.append(Plural.of(stats.messages(), "message")).append(" from ");
        String source = transport == Transport.TCP ? "connection" : "datagram";
        line.append(Plural.of(stats.accepted(), source)).append(", ");
        if (stats.active() > 0) {
            line.append(stats.active()).append(" active, ");
        }
        line.append(stats.bytesReceived()).append(" B received, ");
        line.append(stats.bytesSent()).append(" B sent, ");
        line.append(stats.truncated()).append(" truncated, ");
        line.append(stats.dropped()).append(" dropped");
        append(line, " refused (", CountsByLabel.refused(stats), ")");
        append(line, " ", CountsByLabel.errors(stats), "");
        return line.append(", up ").append(Durations.text(stats.uptime())).toString();
    }

    private static void append(
            StringBuilder line, String before, Map<String, Long> counts, String after) {
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            line.append(", ").append(count.getValue());
            line.append(before).append(count.getKey()).append(after);
        }
    }
}
