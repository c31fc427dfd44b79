package net.server;

import net.protocol.Endpoint;

import java.time.Duration;
import java.util.Objects;

/**
 * What a TCP server is to do. {@link #of} gives the defaults, the {@code with} methods change one.
 *
 * @param endpoint where to listen: the first address that its host stands for; port 0 lets the
 *     system choose
 * @param messageGap how long no more bytes must follow for a message to have ended without a FIN;
 *     above zero
 * @param sessionTimeout the longest life of a connection; above zero
 * @param drain how long {@code close} lets connections go on to their own end; zero or more
 * @param backlog how many connections the system may hold that are not accepted yet, from 1; the
 *     system may lower it
 */
public record TcpServerConfig(
        Endpoint endpoint,
        Duration messageGap,
        Duration sessionTimeout,
        Duration drain,
        int backlog) {

    /** The gap unless told otherwise: above the smallest retransmission time-out of TCP. */
    public static final Duration DEFAULT_MESSAGE_GAP = Duration.ofMillis(300);

    /** The longest life of a connection unless told otherwise. */
    public static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofSeconds(30);

    /** The backlog unless told otherwise. */
    public static final int DEFAULT_BACKLOG = 4096;

    /**
     * Creates a configuration.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public TcpServerConfig {
        Objects.requireNonNull(endpoint, "endpoint");
        require(messageGap.isPositive(), "messageGap must be above zero", messageGap);
        require(sessionTimeout.isPositive(), "sessionTimeout must be above zero", sessionTimeout);
        require(!drain.isNegative(), "drain must not be negative", drain);
        require(backlog >= 1, "backlog must be at least 1", backlog);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }

    /**
     * Returns the defaults for an endpoint.
     *
     * @param endpoint where to listen
     * @return a configuration
     */
    public static TcpServerConfig of(Endpoint endpoint) {
        return new TcpServerConfig(
                endpoint,
                DEFAULT_MESSAGE_GAP,
                DEFAULT_SESSION_TIMEOUT,
                Server.DEFAULT_DRAIN,
                DEFAULT_BACKLOG);
    }

    /**
     * Returns this with another message gap.
     *
     * @param messageGap above zero
     * @return a configuration
     */
    public TcpServerConfig withMessageGap(Duration messageGap) {
        return new TcpServerConfig(endpoint, messageGap, sessionTimeout, drain, backlog);
    }

    /**
     * Returns this with another session time-out.
     *
     * @param sessionTimeout above zero
     * @return a configuration
     */
    public TcpServerConfig withSessionTimeout(Duration sessionTimeout) {
        return new TcpServerConfig(endpoint, messageGap, sessionTimeout, drain, backlog);
    }

    /**
     * Returns this with another grace time.
     *
     * @param drain zero or more
     * @return a configuration
     */
    public TcpServerConfig withDrain(Duration drain) {
        return new TcpServerConfig(endpoint, messageGap, sessionTimeout, drain, backlog);
    }

    /**
     * Returns this with another backlog.
     *
     * @param backlog from 1
     * @return a configuration
     */
    public TcpServerConfig withBacklog(int backlog) {
        return new TcpServerConfig(endpoint, messageGap, sessionTimeout, drain, backlog);
    }
}
