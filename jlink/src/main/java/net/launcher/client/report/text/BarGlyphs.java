package net.launcher.client.report.text;

import java.util.Locale;
import java.util.Map;

/** Characters for bars in a terminal. */
public enum BarGlyphs {
    /** Block elements, with a resolution of an eighth of a character. */
    UTF8,

    ASCII;

    private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";
    private static final int PARTS = 8;

    /**
     * Returns the glyphs that the user's locale can show. {@code LC_ALL} is ignored, since the
     * launchers set it; without a locale, UTF-8 is assumed.
     */
    public static BarGlyphs ofLocale() {
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
     * @param share of the width, from 0 to 1; any share above 0 is visible
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
