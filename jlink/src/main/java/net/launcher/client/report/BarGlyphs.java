package net.launcher.client.report;

import java.util.Locale;
import java.util.Map;

/** What a bar is drawn with in a terminal. */
enum BarGlyphs {
    /** To an eighth of a character. */
    UTF8,

    ASCII;

    private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";
    private static final int PARTS = 8;

    /**
     * Returns what the user's locale has. {@code LC_ALL} is the launchers' own; where nothing else
     * is set, the terminal is taken for one of today.
     */
    static BarGlyphs ofLocale() {
        return of(System.getenv());
    }

    static BarGlyphs of(Map<String, String> environment) {
        String type = environment.getOrDefault("LC_CTYPE", "");
        String locale = type.isEmpty() ? environment.getOrDefault("LANG", "") : type;
        String name = locale.toUpperCase(Locale.ROOT).replace("-", "");
        return locale.isEmpty() || name.contains("UTF8") ? UTF8 : ASCII;
    }

    /**
     * Returns a bar.
     *
     * @param share of the width, from 0 to 1; whatever is above 0 is seen
     */
    String bar(double share, int width) {
        if (this == ASCII) {
            return "#".repeat((int) Math.ceil(share * width));
        }
        int parts = (int) Math.ceil(share * width * PARTS);
        int rest = parts % PARTS;
        String end = rest == 0 ? "" : EIGHTHS.substring(rest, rest + 1);
        return EIGHTHS.substring(PARTS).repeat(parts / PARTS) + end;
    }
}
