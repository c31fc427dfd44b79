package net.launcher.client.html.chart;

/** Size of a chart, and the edges of the area between its axes. */
public record ChartSize(
        int width, int height, double left, double right, double top, double bottom) {
    /** A chart as wide as the page. */
    static final ChartSize WIDE =
            new ChartSize(720, 296, Chart.LEFT, Chart.RIGHT, Chart.TOP, Chart.BOTTOM);
}
