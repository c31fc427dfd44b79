package net.server;

import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.server.access.AddressFilter;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a UDP server is to do. {@link #of} gives the defaults, {@link #toBuilder} changes some.
 *
 * @param endpoints where to listen, at least one: all the addresses that each host stands for; port
 *     0 lets the system choose, one for all. For the wildcard a service that answers has a socket
 *     for each address that this machine has, also later, so that it answers from the one asked.
 * @param family of the addresses to listen on, and of the peers to serve
 * @param sockets what to ask of the system
 * @param service what it does with each datagram; not shared with another server
 * @param filter whom it serves; datagrams of others are dropped
 * @param answerRate how many answers a second go to the addresses of a prefix (/24, for IPv6 /56),
 *     from 1; if empty, {@value #DEFAULT_ANSWER_RATE}, and as many as there are to loopback
 * @param groups whose datagrams it receives too; only for wildcard addresses and a service that
 *     does not answer
 * @param drain how long {@code close} goes on serving datagrams that came before it; zero or more
 */
public record UdpServerConfig(
        List<Endpoint> endpoints,
        AddressFamily family,
        SocketSettings sockets,
        UdpService service,
        AddressFilter filter,
        OptionalInt answerRate,
        List<MulticastGroup> groups,
        Duration drain) {

    /** How many answers a second go to the addresses of a prefix unless told otherwise. */
    public static final int DEFAULT_ANSWER_RATE = 10_000;

    /**
     * Creates a configuration; the lists are copied.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the service answers and
     *     there are groups
     */
    public UdpServerConfig {
        endpoints = List.copyOf(endpoints);
        require(!endpoints.isEmpty(), "endpoints must not be empty", endpoints);
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(sockets, "sockets");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(filter, "filter");
        int rate = answerRate.orElse(DEFAULT_ANSWER_RATE);
        require(rate >= 1, "answerRate must be at least 1", rate);
        groups = List.copyOf(groups);
        require(
                groups.isEmpty() || !service.answers(),
                "groups must be empty for a service that answers",
                groups);
        require(!drain.isNegative(), "drain must not be negative", drain);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }

    /**
     * Returns the defaults for {@link Service#RECEIVE} at an endpoint.
     *
     * @param endpoint where to listen
     * @return a configuration
     */
    public static UdpServerConfig of(Endpoint endpoint) {
        return of(endpoint, UdpService.of(Service.RECEIVE));
    }

    /**
     * Returns the defaults for a service at an endpoint.
     *
     * @param endpoint where to listen
     * @param service what it does with each datagram
     * @return a configuration
     */
    public static UdpServerConfig of(Endpoint endpoint, UdpService service) {
        return new UdpServerConfig(
                List.of(endpoint),
                AddressFamily.ANY,
                SocketSettings.DEFAULT,
                service,
                AddressFilter.EVERYBODY,
                OptionalInt.empty(),
                List.of(),
                Server.DEFAULT_DRAIN);
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
        private UdpService service;
        private AddressFilter filter;
        private OptionalInt answerRate;
        private List<MulticastGroup> groups;
        private Duration drain;

        private Builder(UdpServerConfig config) {
            endpoints = config.endpoints();
            family = config.family();
            sockets = config.sockets();
            service = config.service();
            filter = config.filter();
            answerRate = config.answerRate();
            groups = config.groups();
            drain = config.drain();
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
         * Sets what it does with each datagram.
         *
         * @param service not shared with another server
         * @return this
         */
        public Builder service(UdpService service) {
            this.service = service;
            return this;
        }

        /**
         * Sets whom it serves.
         *
         * @param filter datagrams of others are dropped
         * @return this
         */
        public Builder filter(AddressFilter filter) {
            this.filter = filter;
            return this;
        }

        /**
         * Sets how many answers a second go to a prefix, loopback too.
         *
         * @param answerRate from 1
         * @return this
         */
        public Builder answerRate(int answerRate) {
            this.answerRate = OptionalInt.of(answerRate);
            return this;
        }

        /**
         * Sets whose datagrams it receives too.
         *
         * @param groups any number
         * @return this
         */
        public Builder groups(MulticastGroup... groups) {
            this.groups = List.of(groups);
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
         * Makes the configuration.
         *
         * @return a new one
         * @throws IllegalArgumentException if a value is out of its range
         */
        public UdpServerConfig build() {
            return new UdpServerConfig(
                    endpoints, family, sockets, service, filter, answerRate, groups, drain);
        }
    }
}
