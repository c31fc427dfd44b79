package net.server;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.server.access.AddressFilter;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a TCP server is to do. {@link #of} gives the defaults, {@link #toBuilder} changes some.
 *
 * @param endpoints where to listen, at least one: all the addresses that each host stands for; port
 *     0 lets the system choose, one for all
 * @param family of the addresses to listen on, and of the peers to serve
 * @param sockets what to ask of the system
 * @param service what it does for each peer
 * @param filter whom it serves; others are reset
 * @param maxConnections how many peers may be in at once, from 1; more are reset
 * @param maxPerSource how many of them from one address, from 1; more are reset
 * @param idleTimeout how long nothing may move in either direction of a connection; zero for ever
 * @param sessionTimeout the longest life of a connection; zero for ever
 * @param drain how long {@code close} lets connections go on to their own end; zero or more
 * @param backlog how many connections the system may hold that are not accepted yet, from 1; the
 *     system may lower it
 */
public record TcpServerConfig(
        List<Endpoint> endpoints,
        AddressFamily family,
        SocketSettings sockets,
        TcpService service,
        AddressFilter filter,
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
     * Creates a configuration; the list is copied.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public TcpServerConfig {
        endpoints = List.copyOf(endpoints);
        require(!endpoints.isEmpty(), "endpoints must not be empty", endpoints);
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(sockets, "sockets");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(filter, "filter");
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
        return of(endpoint, TcpService.greet(TcpService.DEFAULT_MESSAGE_GAP)).toBuilder()
                .sessionTimeout(DEFAULT_GREET_TIMEOUT)
                .build();
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
                List.of(endpoint),
                AddressFamily.ANY,
                SocketSettings.DEFAULT,
                service,
                AddressFilter.EVERYBODY,
                DEFAULT_MAX_CONNECTIONS,
                DEFAULT_MAX_CONNECTIONS,
                DEFAULT_IDLE_TIMEOUT,
                Duration.ZERO,
                Server.DEFAULT_DRAIN,
                DEFAULT_BACKLOG);
    }

    /**
     * Returns a builder that starts from this.
     *
     * @return a new one
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Makes a configuration from another one; for use by one thread. */
    public static final class Builder {
        private List<Endpoint> endpoints;
        private AddressFamily family;
        private SocketSettings sockets;
        private TcpService service;
        private AddressFilter filter;
        private int maxConnections;
        private int maxPerSource;
        private Duration idleTimeout;
        private Duration sessionTimeout;
        private Duration drain;
        private int backlog;

        private Builder(TcpServerConfig config) {
            endpoints = config.endpoints();
            family = config.family();
            sockets = config.sockets();
            service = config.service();
            filter = config.filter();
            maxConnections = config.maxConnections();
            maxPerSource = config.maxPerSource();
            idleTimeout = config.idleTimeout();
            sessionTimeout = config.sessionTimeout();
            drain = config.drain();
            backlog = config.backlog();
        }

        /**
         * Sets where to listen.
         *
         * @param endpoints at least one
         * @return this
         */
        public Builder endpoints(Endpoint... endpoints) {
            this.endpoints = List.of(endpoints);
            return this;
        }

        /**
         * Sets which family of addresses takes part.
         *
         * @param family of the addresses to listen on, and of the peers
         * @return this
         */
        public Builder family(AddressFamily family) {
            this.family = family;
            return this;
        }

        /**
         * Sets what to ask of the system.
         *
         * @param sockets for each socket
         * @return this
         */
        public Builder sockets(SocketSettings sockets) {
            this.sockets = sockets;
            return this;
        }

        /**
         * Sets what it does for each peer.
         *
         * @param service one for all
         * @return this
         */
        public Builder service(TcpService service) {
            this.service = service;
            return this;
        }

        /**
         * Sets whom it serves.
         *
         * @param filter others are reset
         * @return this
         */
        public Builder filter(AddressFilter filter) {
            this.filter = filter;
            return this;
        }

        /**
         * Sets how many peers may be in at once.
         *
         * @param maxConnections from 1
         * @return this
         */
        public Builder maxConnections(int maxConnections) {
            this.maxConnections = maxConnections;
            return this;
        }

        /**
         * Sets how many of them from one address.
         *
         * @param maxPerSource from 1
         * @return this
         */
        public Builder maxPerSource(int maxPerSource) {
            this.maxPerSource = maxPerSource;
            return this;
        }

        /**
         * Sets how long nothing may move.
         *
         * @param idleTimeout zero or more; zero for ever
         * @return this
         */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        /**
         * Sets the longest life of a connection.
         *
         * @param sessionTimeout zero or more; zero for ever
         * @return this
         */
        public Builder sessionTimeout(Duration sessionTimeout) {
            this.sessionTimeout = sessionTimeout;
            return this;
        }

        /**
         * Sets the grace time of {@code close}.
         *
         * @param drain zero or more
         * @return this
         */
        public Builder drain(Duration drain) {
            this.drain = drain;
            return this;
        }

        /**
         * Sets how many connections may wait to be accepted.
         *
         * @param backlog from 1
         * @return this
         */
        public Builder backlog(int backlog) {
            this.backlog = backlog;
            return this;
        }

        /**
         * Makes the configuration.
         *
         * @return a new one
         * @throws IllegalArgumentException if a value is out of its range
         */
        public TcpServerConfig build() {
            return new TcpServerConfig(
                    endpoints,
                    family,
                    sockets,
                    service,
                    filter,
                    maxConnections,
                    maxPerSource,
                    idleTimeout,
                    sessionTimeout,
                    drain,
                    backlog);
        }
    }
}
