package net.server;

import net.protocol.Endpoint;

import java.time.Duration;
import java.util.Objects;

/**
 * What a TCP server is to do. {@link #of} gives the defaults, the {@code with} methods change one.
 *
 * @param endpoint where to listen: the first address that its host stands for; port 0 lets the
 *     system choose
 * @param service what it does for each peer
 * @param maxConnections how many peers may be in at once, from 1; more are reset
 * @param maxPerSource how many of them from one address, from 1; more are reset
 * @param idleTimeout how long nothing may move in either direction of a connection; zero for ever
 * @param sessionTimeout the longest life of a connection; zero for ever
 * @param drain how long {@code close} lets connections go on to their own end; zero or more
 * @param backlog how many connections the system may hold that are not accepted yet, from 1; the
 *     system may lower it
 */
public record TcpServerConfig(
        Endpoint endpoint,
        TcpService service,
        int maxConnections,
        int maxPerSource,
        Duration idleTimeout,
        Duration sessionTimeout,
        Duration drain,
        int backlog) {

    /** How many peers may be in at once unless told otherwise. */
    public static final int DEFAULT_MAX_CONNECTIONS = 10_000;

    /** How long nothing may move unless told otherwise. */
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(1);

    /** The longest life of a connection that is greeted, unless told otherwise. */
    public static final Duration DEFAULT_GREET_TIMEOUT = Duration.ofSeconds(30);

    /** The backlog unless told otherwise. */
    public static final int DEFAULT_BACKLOG = 4096;

    /**
     * Creates a configuration.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public TcpServerConfig {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(service, "service");
        require(maxConnections >= 1, "maxConnections must be at least 1", maxConnections);
        require(maxPerSource >= 1, "maxPerSource must be at least 1", maxPerSource);
        require(!idleTimeout.isNegative(), "idleTimeout must not be negative", idleTimeout);
        require(
                !sessionTimeout.isNegative(),
                "sessionTimeout must not be negative",
                sessionTimeout);
        require(!drain.isNegative(), "drain must not be negative", drain);
        require(backlog >= 1, "backlog must be at least 1", backlog);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }

    /**
     * Returns the defaults for {@link net.protocol.Service#GREET} at an endpoint.
     *
     * @param endpoint where to listen
     * @return a configuration
     */
    public static TcpServerConfig of(Endpoint endpoint) {
        return of(endpoint, TcpService.greet(TcpService.DEFAULT_MESSAGE_GAP))
                .withSessionTimeout(DEFAULT_GREET_TIMEOUT);
    }

    /**
     * Returns the defaults for a service at an endpoint.
     *
     * @param endpoint where to listen
     * @param service what it does for each peer
     * @return a configuration without a session time-out
     */
    public static TcpServerConfig of(Endpoint endpoint, TcpService service) {
        return new TcpServerConfig(
                endpoint,
                service,
                DEFAULT_MAX_CONNECTIONS,
                DEFAULT_MAX_CONNECTIONS,
                DEFAULT_IDLE_TIMEOUT,
                Duration.ZERO,
                Server.DEFAULT_DRAIN,
                DEFAULT_BACKLOG);
    }

    /**
     * Returns this with another limit of connections.
     *
     * @param maxConnections from 1
     * @return a configuration
     */
    public TcpServerConfig withMaxConnections(int maxConnections) {
        return new TcpServerConfig(
                endpoint,
                service,
                maxConnections,
                maxPerSource,
                idleTimeout,
                sessionTimeout,
                drain,
                backlog);
    }

    /**
     * Returns this with another limit of connections from one address.
     *
     * @param maxPerSource from 1
     * @return a configuration
     */
    public TcpServerConfig withMaxPerSource(int maxPerSource) {
        return new TcpServerConfig(
                endpoint,
                service,
                maxConnections,
                maxPerSource,
                idleTimeout,
                sessionTimeout,
                drain,
                backlog);
    }

    /**
     * Returns this with another idle time-out.
     *
     * @param idleTimeout zero or more; zero for none
     * @return a configuration
     */
    public TcpServerConfig withIdleTimeout(Duration idleTimeout) {
        return new TcpServerConfig(
                endpoint,
                service,
                maxConnections,
                maxPerSource,
                idleTimeout,
                sessionTimeout,
                drain,
                backlog);
    }

    /**
     * Returns this with another session time-out.
     *
     * @param sessionTimeout zero or more; zero for none
     * @return a configuration
     */
    public TcpServerConfig withSessionTimeout(Duration sessionTimeout) {
        return new TcpServerConfig(
                endpoint,
                service,
                maxConnections,
                maxPerSource,
                idleTimeout,
                sessionTimeout,
                drain,
                backlog);
    }

    /**
     * Returns this with another grace time.
     *
     * @param drain zero or more
     * @return a configuration
     */
    public TcpServerConfig withDrain(Duration drain) {
        return new TcpServerConfig(
                endpoint,
                service,
                maxConnections,
                maxPerSource,
                idleTimeout,
                sessionTimeout,
                drain,
                backlog);
    }

    /**
     * Returns this with another backlog.
     *
     * @param backlog from 1
     * @return a configuration
     */
    public TcpServerConfig withBacklog(int backlog) {
        return new TcpServerConfig(
                endpoint,
                service,
                maxConnections,
                maxPerSource,
                idleTimeout,
                sessionTimeout,
                drain,
                backlog);
    }
}
