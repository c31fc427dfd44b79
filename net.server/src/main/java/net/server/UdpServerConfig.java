package net.server;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.internal.Preconditions;
import net.protocol.internal.Sockets;
import net.server.access.AddressFilter;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Configuration of a {@link UdpServer}: endpoints, service and limits. Immutable.
 *
 * {@snippet file="net/server/ConfigSampleTest.java" region="udp"}
 */
public final class UdpServerConfig {
    /** Default of {@link #answerRate}; the loopback has no limit by default. */
    public static final int DEFAULT_ANSWER_RATE = Sockets.DEFAULT_ANSWER_RATE;

    /** Receive buffer that the sockets request by default, in bytes. */
    public static final int DEFAULT_RECEIVE_BUFFER_BYTES = Sockets.UDP_RECEIVE_BUFFER_BYTES;

    private final List<Endpoint> endpoints;
    private final AddressFamily family;
    private final SocketSettings sockets;
    private final UdpService service;
    private final AddressFilter filter;
    private final OptionalInt answerRate;
    private final List<MulticastGroup> groups;
    private final Duration drain;

    private UdpServerConfig(Builder builder) {
        endpoints = builder.endpoints;
        family = builder.family;
        sockets = builder.sockets;
        service = builder.service;
        filter = builder.filter;
        answerRate = builder.answerRate;
        groups = builder.groups;
        drain = builder.drain;
    }

    /**
     * Returns the defaults for {@link Service#RECEIVE} at an endpoint.
     *
     * @param endpoint the address to listen on
     * @return a configuration
     */
    public static UdpServerConfig of(Endpoint endpoint) {
        return builder().endpoints(endpoint).build();
    }

    /**
     * Returns the defaults for a built-in service at an endpoint.
     *
     * @param endpoint the address to listen on
     * @param service a service offered over UDP
     * @return a configuration
     * @throws IllegalArgumentException if the service is not offered over UDP
     */
    public static UdpServerConfig of(Endpoint endpoint, Service service) {
        return of(endpoint, UdpService.of(service));
    }

    /**
     * Returns the defaults for a user-written service at an endpoint.
     *
     * @param endpoint the address to listen on
     * @param service the service of each datagram
     * @return a configuration
     */
    public static UdpServerConfig of(Endpoint endpoint, UdpService service) {
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
                        .groups(groups)
                        .drain(drain);
        answerRate.ifPresent(builder::answerRate);
        return builder;
    }

    /**
     * Returns the endpoints to listen on: all the addresses of each host. For a service that
     * answers, a wildcard address is replaced by a socket per local address, including addresses
     * added later, so that answers are sent from the address of the request.
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
     * Returns the service of each datagram.
     *
     * @return an instance that is not shared with another server
     */
    public UdpService service() {
        return service;
    }

    /**
     * Returns the filter of peers; datagrams of others are dropped.
     *
     * @return the filter that the server starts with
     */
    public AddressFilter filter() {
        return filter;
    }

    /**
     * Returns the maximum number of answers per second to the addresses of a prefix: /24, for IPv6
     * /56.
     *
     * @return at least 1; if empty, {@value #DEFAULT_ANSWER_RATE}, and no limit for the loopback
     */
    public OptionalInt answerRate() {
        return answerRate;
    }

    /**
     * Returns the multicast groups to join. Only sockets bound to a wildcard address receive their
     * datagrams.
     *
     * @return groups, empty for a service that answers
     */
    public List<MulticastGroup> groups() {
        return groups;
    }

    /**
     * Returns the maximum time for which {@code close} serves datagrams received before it.
     *
     * @return zero or more
     */
    public Duration drain() {
        return drain;
    }

    private List<Object> values() {
        return List.of(endpoints, family, sockets, service, filter, answerRate, groups, drain);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UdpServerConfig config && values().equals(config.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "UdpServerConfig" + values();
    }

    /** Builds a configuration; calls may come in any order. Not thread-safe. */
    public static final class Builder {
        private List<Endpoint> endpoints = List.of();
        private AddressFamily family = AddressFamily.ANY;
        private SocketSettings sockets = SocketSettings.DEFAULT;
        private UdpService service = UdpService.of(Service.RECEIVE);
        private AddressFilter filter = AddressFilter.PERMIT_ALL;
        private OptionalInt answerRate = OptionalInt.empty();
        private List<MulticastGroup> groups = List.of();
        private Duration drain = Server.DEFAULT_DRAIN;

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
         * Sets the service of each datagram to a built-in one.
         *
         * @param service a service offered over UDP; {@link Service#RECEIVE} by default
         * @return this builder
         * @throws IllegalArgumentException if the service is not offered over UDP
         */
        public Builder service(Service service) {
            return service(UdpService.of(service));
        }

        /**
         * Sets the service of each datagram to a user-written one.
         *
         * @param service not shared with another server
         * @return this builder
         */
        public Builder service(UdpService service) {
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
         * Sets the maximum number of answers per second to a prefix, the loopback included.
         *
         * @param answerRate at least 1; by default {@value #DEFAULT_ANSWER_RATE}, and no limit for
         *     the loopback
         * @return this builder
         */
        public Builder answerRate(int answerRate) {
            this.answerRate = OptionalInt.of(answerRate);
            return this;
        }

        /**
         * Sets the multicast groups to join.
         *
         * @param groups any number; none by default
         * @return this builder
         */
        public Builder groups(MulticastGroup... groups) {
            return groups(List.of(groups));
        }

        /**
         * Sets the multicast groups to join.
         *
         * @param groups any number; copied
         * @return this builder
         */
        public Builder groups(List<MulticastGroup> groups) {
            this.groups = List.copyOf(groups);
            return this;
        }

        /**
         * Sets the maximum time for which {@code close} serves datagrams received before it.
         *
         * @param drain zero or more; {@link Server#DEFAULT_DRAIN} by default
         * @return this builder
         */
        public Builder drain(Duration drain) {
            this.drain = Objects.requireNonNull(drain, "drain");
            return this;
        }

        /**
         * Builds the configuration.
         *
         * @return a new configuration
         * @throws IllegalArgumentException if there is no endpoint, a value is out of its range, or
         *     there are groups and the service answers
         */
        public UdpServerConfig build() {
            Preconditions.require(!endpoints.isEmpty(), "endpoints must not be empty", endpoints);
            int rate = answerRate.orElse(DEFAULT_ANSWER_RATE);
            Preconditions.require(rate >= 1, "answerRate must be at least 1", rate);
            Preconditions.require(
                    groups.isEmpty() || !service.answers(),
                    "groups must be empty for a service that answers",
                    groups);
            Preconditions.require(!drain.isNegative(), "drain must not be negative", drain);
            return new UdpServerConfig(this);
        }
    }
}
