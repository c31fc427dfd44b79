import java.util.Locale;
import java.util.Map;

/** The source of a man page, in the macros of man(7). */
final class Roff {
    private final StringBuilder page = new StringBuilder();

    /** Whether a paragraph needs no macro, since a heading or a term is before it. */
    private boolean isStarted;

    Roff(String name, String section, String date, String source) {
        macro("TH", escape(name).toUpperCase(Locale.ROOT), section, date, source, "Netpair Manual");
        // Left-aligned without hyphenation, which would alter names of options and members.
        page.append(".nh\n.ad l\n");
    }

    Roff section(String heading) {
        return heading("SH", heading.toUpperCase(Locale.ROOT));
    }

    Roff subsection(String heading) {
        return heading("SS", heading);
    }

    private Roff heading(String macro, String heading) {
        macro(macro, escape(heading));
        isStarted = true;
        return this;
    }

    /** Adds a paragraph of roff text. */
    Roff paragraph(String text) {
        return isStarted ? line(text) : macro("PP").line(text);
    }

    /** Adds an indented paragraph of roff text with a tag. */
    Roff tagged(String tag, String text) {
        return macro("TP").line(tag).line(text);
    }

    /** Adds a paragraph of roff text with a bullet. */
    Roff bullet(String text) {
        page.append(".IP \\(bu 2\n");
        return line(text);
    }

    /** Adds lines of plain text, indented and not filled. */
    Roff example(String lines) {
        macro("IP").macro("nf");
        lines.lines().forEach(text -> line(escape(text)));
        return macro("fi");
    }

    /** Adds indented paragraphs of plain texts with their terms. */
    Roff indented(Map<String, String> terms) {
        if (!terms.isEmpty()) {
            macro("RS");
            terms.forEach((term, text) -> tagged(bold(term), escape(text)));
            macro("RE");
        }
        return this;
    }

    private Roff macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(argument.replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
        return this;
    }

    private Roff line(String text) {
        // A dot at the start of a line would be a macro.
        page.append(text.startsWith(".") ? "\\&" : "").append(text).append('\n');
        isStarted = false;
        return this;
    }

    static String bold(String text) {
        return "\\fB" + escape(text) + "\\fR";
    }

    static String italic(String text) {
        return "\\fI" + escape(text) + "\\fR";
    }

    /** Returns the name of a page with its section. */
    static String reference(String name, int section) {
        return bold(name) + "(" + section + ")";
    }

    /** Returns roff text that prints as the text, in ASCII characters only. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .forEach(
                        c ->
                                escaped.append(
                                        switch (c) {
                                            case '\\' -> "\\e";
                                            case '-' -> "\\-";
                                            case '\'' -> "\\(aq";
                                            case '`' -> "\\(ga";
                                            case '^' -> "\\(ha";
                                            case '~' -> "\\(ti";
                                            default ->
                                                    c < 0x7F
                                                            ? Character.toString(c)
                                                            : String.format("\\[u%04X]", c);
                                        }));
        return escaped.toString();
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
