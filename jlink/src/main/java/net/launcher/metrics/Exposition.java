package net.launcher.metrics;

import net.launcher.metrics.LatencyBuckets.Snapshot;

import java.io.IOException;
import java.io.Writer;

/** Writes metrics in a text format. A family without samples is omitted. */
public final class Exposition {
    /** The types of metrics. */
    enum Type {
        COUNTER("counter", "_total"),
        GAUGE("gauge", ""),
        HISTOGRAM("histogram", ""),
        INFO("info", "_info");

        private final String label;

        /** The end of the name of a sample. */
        private final String suffix;

        Type(String label, String suffix) {
            this.label = label;
            this.suffix = suffix;
        }
    }

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Writer out;
    private final ExpositionFormat format;
    private String sampleName = "";
    private String header = "";

    Exposition(Writer out, ExpositionFormat format) {
        this.out = out;
        this.format = format;
    }

    /** Begins a family; its name has no suffix of its type, and ends in its unit, if any. */
    Exposition family(String name, Type type, String help) {
        sampleName = name + type.suffix;
        header =
                switch (format) {
                    case OPENMETRICS ->
                            "# TYPE "
                                    + name
                                    + " "
                                    + type.label
                                    + "\n"
                                    + unit(name)
                                    + help(name, help);
                    case PROMETHEUS ->
                            help(sampleName, help)
                                    + "# TYPE "
                                    + sampleName
                                    + " "
                                    + (type == Type.INFO ? Type.GAUGE : type).label
                                    + "\n";
                };
        return this;
    }

    private static String unit(String name) {
        String unit = name.substring(name.lastIndexOf('_') + 1);
        return unit.equals("seconds") || unit.equals("bytes")
                ? "# UNIT " + name + " " + unit + "\n"
                : "";
    }

    private String help(String name, String help) {
        String text = help.replace("\\", "\\\\").replace("\n", "\\n");
        if (format == ExpositionFormat.OPENMETRICS) {
            text = text.replace("\"", "\\\"");
        }
        return "# HELP " + name + " " + text + "\n";
    }

    /** Writes a sample of the family. */
    Exposition sample(Labels labels, long value) throws IOException {
        return sample("", labels, Long.toString(value));
    }

    /** Writes a time of the family. */
    Exposition seconds(Labels labels, long nanos) throws IOException {
        return sample("", labels, seconds(nanos));
    }

    /** Writes the buckets, the count and the sum of a histogram of the family. */
    Exposition histogram(Labels labels, Snapshot times) throws IOException {
        long count = 0;
        for (int i = 0; i < times.counts().length; i++) {
            count += times.counts()[i];
            sample("_bucket", labels.with("le", LatencyBuckets.LABELS[i]), Long.toString(count));
        }
        sample("_count", labels, Long.toString(count));
        return sample("_sum", labels, seconds(times.sumNanos()));
    }

    private Exposition sample(String suffix, Labels labels, String value) throws IOException {
        out.write(header);
        header = "";
        out.write(sampleName);
        out.write(suffix);
        if (!labels.text().isEmpty()) {
            out.write('{');
            out.write(labels.text());
            out.write('}');
        }
        out.write(' ');
        out.write(value);
        out.write('\n');
        return this;
    }

    private static String seconds(long nanos) {
        String fraction = Long.toString(NANOS_PER_SECOND + nanos % NANOS_PER_SECOND).substring(1);
        return nanos / NANOS_PER_SECOND + "." + fraction;
    }

    /** Ends the metrics. */
    void end() throws IOException {
        if (format == ExpositionFormat.OPENMETRICS) {
            out.write("# EOF\n");
        }
        out.flush();
    }
}
