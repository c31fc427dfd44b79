package net.launcher.metrics;

import java.util.Map;

/**
 * Labels of a metric, in the form of both text formats.
 *
 * @param text names and escaped values, separated by commas
 */
record Labels(String text) {
    static final Labels NONE = new Labels("");

    /** Returns these labels and another one. */
    Labels with(String name, String value) {
        return new Labels(
                (text.isEmpty() ? "" : text + ",") + name + "=\"" + escaped(value) + "\"");
    }

    /** Returns the labels that a user has chosen, whose names have been checked. */
    static Labels of(Map<String, String> chosen) {
        Labels all = NONE;
        for (Map.Entry<String, String> label : chosen.entrySet()) {
            all = all.with(label.getKey(), label.getValue());
        }
        return all;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
