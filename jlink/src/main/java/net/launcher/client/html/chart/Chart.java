package net.launcher.client.html.chart;

import net.launcher.client.html.chart.Ticks.Tick;

/** SVG chart: size, title for screen readers, axes and paths. */
public final class Chart {
    static final double LEFT = 68;
    static final double RIGHT = 704;
    public static final double TOP = 48;
    public static final double BOTTOM = 248;

    /** Distance of tick labels below the axis. */
    private static final double TICK_LABEL_OFFSET = 20;

    private static final double TITLE_OFFSET = 42;
    private static final double BASELINE = 4;
    private static final double GAP = 8;

    /** Width of a digit of the usual fonts, and of the widest at the size for narrow screens. */
    private static final double DIGIT_WIDTH = 7.5;

    private static final double MAX_DIGIT_WIDTH = 12;

    /** Baseline of the title of the vertical axis. */
    private static final double Y_TITLE = 16;

    private final Html html;
    private final ChartSize size;

    private Chart(Html html, ChartSize size) {
        this.html = html;
        this.size = size;
    }

    /**
     * Starts a chart as wide as the page.
     *
     * @param id of the drawing, in the page
     */
    public static Chart open(Html html, String id, String title, String description) {
        return open(html, ChartSize.WIDE, id, title, description);
    }

    /** Starts a chart of a size. */
    public static Chart open(
            Html html, ChartSize size, String id, String title, String description) {
        html.open(
                "svg",
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-desc",
                "viewBox",
                "0 0 " + size.width() + " " + size.height());
        html.element("title", title, "id", id + "-title");
        html.element("desc", description, "id", id + "-desc");
        return new Chart(html, size);
    }

    public void close() {
        html.close();
    }

    /** Draws the horizontal axis, with a grid line for each tick, and its title unless empty. */
    public Chart xAxis(Axis axis, String title) {
        SvgPath grid = new SvgPath();
        for (Tick tick : axis.ticks()) {
            double x = axis.at(tick.value());
            grid.moveTo(x, size.bottom()).verticalTo(size.top());
            xLabel(x, tick);
        }
        path("grid", grid);
        title(size.right(), size.bottom() + TITLE_OFFSET, "end", axis, title);
        return this;
    }

    /** Draws the vertical axis, with a grid line for each tick, and its title unless empty. */
    public Chart yAxis(Axis axis, String title) {
        SvgPath grid = new SvgPath();
        for (Tick tick : axis.ticks()) {
            double y = axis.at(tick.value());
            grid.moveTo(size.left(), y).horizontalTo(size.right());
            label(size.left() - GAP, y + BASELINE, "end", tick);
        }
        path("grid", grid);
        title(GAP, Y_TITLE, "start", axis, title);
        return this;
    }

    private void title(double x, double y, String anchor, Axis axis, String title) {
        if (!title.isEmpty()) {
            text(x, y, anchor, axis.isLog() ? title + " (logarithmic)" : title);
        }
    }

    /**
     * Draws the label of a tick in the middle below it, or at the edge if it would be cut there.
     */
    private void xLabel(double x, Tick tick) {
        int length = tick.label().length();
        double y = size.bottom() + TICK_LABEL_OFFSET;
        if (x + length * MAX_DIGIT_WIDTH / 2 > size.width()) {
            label(Math.min(x + length * DIGIT_WIDTH / 2, size.width()), y, "end", tick);
        } else {
            label(x, y, "middle", tick);
        }
    }

    private void label(double x, double y, String anchor, Tick tick) {
        if (!tick.label().isEmpty()) {
            text(x, y, anchor, tick.label());
        }
    }

    public Chart path(String kind, SvgPath path) {
        if (!path.isEmpty()) {
            html.empty("path", "class", kind, "d", path.toString());
        }
        return this;
    }

    /** Draws a point with a radius. */
    Chart dot(String kind, double x, double y, String radius) {
        html.empty(
                "circle",
                "class",
                kind,
                "cx",
                SvgPath.number(x),
                "cy",
                SvgPath.number(y),
                "r",
                radius);
        return this;
    }

    Chart text(double x, double y, String anchor, String text) {
        html.element(
                "text",
                text,
                "x",
                SvgPath.number(x),
                "y",
                SvgPath.number(y),
                "text-anchor",
                anchor);
        return this;
    }
}
