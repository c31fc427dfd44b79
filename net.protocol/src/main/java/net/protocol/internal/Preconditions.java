package net.protocol.internal;

import java.time.Duration;
import java.util.Optional;

/** Argument checks. */
public final class Preconditions {
    private static final int MAX_SHOWN_LENGTH = 64;

    private Preconditions() {}

    /**
     * Checks an argument.
     *
     * @param holds whether the rule holds
     * @param rule the rule, such as {@code "count must be above zero"}
     * @param value the value, appended to the rule in the exception's message
     * @throws IllegalArgumentException if the rule does not hold
     */
    public static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }

    /** Checks that a duration is above zero, if present. */
    public static void requirePositive(String name, Optional<Duration> duration) {
        duration.ifPresent(value -> requirePositive(name, value));
    }

    /** Checks that a duration is above zero. */
    public static void requirePositive(String name, Duration duration) {
        boolean isPositive = !duration.isNegative() && !duration.isZero();
        require(isPositive, name + " must be above zero", duration);
    }

    /** Returns a text short enough for an error message. */
    public static String shown(String text) {
        return text.length() <= MAX_SHOWN_LENGTH
                ? text
                : text.substring(0, MAX_SHOWN_LENGTH) + "... (" + text.length() + " characters)";
    }
}
