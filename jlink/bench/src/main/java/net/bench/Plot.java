package net.bench;

import java.util.List;
import java.util.Locale;

/** A line chart over the number of clients, as a standalone SVG file. */
final class Plot {
    /**
     * A line of the chart.
     *
     * @param name the contender
     * @param points its values, from left to right
     */
    record Line(String name, List<Point> points) {}

    /**
     * A value and its spread over the rounds.
     *
     * @param place index on the horizontal axis, from 0
     */
    record Point(int place, double median, double least, double most) {}

    private static final int WIDTH = 760;
    private static final int HEIGHT = 400;
    private static final int LEFT = 70;
    private static final int RIGHT = 130;
    private static final int TOP = 50;
    private static final int BOTTOM = 50;
    private static final int LABEL_HEIGHT = 15;
    private static final List<String> COLOURS =
            List.of(
                    "#0b62d6", "#444444", "#d9480f", "#e8a33d", "#2b8a3e", "#9c36b5", "#0c8599",
                    "#c2255c");

    private final StringBuilder svg = new StringBuilder();
    private final List<String> places;
    private final double unit;
    private double most;

    /** Creates a chart; values are divided by the unit. */
    Plot(String title, String below, List<String> places, double unit) {
        this.places = places;
        this.unit = unit;
        svg.append(
                ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d'"
                     + " height='%d' font-family='sans-serif' font-size='12' fill='#222'>\n"
                     + "<rect width='100%%' height='100%%' fill='#fff'/>\n")
                        .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT));
        text(LEFT, TOP / 2, "start", title, "font-size='16'");
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", below, "");
    }

    String svg(List<Line> lines) {
        most =
                1.05
                        * lines.stream()
                                .flatMap(line -> line.points().stream())
                                .mapToDouble(Point::most)
                                .max()
                                .orElse(1);
        axes();
        List<Line> byEnd =
                lines.stream()
                        .sorted((a, b) -> Double.compare(last(b).median(), last(a).median()))
                        .toList();
        double labelY = 0;
        for (Line line : byEnd) {
            String colour = COLOURS.get(lines.indexOf(line) % COLOURS.size());
            draw(line, colour);
            labelY = Math.max(y(last(line).median()), labelY + LABEL_HEIGHT);
            text(
                    x(places.size() - 1) + 8,
                    labelY + 4,
                    "start",
                    line.name(),
                    "fill='" + colour + "'");
        }
        return svg.append("</svg>\n").toString();
    }

    private static Point last(Line line) {
        return line.points().getLast();
    }

    private void axes() {
        double step = step();
        for (double value = 0; value <= most / unit; value += step) {
            double y = y(value * unit);
            svg.append("<path d='M%d %.1fH%d' stroke='#ddd'/>\n".formatted(LEFT, y, WIDTH - RIGHT));
            String label =
                    value == Math.rint(value) ? "%.0f".formatted(value) : "%.1f".formatted(value);
            text(LEFT - 8, y + 4, "end", label, "");
        }
        for (int i = 0; i < places.size(); i++) {
            text(x(i), HEIGHT - BOTTOM + 18, "middle", places.get(i), "");
        }
    }

    /** Returns a round step that divides the axis into about five parts. */
    private double step() {
        double rough = most / unit / 5;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
    }

    private void draw(Line line, String colour) {
        StringBuilder path = new StringBuilder();
        for (Point point : line.points()) {
            double x = x(point.place());
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append("%.1f %.1f".formatted(x, y(point.median())));
            svg.append(
                    "<path d='M%.1f %.1fV%.1f' stroke='%s' stroke-width='4' opacity='0.3'/>\n"
                            .formatted(x, y(point.least()), y(point.most()), colour));
            svg.append(
                    "<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>\n"
                            .formatted(x, y(point.median()), colour));
        }
        svg.append(
                "<path d='%s' fill='none' stroke='%s' stroke-width='2'/>\n"
                        .formatted(path, colour));
    }

    private double x(int place) {
        double width = WIDTH - LEFT - RIGHT;
        return LEFT + width * (place + 0.5) / places.size();
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / most;
    }

    private void text(double x, double y, String anchor, String text, String more) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x='%.1f' y='%.1f' text-anchor='%s' %s>%s</text>\n",
                        x,
                        y,
                        anchor,
                        more,
                        text));
    }
}
