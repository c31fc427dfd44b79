package net.launcher.client.html.chart;

/** Data of an SVG path, rounded to tenths of a unit. */
public final class SvgPath {
    private final StringBuilder data = new StringBuilder();

    public SvgPath moveTo(double x, double y) {
        data.append('M').append(number(x)).append(' ').append(number(y));
        return this;
    }

    SvgPath lineTo(double x, double y) {
        data.append('L').append(number(x)).append(' ').append(number(y));
        return this;
    }

    public SvgPath horizontalTo(double x) {
        data.append('H').append(number(x));
        return this;
    }

    public SvgPath verticalTo(double y) {
        data.append('V').append(number(y));
        return this;
    }

    public SvgPath close() {
        data.append('Z');
        return this;
    }

    /** Adds a line of zero length, whose round ends are a dot. */
    SvgPath dot(double x, double y) {
        return moveTo(x, y).horizontalTo(x);
    }

    public boolean isEmpty() {
        return data.isEmpty();
    }

    /** Returns a number rounded to tenths, without a trailing zero. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        String sign = tenths < 0 ? "-" : "";
        long whole = Math.abs(tenths) / 10;
        long rest = Math.abs(tenths) % 10;
        return sign + whole + (rest == 0 ? "" : "." + rest);
    }

    @Override
    public String toString() {
        return data.toString();
    }
}
