package net.server;

/** Checks of arguments. */
final class Arguments {
    private Arguments() {}

    /**
     * Checks a rule.
     *
     * @param rule in the form "name must rule"
     * @throws IllegalArgumentException if the rule does not hold
     */
    static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }
}
