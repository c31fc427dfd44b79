package net.launcher.metrics;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Labels of a metric, in the form of both text formats.
 *
 * @param text names and escaped values, separated by commas
 */
record Labels(String text) {
    static final Labels NONE = new Labels("");

    /** Names that Prometheus allows, except those that begin with an underscore. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    private static final Set<String> USED =
            Set.of("target", "transport", "service", "result", "direction", "le");

    /** Returns these labels and another one. */
    Labels with(String name, String value) {
        return new Labels(
                (text.isEmpty() ? "" : text + ",") + name + "=\"" + escaped(value) + "\"");
    }

    /**
     * Returns the labels that a user has chosen.
     *
     * @throws IllegalArgumentException if a name is not allowed, or in use
     */
    static Labels of(Map<String, String> chosen) {
        Labels all = NONE;
        for (Map.Entry<String, String> label : chosen.entrySet()) {
            checkName(label.getKey());
            all = all.with(label.getKey(), label.getValue());
        }
        return all;
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "--label must begin with a letter, followed by letters, digits or _, with"
                            + " --metrics: "
                            + name);
        }
        if (USED.contains(name)) {
            throw new IllegalArgumentException(
                    "--label must not be a label of the metrics themselves with --metrics: "
                            + name);
        }
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
