package net.launcher.output;

/** Formats of results on standard output. */
public enum Format {
    TEXT("text", ""),
    JSON("json", " (one object per line)"),

    /** The payload bytes only. */
    RAW("raw", " (message bytes only)");

    private final String label;
    private final String explanation;

    Format(String label, String explanation) {
        this.label = label;
        this.explanation = explanation;
    }

    /** Returns the name with an explanation, for help texts. */
    public String explained() {
        return label + explanation;
    }

    /** Returns the format of a name. */
    public static Format parse(String text) {
        for (Format format : values()) {
            if (format.label.equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("unknown format: " + text);
    }

    @Override
    public String toString() {
        return label;
    }
}
