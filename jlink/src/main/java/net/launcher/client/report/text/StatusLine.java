package net.launcher.client.report.text;

import net.client.measure.LatencyFigure;
import net.client.run.RunResult;
import net.launcher.client.metric.Rates;
import net.launcher.command.value.Durations;
import net.launcher.output.Plural;
import net.launcher.output.SiUnits;

import java.time.Duration;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/** One-line summary of the measurements so far. */
public final class StatusLine {
    /** The figures that fit in the line. */
    private static final Set<LatencyFigure> LINE_FIGURES =
            EnumSet.range(LatencyFigure.MIN, LatencyFigure.MAX);

    private StatusLine() {}

    /** Returns the line. */
    public static String line(RunResult result) {
        StringBuilder line = new StringBuilder();
        if (!result.streams().isEmpty()) {
            return streams(result);
        }
        line.append(result.ok()).append(" ok, ");
        line.append(result.failed()).append(" failed, loss ");
        line.append(Rates.loss(result)).append(", ");
        line.append(Rates.perSecond(result.ok(), result.duration())).append(" in ");
        line.append(Durations.text(result.duration()));
        for (LatencyFigure figure : LINE_FIGURES) {
            append(line, figure.label(), figure.of(result.time()));
        }
        return line.toString();
    }

    private static String streams(RunResult result) {
        StringBuilder line = new StringBuilder();
        line.append(Plural.of(result.streams().size(), "stream")).append(": ");
        append(line, " up, ", result.bytesSent(), result.duration());
        append(line, " down, ", result.bytesReceived(), result.duration());
        return line.append("in ").append(Durations.text(result.duration())).toString();
    }

    private static void append(
            StringBuilder line, String direction, long bytes, Duration duration) {
        if (bytes > 0) {
            line.append(SiUnits.bytes(bytes)).append(direction);
            line.append(SiUnits.bitRate(bytes, duration)).append(", ");
        }
    }

    private static void append(StringBuilder line, String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            line.append(", ").append(name).append(' ');
            line.append(Durations.precise(nanos.getAsLong()));
        }
    }
}
