package net.launcher.client.report.text;

import net.client.connect.ExchangeException;
import net.client.run.RunConfig;
import net.protocol.Service;

import java.util.OptionalLong;

/** Text line of a failure in a run of many exchanges. */
public final class FailureLine {
    private static final String EXCHANGE = "exchange";

    private FailureLine() {}

    /** Returns the message of a failure; for a check of a port, with the state of the port. */
    public static String of(RunConfig run, ExchangeException failure) {
        String state =
                run.service() != Service.CONNECT
                        ? ""
                        : switch (failure.kind()) {
                            case REFUSED -> "; the port is closed";
                            case RESET -> "; the port is open, but the server rejects this client";
                            default -> "";
                        };
        return failure.getMessage() + state;
    }

    /**
     * Returns a line such as {@code exchange 3 with 127.0.0.1:9000 failed: no answer in time} or
     * {@code exchange 3: connect to 127.0.0.1:9000 failed: connection refused}.
     *
     * @param number the number of the exchange, or empty if the failure is not that of an exchange
     */
    public static String of(RunConfig run, OptionalLong number, ExchangeException failure) {
        String text = of(run, failure);
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
