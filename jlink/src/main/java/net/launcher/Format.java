package net.launcher;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The forms of results on standard output. */
enum Format {
    TEXT,
    JSON;

    static Format parse(String text) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--format must be " + names(" or ") + ": " + text));
    }

    static String names(String separator) {
        return Arrays.stream(values()).map(Format::toString).collect(Collectors.joining(separator));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
