package net.launcher.client.html.chart;

/** Unit of bit rates on an axis. */
public enum BitRateUnit {
    BITS("bit/s", 1),
    KILO("kbit/s", 1e3),
    MEGA("Mbit/s", 1e6),
    GIGA("Gbit/s", 1e9);

    private final String label;
    private final double factor;

    BitRateUnit(String label, double factor) {
        this.label = label;
        this.factor = factor;
    }

    /** Returns the largest unit in which a bit rate is at least 1. */
    public static BitRateUnit of(double bitsPerSecond) {
        BitRateUnit unit = BITS;
        for (BitRateUnit larger : values()) {
            // A value that rounds to 1000 belongs to the next unit.
            unit = bitsPerSecond >= 0.9995 * larger.factor ? larger : unit;
        }
        return unit;
    }

    public double in(double bitsPerSecond) {
        return bitsPerSecond / factor;
    }

    public String label() {
        return label;
    }
}
