package net.server;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.internal.Preconditions;
import net.server.access.AddressFilter;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Configuration of a {@link TcpServer}: endpoints, service, limits and timeouts. Immutable.
 *
 * {@snippet file="net/server/ConfigSampleTest.java" region="tcp"}
 */
public final class TcpServerConfig {
    /** Default of {@link #maxConnections}. */
    public static final int DEFAULT_MAX_CONNECTIONS = 10_000;

    /** Default of {@link #maxPerSource}. */
    public static final int DEFAULT_MAX_PER_SOURCE = DEFAULT_MAX_CONNECTIONS;

    /** Default of {@link #idleTimeout}. */
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(1);

    /** Default of {@link #sessionTimeout} for {@link TcpService#greet}; others have none. */
    public static final Duration DEFAULT_GREET_TIMEOUT = Duration.ofSeconds(30);

    /** Default of {@link #backlog}. */
    public static final int DEFAULT_BACKLOG = 4096;

    private final List<Endpoint> endpoints;
    private final AddressFamily family;
    private final SocketSettings sockets;
    private final TcpService service;
    private final AddressFilter filter;
    private final int maxConnections;
    private final int maxPerSource;
    private final Duration idleTimeout;

    /** The configured value; empty for the default of the service. */
    private final Optional<Duration> sessionTimeout;

    private final Duration drain;
    private final int backlog;

    private TcpServerConfig(Builder builder) {
        endpoints = builder.endpoints;
        family = builder.family;
        sockets = builder.sockets;
        service = builder.service;
        filter = builder.filter;
        maxConnections = builder.maxConnections;
        maxPerSource = builder.maxPerSource;
        idleTimeout = builder.idleTimeout;
        sessionTimeout = builder.sessionTimeout;
        drain = builder.drain;
        backlog = builder.backlog;
    }

    /**
     * Returns the defaults for {@link net.protocol.Service#GREET} at an endpoint.
     *
     * @param endpoint the address to listen on
     * @return a configuration
     */
    public static TcpServerConfig of(Endpoint endpoint) {
        return builder().endpoints(endpoint).build();
    }

    /**
     * Returns the defaults for a service at an endpoint.
     *
     * @param endpoint the address to listen on
     * @param service the service of each peer
     * @return a configuration
     */
    public static TcpServerConfig of(Endpoint endpoint, TcpService service) {
        return builder().endpoints(endpoint).service(service).build();
    }

    /**
     * Returns a builder with the default values. Only the endpoints have no default.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with the values of this configuration.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder =
                builder()
                        .endpoints(endpoints)
                        .family(family)
                        .sockets(sockets)
                        .service(service)
                        .filter(filter)
                        .maxConnections(maxConnections)
                        .maxPerSource(maxPerSource)
                        .idleTimeout(idleTimeout)
                        .drain(drain)
                        .backlog(backlog);
        sessionTimeout.ifPresent(builder::sessionTimeout);
        return builder;
    }

    /**
     * Returns the endpoints to listen on: all the addresses of each host.
     *
     * @return at least one; with port 0 the system chooses one port for all
     */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /**
     * Returns the family of the addresses to listen on, and of the peers to admit.
     *
     * @return the family
     */
    public AddressFamily family() {
        return family;
    }

    /**
     * Returns the socket options.
     *
     * @return the options
     */
    public SocketSettings sockets() {
        return sockets;
    }

    /**
     * Returns the service of each peer.
     *
     * @return one instance for all peers
     */
    public TcpService service() {
        return service;
    }

    /**
     * Returns the filter of peers; connections of others are reset.
     *
     * @return the filter that the server starts with
     */
    public AddressFilter filter() {
        return filter;
    }

    /**
     * Returns the maximum number of concurrent connections; further connections are reset.
     *
     * @return at least 1
     */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * Returns the maximum number of concurrent connections from one address; further connections
     * are reset.
     *
     * @return at least 1
     */
    public int maxPerSource() {
        return maxPerSource;
    }

    /**
     * Returns the time without traffic in either direction after which a connection is reset.
     *
     * @return zero for none
     */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /**
     * Returns the maximum lifetime of a connection, after which it is reset.
     *
     * @return zero for none
     */
    public Duration sessionTimeout() {
        return sessionTimeout.orElseGet(
                () ->
                        service instanceof BuiltInTcpService builtIn
                                ? builtIn.defaultSessionTimeout()
                                : Duration.ZERO);
    }

    /**
     * Returns the grace time of {@code close} for open connections.
     *
     * @return zero or more
     */
    public Duration drain() {
        return drain;
    }

    /**
     * Returns the maximum number of connections that the system queues until they are accepted.
     *
     * @return at least 1; the system may lower it
     */
    public int backlog() {
        return backlog;
    }

    private List<Object> values() {
        return List.of(
                endpoints,
                family,
                sockets,
                service,
                filter,
                maxConnections,
                maxPerSource,
                idleTimeout,
                sessionTimeout(),
                drain,
                backlog);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TcpServerConfig config && values().equals(config.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "TcpServerConfig" + values();
    }

    /** Builds a configuration; calls may come in any order. Not thread-safe. */
    public static final class Builder {
        private List<Endpoint> endpoints = List.of();
        private AddressFamily family = AddressFamily.ANY;
        private SocketSettings sockets = SocketSettings.DEFAULT;
        private TcpService service = TcpService.greet(TcpService.DEFAULT_MESSAGE_GAP);
        private AddressFilter filter = AddressFilter.PERMIT_ALL;
        private int maxConnections = DEFAULT_MAX_CONNECTIONS;
        private int maxPerSource = DEFAULT_MAX_PER_SOURCE;
        private Duration idleTimeout = DEFAULT_IDLE_TIMEOUT;
        private Optional<Duration> sessionTimeout = Optional.empty();
        private Duration drain = Server.DEFAULT_DRAIN;
        private int backlog = DEFAULT_BACKLOG;

        private Builder() {}

        /**
         * Sets the endpoints to listen on.
         *
         * @param endpoints at least one
         * @return this builder
         */
        public Builder endpoints(Endpoint... endpoints) {
            return endpoints(List.of(endpoints));
        }

        /**
         * Sets the endpoints to listen on.
         *
         * @param endpoints at least one; copied
         * @return this builder
         */
        public Builder endpoints(List<Endpoint> endpoints) {
            this.endpoints = List.copyOf(endpoints);
            return this;
        }

        /**
         * Sets the family of the addresses to listen on, and of the peers to admit.
         *
         * @param family the family; {@link AddressFamily#ANY} by default
         * @return this builder
         */
        public Builder family(AddressFamily family) {
            this.family = Objects.requireNonNull(family, "family");
            return this;
        }

        /**
         * Sets the socket options.
         *
         * @param sockets the options; {@link SocketSettings#DEFAULT} by default
         * @return this builder
         */
        public Builder sockets(SocketSettings sockets) {
            this.sockets = Objects.requireNonNull(sockets, "sockets");
            return this;
        }

        /**
         * Sets the service of each peer, which also selects the default of {@link #sessionTimeout}.
         *
         * @param service one instance for all peers; {@link TcpService#greet} by default
         * @return this builder
         */
        public Builder service(TcpService service) {
            this.service = Objects.requireNonNull(service, "service");
            return this;
        }

        /**
         * Sets the filter of peers.
         *
         * @param filter the filter; {@link AddressFilter#PERMIT_ALL} by default
         * @return this builder
         */
        public Builder filter(AddressFilter filter) {
            this.filter = Objects.requireNonNull(filter, "filter");
            return this;
        }

        /**
         * Sets the maximum number of concurrent connections.
         *
         * @param maxConnections at least 1; {@value #DEFAULT_MAX_CONNECTIONS} by default
         * @return this builder
         */
        public Builder maxConnections(int maxConnections) {
            this.maxConnections = maxConnections;
            return this;
        }

        /**
         * Sets the maximum number of concurrent connections from one address.
         *
         * @param maxPerSource at least 1; {@value #DEFAULT_MAX_PER_SOURCE} by default
         * @return this builder
         */
        public Builder maxPerSource(int maxPerSource) {
            this.maxPerSource = maxPerSource;
            return this;
        }

        /**
         * Sets the time without traffic after which a connection is reset.
         *
         * @param idleTimeout zero for none; {@link #DEFAULT_IDLE_TIMEOUT} by default
         * @return this builder
         */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = Objects.requireNonNull(idleTimeout, "idleTimeout");
            return this;
        }

        /**
         * Sets the maximum lifetime of a connection.
         *
         * @param sessionTimeout zero for none; by default {@link #DEFAULT_GREET_TIMEOUT} for {@link
         *     TcpService#greet}, otherwise none
         * @return this builder
         */
        public Builder sessionTimeout(Duration sessionTimeout) {
            this.sessionTimeout = Optional.of(sessionTimeout);
            return this;
        }

        /**
         * Sets the grace time of {@code close}.
         *
         * @param drain zero or more; {@link Server#DEFAULT_DRAIN} by default
         * @return this builder
         */
        public Builder drain(Duration drain) {
            this.drain = Objects.requireNonNull(drain, "drain");
            return this;
        }

        /**
         * Sets the maximum number of connections that the system queues until they are accepted.
         *
         * @param backlog at least 1; {@value #DEFAULT_BACKLOG} by default
         * @return this builder
         */
        public Builder backlog(int backlog) {
            this.backlog = backlog;
            return this;
        }

        /**
         * Builds the configuration.
         *
         * @return a new configuration
         * @throws IllegalArgumentException if there is no endpoint, or a value is out of its range
         */
        public TcpServerConfig build() {
            Preconditions.require(!endpoints.isEmpty(), "endpoints must not be empty", endpoints);
            requireAtLeastOne("maxConnections", maxConnections);
            requireAtLeastOne("maxPerSource", maxPerSource);
            requireAtLeastOne("backlog", backlog);
            requireNotNegative("idleTimeout", idleTimeout);
            requireNotNegative("sessionTimeout", sessionTimeout.orElse(Duration.ZERO));
            requireNotNegative("drain", drain);
            return new TcpServerConfig(this);
        }

        private static void requireAtLeastOne(String name, int value) {
            Preconditions.require(value >= 1, name + " must be at least 1", value);
        }

        private static void requireNotNegative(String name, Duration value) {
            Preconditions.require(!value.isNegative(), name + " must not be negative", value);
        }
    }
}
