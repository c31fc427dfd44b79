package net.launcher.client.html.chart;

/** Icons of legends and verdicts, so that colour is not the only distinction. */
public enum LegendIcons {
    PASS("ok", "M3 8.5L6.5 12L13 4.5"),
    FAIL("bad", "M4 4L12 12M12 4L4 12"),
    CURVE("curve", "M0 8H16"),
    SECOND("second", "M0 8H16"),
    TAIL("tail", "M0 8H16"),
    SECOND_TAIL("second-tail", "M0 8H16"),
    BAND("band", "M0 4H16V12H0Z"),
    BARS("bars", "M0 14V8H4V14ZM6 14V2H10V14ZM12 14V6H16V14Z"),
    OUTLINE("second", "M0 14V8H5V3H11V9H16V14"),
    LOST("lost", "M2 3H14V13H2Z"),
    LATE("late", "M2 3H14V13H2Z"),
    FAILED("failed", "M2 3H14V13H2Z"),
    DROPPED("dropped", "M2 3H14V13H2Z"),
    DOT("dot", "M4 8a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"),
    RING("ring", "M4 8a4 4 0 1 0 8 0a4 4 0 1 0 -8 0");

    private final String kind;
    private final String data;

    LegendIcons(String kind, String data) {
        this.kind = kind;
        this.data = data;
    }

    /** Draws the icon, hidden from screen readers since text follows. */
    public void draw(Html html) {
        html.open("svg", "class", "key", "viewBox", "0 0 16 16", "aria-hidden", "true");
        html.empty("path", "class", kind, "d", data);
        html.close();
    }

    /** Adds a legend entry. */
    public void entry(Html html, String text) {
        html.open("span");
        draw(html);
        html.text(text).close();
    }
}
