package net.launcher.output;

/** The forms of results on standard output. */
public enum Format {
    TEXT("text"),
    JSON("json"),

    /** The payload bytes as they came, and nothing else. */
    RAW("raw");

    /** All of them, for people. */
    public static final String NAMES = TEXT + ", " + JSON + " or " + RAW;

    /** The same, with what is not known from the name. */
    public static final String HELP =
            TEXT + ", " + JSON + " (an object a line) or " + RAW + " (the bytes of messages alone)";

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
