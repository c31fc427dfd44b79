package net.launcher.client.html.chart;

import net.launcher.client.html.chart.Ticks.Tick;

/** SVG chart: size, title for screen readers, axes and paths. */
public final class Chart {
    static final double LEFT = 68;
    static final double RIGHT = 704;
    public static final double TOP = 34;
    public static final double BOTTOM = 220;

    private static final int WIDTH = 720;
    private static final int HEIGHT = 268;

    /** Distance of tick labels below the axis. */
    private static final double TICK_LABEL_OFFSET = 20;

    private static final double TITLE_OFFSET = 42;
    private static final double BASELINE = 4;
    private static final double GAP = 8;

    private final Html html;

    private Chart(Html html) {
        this.html = html;
    }

    /**
     * Starts a chart.
     *
     * @param id of the drawing, in the page
     */
    public static Chart open(Html html, String id, String title, String description) {
        html.open(
                "svg",
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-desc",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT);
        html.element("title", title, "id", id + "-title");
        html.element("desc", description, "id", id + "-desc");
        return new Chart(html);
    }

    public void close() {
        html.close();
    }

    /** Draws the horizontal axis, with a grid line for each tick. */
    public Chart xAxis(Axis axis, String title) {
        SvgPath grid = new SvgPath();
        for (Tick tick : axis.ticks()) {
            double x = axis.at(tick.value());
            grid.moveTo(x, BOTTOM).verticalTo(TOP);
            text(x, BOTTOM + TICK_LABEL_OFFSET, "middle", tick.label());
        }
        path("grid", grid);
        text(RIGHT, BOTTOM + TITLE_OFFSET, "end", title);
        return this;
    }

    /** Draws the vertical axis, with a grid line for each tick. */
    public Chart yAxis(Axis axis, String unit) {
        SvgPath grid = new SvgPath();
        for (Tick tick : axis.ticks()) {
            double y = axis.at(tick.value());
            grid.moveTo(LEFT, y).horizontalTo(RIGHT);
            text(LEFT - GAP, y + BASELINE, "end", tick.label());
        }
        path("grid", grid);
        text(LEFT - GAP, TOP - 2 * GAP, "end", unit);
        return this;
    }

    public Chart path(String kind, SvgPath path) {
        if (!path.isEmpty()) {
            html.empty("path", "class", kind, "d", path.toString());
        }
        return this;
    }

    Chart dot(double x, double y) {
        html.empty(
                "circle",
                "class",
                "dot",
                "cx",
                SvgPath.number(x),
                "cy",
                SvgPath.number(y),
                "r",
                "4");
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
