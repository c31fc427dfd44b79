package net.launcher.output;

/** Formats of results on standard output. */
public enum Format {
    TEXT("text"),
    JSON("json"),

    /** The payload bytes only. */
    RAW("raw");

    /** The names of all formats, for messages. */
    public static final String NAMES = TEXT + ", " + JSON + " or " + RAW;

    /** The names of all formats with explanations, for help texts. */
    public static final String HELP =
            TEXT + ", " + JSON + " (one object per line) or " + RAW + " (message bytes only)";

    private final String label;

    Format(String label) {
        this.label = label;
    }

    public static Format parse(String text) {
        for (Format format : values()) {
            if (format.label.equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("--format must be " + NAMES + ": " + text);
    }

    @Override
    public String toString() {
        return label;
    }
}
