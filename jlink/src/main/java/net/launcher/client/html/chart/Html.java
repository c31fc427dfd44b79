package net.launcher.client.html.chart;

import net.launcher.output.Escapes;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writer of HTML and SVG elements; escapes all text. */
public final class Html {
    private final StringBuilder page = new StringBuilder("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** Starts an element; attributes are alternating names and values. */
    public Html open(String name, String... attributes) {
        start(name, attributes);
        page.append('>');
        open.push(name);
        return this;
    }

    /** Ends the element that was started last. */
    public Html close() {
        String name = open.pop();
        page.append("</").append(name).append('>');
        return open.size() <= 2 ? line() : this;
    }

    /** Adds an element without content. */
    public Html empty(String name, String... attributes) {
        start(name, attributes);
        page.append("/>");
        return this;
    }

    /** Adds an element that contains only text. */
    public Html element(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close();
    }

    public Html text(String text) {
        escape(text);
        return this;
    }

    /** Adds a figure with its JSON name and exact value, for programs. */
    public Html data(String name, Object exact, String text) {
        return element("data", text, "data-name", name, "value", exact.toString());
    }

    /** Adds a style sheet, unescaped. */
    public Html style(String css) {
        page.append("<style>").append(css).append("</style>");
        return line();
    }

    private Html line() {
        page.append('\n');
        return this;
    }

    private void start(String name, String... attributes) {
        page.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            page.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            page.append('"');
        }
    }

    private void escape(String text) {
        String harmless = Escapes.text(text);
        for (int i = 0; i < harmless.length(); i++) {
            char c = harmless.charAt(i);
            switch (c) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.append(c);
            }
        }
    }

    /** Returns the whole page; all elements must be closed. */
    public String page() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("elements are open: " + open);
        }
        return page.toString();
    }
}
