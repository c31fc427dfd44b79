package net.server;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.protocol.internal.Preconditions;
import net.server.access.AddressFilter;
import net.server.access.ConnectionLimiter;
import net.server.service.ChargenService;
import net.server.service.DiscardService;
import net.server.service.EchoService;
import net.server.service.GreetService;
import net.server.service.NonBlockingService;
import net.server.service.ReceiveService;

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

    /** Default of {@link #messageGap}; above the minimum retransmission timeout of TCP. */
    public static final Duration DEFAULT_MESSAGE_GAP = Duration.ofMillis(300);

    /** Default of {@link #sessionTimeout} for {@link Service#GREET}; others have none. */
    public static final Duration DEFAULT_GREET_TIMEOUT = Duration.ofSeconds(30);

    /** Default of {@link #backlog}. */
    public static final int DEFAULT_BACKLOG = 4096;

    private final List<Endpoint> endpoints;
    private final AddressFamily family;
    private final SocketSettings sockets;

    /** Present unless {@link #service} is. */
    private final Optional<Service> builtInService;

    private final Optional<TcpService> service;
    private final Duration messageGap;
    private final AddressFilter filter;
    private final int maxConnections;
    private final int maxPerSource;
    private final Optional<ConnectionLimiter> limiter;
    private final Duration idleTimeout;

    /** The configured value; empty for the default of the service. */
    private final Optional<Duration> sessionTimeout;

    private final Duration drain;
    private final int backlog;

    private TcpServerConfig(Builder builder) {
        endpoints = builder.endpoints;
        family = builder.family;
        sockets = builder.sockets;
        builtInService = builder.builtInService;
        service = builder.service;
        messageGap = builder.messageGap;
        filter = builder.filter;
        maxConnections = builder.maxConnections;
        maxPerSource = builder.maxPerSource;
        limiter = builder.limiter;
        idleTimeout = builder.idleTimeout;
        sessionTimeout = builder.sessionTimeout;
        drain = builder.drain;
        backlog = builder.backlog;
    }

    /**
     * Returns the defaults for {@link Service#GREET} at an endpoint.
     *
     * @param endpoint the address to listen on
     * @return a configuration
     */
    public static TcpServerConfig of(Endpoint endpoint) {
        return builder().endpoints(endpoint).build();
    }

    /**
     * Returns the defaults for a built-in service at an endpoint.
     *
     * @param endpoint the address to listen on
     * @param service a service offered over TCP
     * @return a configuration
     * @throws IllegalArgumentException if the service is not offered over TCP
     */
    public static TcpServerConfig of(Endpoint endpoint, Service service) {
        return builder().endpoints(endpoint).service(service).build();
    }

    /**
     * Returns the defaults for a user-written service at an endpoint.
     *
     * @param endpoint the address to listen on
     * @param service one instance for all peers
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
                        .messageGap(messageGap)
                        .filter(filter)
                        .maxConnections(maxConnections)
                        .maxPerSource(maxPerSource)
                        .idleTimeout(idleTimeout)
                        .drain(drain)
                        .backlog(backlog);
        builtInService.ifPresent(builder::service);
        service.ifPresent(builder::service);
        sessionTimeout.ifPresent(builder::sessionTimeout);
        limiter.ifPresent(builder::limiter);
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
     * Returns the built-in service of each peer, which event loops run.
     *
     * @return empty for a user-written {@link #service}
     */
    public Optional<Service> builtInService() {
        return builtInService;
    }

    /**
     * Returns the user-written service of each peer, which runs on a virtual thread per connection.
     *
     * @return one instance for all peers; empty for the built-in service
     */
    public Optional<TcpService> service() {
        return service;
    }

    /**
     * Returns the time without data after which the message of {@link Service#GREET} ends. The
     * peer's FIN also ends it.
     *
     * @return above zero; other services ignore it
     */
    public Duration messageGap() {
        return messageGap;
    }

    /** Returns the built-in service; empty for a user-written one. */
    Optional<NonBlockingService> nonBlockingService() {
        return builtInService.map(this::nonBlockingService);
    }

    private NonBlockingService nonBlockingService(Service service) {
        return switch (service) {
            case GREET -> new GreetService(messageGap);
            case RECEIVE -> new ReceiveService();
            case ECHO -> new EchoService();
            case DISCARD -> new DiscardService();
            case CHARGEN -> new ChargenService();
            case STAMP, CONNECT -> throw new AssertionError("rejected by the builder");
        };
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
     * Returns the limiter that the server shares with others; its limits replace {@link
     * #maxConnections} and {@link #maxPerSource}.
     *
     * @return empty for a limiter of the server's own
     */
    public Optional<ConnectionLimiter> limiter() {
        return limiter;
    }

    /** Returns the shared limiter, or a new one. */
    ConnectionLimiter connectionLimiter() {
        return limiter.orElseGet(() -> new ConnectionLimiter(maxConnections, maxPerSource));
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
        boolean isGreet = builtInService.equals(Optional.of(Service.GREET));
        return sessionTimeout.orElse(isGreet ? DEFAULT_GREET_TIMEOUT : Duration.ZERO);
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
                builtInService,
                service,
                messageGap,
                filter,
                maxConnections,
                maxPerSource,
                limiter,
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
        private Optional<Service> builtInService = Optional.of(Service.GREET);
        private Optional<TcpService> service = Optional.empty();
        private Duration messageGap = DEFAULT_MESSAGE_GAP;
        private AddressFilter filter = AddressFilter.PERMIT_ALL;
        private int maxConnections = DEFAULT_MAX_CONNECTIONS;
        private int maxPerSource = DEFAULT_MAX_PER_SOURCE;
        private Optional<ConnectionLimiter> limiter = Optional.empty();
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
         * Sets the service of each peer to a built-in one, which also selects the default of {@link
         * #sessionTimeout}.
         *
         * @param service a service offered over TCP; {@link Service#GREET} by default
         * @return this builder
         * @throws IllegalArgumentException if the service is not offered over TCP
         */
        public Builder service(Service service) {
            Preconditions.require(
                    service.isOver(Transport.TCP),
                    "service must be offered over TCP",
                    service.label());
            this.builtInService = Optional.of(service);
            this.service = Optional.empty();
            return this;
        }

        /**
         * Sets the service of each peer to a user-written one.
         *
         * @param service one instance for all peers
         * @return this builder
         */
        public Builder service(TcpService service) {
            this.service = Optional.of(service);
            this.builtInService = Optional.empty();
            return this;
        }

        /**
         * Sets the time without data after which the message of {@link Service#GREET} ends.
         *
         * @param messageGap above zero; {@link #DEFAULT_MESSAGE_GAP} by default
         * @return this builder
         */
        public Builder messageGap(Duration messageGap) {
            this.messageGap = Objects.requireNonNull(messageGap, "messageGap");
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
         * Sets a limiter that several servers share, so that its limits apply to all together. It
         * replaces {@link #maxConnections} and {@link #maxPerSource}.
         *
         * @param limiter the same object for all; by default each server has its own
         * @return this builder
         */
        public Builder limiter(ConnectionLimiter limiter) {
            this.limiter = Optional.of(limiter);
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
         *     Service#GREET}, otherwise none
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
            Preconditions.requirePositive("messageGap", messageGap);
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
