package net.client.internal;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Rounds figures that may be empty. */
public final class Rounding {
    private Rounding() {}

    /** Returns the nearest integer. */
    public static OptionalLong rounded(OptionalDouble figure) {
        return figure.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round(figure.getAsDouble()));
    }
}
