package net.launcher.client.report;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Report of a client run on standard output. It is appended to the output, and written with the
 * next commit.
 */
public interface ClientReport {
    /**
     * Reports the configuration of the run.
     *
     * @param load the load of a measurement of latency under load
     * @param command the launcher and its arguments
     */
    default void start(Optional<RunConfig> load, List<String> command) throws IOException {}

    /**
     * Reports the configuration of a run of several exchanges as text.
     *
     * @param load the load of a measurement of latency under load
     */
    default void header(Optional<RunConfig> load, Instant start) throws IOException {}

    /** Reports a connection to the server. */
    default void connection(ConnectionInfo connection) throws IOException {}

    /** Reports the addresses that a further lookup of the server's name has found. */
    default void addresses(List<InetSocketAddress> addresses) throws IOException {}

    /** Reports a successful exchange. */
    void exchange(Exchange exchange) throws IOException;

    /**
     * Reports a failed exchange, with the bytes received before the failure.
     *
     * @param number its number, or empty if the failure is not that of an exchange
     */
    void failure(OptionalLong number, ExchangeException failure) throws IOException;

    /** Reports a datagram from another address, and the number of those omitted before it. */
    default void stray(ExchangeException failure, long omitted) throws IOException {
        failure(OptionalLong.empty(), failure);
    }

    /** Reports the figures of the last interval. */
    void interval(RunResult interval) throws IOException;

    /** Reports the measurements of the whole run and the results of its thresholds. */
    void summary(RunResult result, List<Verdict> verdicts) throws IOException;
}
