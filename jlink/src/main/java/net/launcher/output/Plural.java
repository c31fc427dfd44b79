package net.launcher.output;

/** Formats counts with a noun. */
public final class Plural {
    private Plural() {}

    /** Returns a count and its noun, for example {@code 1 message} or {@code 2 messages}. */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
