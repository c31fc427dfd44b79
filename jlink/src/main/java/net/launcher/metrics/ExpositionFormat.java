package net.launcher.metrics;

import java.util.List;
import java.util.Locale;

/** The text formats of metrics. */
enum ExpositionFormat {
    /** OpenMetrics 1.0. */
    OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),

    /** The text format 0.0.4 of Prometheus. */
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8");

    private static final String OPENMETRICS_TYPE = "application/openmetrics-text";

    private final String contentType;

    ExpositionFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /**
     * Returns the preferred format of a client: OpenMetrics if it accepts version 1.0 at least as
     * much as plain text, otherwise that of Prometheus.
     *
     * @param accept the values of the header {@code Accept} (RFC 9110, section 12.5.1)
     */
    static ExpositionFormat of(List<String> accept) {
        double open = 0;
        double plain = 0;
        for (String range : String.join(",", accept).split(",")) {
            String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
            String type = parts[0].strip();
            if (type.equals(OPENMETRICS_TYPE)
                    && parameter(parts, "version", "1.0").startsWith("1.")) {
                open = Math.max(open, quality(parts));
            } else if (type.equals("text/plain")) {
                plain = Math.max(plain, quality(parts));
            }
        }
        return open > 0 && open >= plain ? OPENMETRICS : PROMETHEUS;
    }

    private static double quality(String[] parts) {
        try {
            return Double.parseDouble(parameter(parts, "q", "1"));
        } catch (NumberFormatException expected) {
            // A malformed range is not acceptable.
            return 0;
        }
    }

    private static String parameter(String[] parts, String name, String absent) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith(name + "=")) {
                return part.substring(name.length() + 1).replace("\"", "").strip();
            }
        }
        return absent;
    }
}
