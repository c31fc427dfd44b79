package net.launcher.command;

import java.util.List;

/** Lists of words in English. */
public final class WordList {
    private WordList() {}

    /** Returns {@code a, b or c}. */
    public static String or(List<String> words) {
        return join(words, " or ");
    }

    /** Returns {@code a, b and c}. */
    static String and(List<String> words) {
        return join(words, " and ");
    }

    private static String join(List<String> words, String conjunction) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + conjunction + words.get(last);
    }
}
