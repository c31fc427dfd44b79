package net.client.run;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;

import java.io.IOException;
import java.time.Duration;

/**
 * Told how a run goes, in the thread of {@link net.client.Run#run}, which measures nothing
 * meanwhile: a listener hands over what takes long. An exception ends the run.
 */
public interface RunListener {
    /** Hears nothing. */
    RunListener NONE =
            new RunListener() {
                @Override
                public boolean hearsExchanges() {
                    return false;
                }
            };

    /** The time between two calls of {@link #onInterval}. */
    Duration INTERVAL = Duration.ofSeconds(1);

    /**
     * Tells, once, whether {@link #onExchange} is to be called: what nobody hears need not be told.
     *
     * @return true, unless a listener says otherwise
     */
    default boolean hearsExchanges() {
        return true;
    }

    /**
     * Called when a way to the server is found for the first time, and when it is another address
     * that has won; before the first exchange that went this way is told of.
     *
     * @param connection which address it is, and why others are not
     * @throws IOException to end the run
     */
    default void onConnection(ConnectionInfo connection) throws IOException {}

    /**
     * Called after an exchange that succeeded, but for those of the warm-up.
     *
     * @param exchange what came of it
     * @throws IOException to end the run
     */
    default void onExchange(Exchange exchange) throws IOException {}

    /**
     * Called after an exchange that failed, but for those of the warm-up; and, which counts as no
     * exchange, for a datagram that came from elsewhere.
     *
     * @param failure says why
     * @throws IOException to end the run
     */
    default void onFailure(ExchangeException failure) throws IOException {}

    /**
     * Called every {@link #INTERVAL}, once the warm-up is over.
     *
     * @param interval what was measured since the last call, or since the beginning
     * @throws IOException to end the run
     */
    default void onInterval(RunResult interval) throws IOException {}

    /**
     * Called soon after {@link net.client.Run#reportSoon}.
     *
     * @param soFar what was measured since the beginning
     * @throws IOException to end the run
     */
    default void onReport(RunResult soFar) throws IOException {}
}
