package net.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Terms and their texts in help texts, in two columns. */
final class AlignedTerms {
    /** The columns of a terminal. */
    static final int WIDTH = 80;

    private static final String INDENT = "  ";
    private static final int GAP = 3;
    private static final int MIN_TEXT_WIDTH = 40;

    private final List<String> lines = new ArrayList<>();
    private int column;

    private AlignedTerms(Map<String, String> terms) {
        for (Map.Entry<String, String> term : terms.entrySet()) {
            int end = INDENT.length() + term.getKey().length() + GAP;
            int text = Math.min(term.getValue().length(), MIN_TEXT_WIDTH);
            if (end + text <= WIDTH) {
                column = Math.max(column, end);
            }
        }
    }

    /** Returns the lines; a text that does not fit beside its term is below it. */
    static List<String> lines(Map<String, String> terms) {
        AlignedTerms aligned = new AlignedTerms(terms);
        terms.forEach(aligned::add);
        return aligned.lines;
    }

    private void add(String term, String text) {
        StringBuilder line = new StringBuilder(INDENT).append(term);
        if (line.length() + GAP > column) {
            next(line);
        }
        for (String word : text.split(" ")) {
            if (line.length() > column && line.length() + 1 + word.length() > WIDTH) {
                next(line);
            }
            line.append(" ".repeat(Math.max(1, column - line.length()))).append(word);
        }
        next(line);
    }

    private void next(StringBuilder line) {
        lines.add(line.toString());
        line.setLength(0);
    }
}
