package net.launcher.client.report.text;

import net.client.connect.ExchangeException;
import net.client.run.RunConfig;

import java.util.OptionalLong;

/** Text line of a failure in a run of many exchanges. */
public final class FailureLine {
    private static final String EXCHANGE = "exchange";

    private FailureLine() {}

    /**
     * Returns a line such as {@code exchange 3 with 127.0.0.1:9000 failed: no answer in time} or
     * {@code exchange 3: connect to 127.0.0.1:9000 failed: connection refused}.
     *
     * @param number the number of the exchange, or empty if the failure is not that of an exchange
     */
    public static String of(RunConfig run, OptionalLong number, ExchangeException failure) {
        String text = failure.getMessage();
        if (number.isEmpty()) {
            return text;
        }
        if (run.isStream()) {
            return "stream " + number.getAsLong() + ": " + text;
        }
        return text.startsWith(EXCHANGE + " with ")
                ? EXCHANGE + " " + number.getAsLong() + text.substring(EXCHANGE.length())
                : EXCHANGE + " " + number.getAsLong() + ": " + text;
    }
}
