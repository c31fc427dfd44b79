package net.launcher;

/** The forms of results on standard output. */
enum Format {
    TEXT("text"),
    JSON("json");

    /** All of them, for people. */
    static final String NAMES = TEXT + " or " + JSON;

    private final String label;

    Format(String label) {
        this.label = label;
    }

    static Format parse(String text) {
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
