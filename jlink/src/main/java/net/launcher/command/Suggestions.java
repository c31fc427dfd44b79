package net.launcher.command;

import java.util.Collection;
import java.util.Locale;

/** Finds the name closest to a mistyped one. Loaded only after an error. */
public final class Suggestions {
    /** Longer names are not compared, which would take too long. */
    private static final int MAX_LENGTH = 64;

    /** Number of characters per error allowed. */
    private static final int LENGTH_PER_ERROR = 3;

    private static final int MIN_PREFIX = 3;

    private Suggestions() {}

    /** Returns a question for the end of an error message, empty if no name is close enough. */
    public static String question(String name, Collection<String> candidates) {
        String typed = normalized(name);
        if (typed.length() < 2 || typed.length() > MAX_LENGTH) {
            return "";
        }
        String closest = "";
        int least = Math.max(1, typed.length() / LENGTH_PER_ERROR) + 1;
        for (String candidate : candidates) {
            String other = normalized(candidate);
            boolean isPrefix = typed.length() >= MIN_PREFIX && other.startsWith(typed);
            int distance = isPrefix && other.length() > typed.length() ? 1 : distance(typed, other);
            if (distance < least && other.length() > 1) {
                least = distance;
                closest = candidate;
            }
        }
        return closest.isEmpty() ? "" : "; did you mean " + closest + "?";
    }

    private static String normalized(String name) {
        return name.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the optimal string alignment distance: the number of characters to insert, delete,
     * replace, or exchange with their neighbour.
     */
    static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : least(distances, i, j, a, b);
            }
        }
        return distances[a.length()][b.length()];
    }

    private static int least(int[][] distances, int i, int j, String a, String b) {
        boolean isSame = a.charAt(i - 1) == b.charAt(j - 1);
        int insertOrDelete = Math.min(distances[i - 1][j], distances[i][j - 1]) + 1;
        int least = Math.min(insertOrDelete, distances[i - 1][j - 1] + (isSame ? 0 : 1));
        boolean isExchanged =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return isExchanged ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
    }
}
