package net.client.run;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.run.RunResult.StampFigures;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalLong;

/**
 * Receives the events of a run, in the thread of {@link net.client.Run#run}. The run pauses during
 * each call, so lengthy work belongs in another thread. An exception ends the run.
 */
public interface RunListener {
    /** A listener that ignores all events. */
    RunListener NONE =
            new RunListener() {
                @Override
                public boolean needsExchanges() {
                    return false;
                }
            };

    /**
     * Returns whether {@link #onExchange} is to be called. Read once, at the start of the run; if
     * false, no {@link Exchange} is allocated.
     *
     * @return true by default
     */
    default boolean needsExchanges() {
        return true;
    }

    /**
     * Called when the first connection is established, and again when a different address of the
     * server is used, before the first exchange over that connection is reported.
     *
     * @param connection the connection, with the failures of other addresses
     * @throws IOException to end the run
     */
    default void onConnection(ConnectionInfo connection) throws IOException {}

    /**
     * Called after each successful exchange, warm-up excluded.
     *
     * @param exchange the exchange
     * @throws IOException to end the run
     */
    default void onExchange(Exchange exchange) throws IOException {}

    /**
     * Called after each failed exchange, warm-up excluded. Also called for a datagram from an
     * address other than the server's, which does not count as an exchange.
     *
     * @param number the number of the exchange, as {@link Exchange#number}, or empty if the failure
     *     is not that of an exchange
     * @param failure the reason
     * @throws IOException to end the run
     */
    default void onFailure(OptionalLong number, ExchangeException failure) throws IOException {}

    /**
     * Called every {@link RunConfig#window} once the warm-up has ended, and at the end of the run
     * for the remainder. Not called in a run of a single exchange.
     *
     * @param interval the figures since the last call, or since the start
     * @throws IOException to end the run
     */
    default void onInterval(RunResult interval) throws IOException {}

    /**
     * Called when a further lookup of the server's name has found other addresses than before.
     *
     * @param addresses the addresses, at least one, in the order to try them
     * @throws IOException to end the run
     */
    default void onAddresses(List<InetSocketAddress> addresses) throws IOException {}

    /**
     * Called before {@link #onInterval} in a run of {@code stamp}. The figures are those since the
     * start, since later answers show the direction of earlier losses.
     *
     * @param soFar the figures since the start
     * @throws IOException to end the run
     */
    default void onStampFigures(StampFigures soFar) throws IOException {}

    /**
     * Called soon after {@link net.client.Run#reportSoon}.
     *
     * @param soFar the figures since the start
     * @throws IOException to end the run
     */
    default void onReport(RunResult soFar) throws IOException {}
}
