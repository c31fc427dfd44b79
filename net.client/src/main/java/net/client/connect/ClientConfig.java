package net.client.connect;

import net.protocol.Endpoint;
import net.protocol.internal.Preconditions;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Configuration of a client: the server, timeouts and socket options. Immutable.
 *
 * <p>{@link Builder#build} checks the values; builder calls may come in any order.
 */
public final class ClientConfig {
    /** Default of {@link #timeout}. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** Default of {@link #connectTimeout}. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * Time that a UDP client waits for a refusal (ICMP port unreachable) before it treats a
     * datagram without an answer as delivered.
     */
    public static final Duration UDP_REFUSAL_WAIT = Duration.ofMillis(250);

    private final Endpoint endpoint;
    private final Duration timeout;
    private final Duration connectTimeout;
    private final SocketConfig socket;

    private ClientConfig(Builder builder) {
        endpoint = builder.endpoint;
        timeout = builder.timeout;
        connectTimeout = builder.connectTimeout;
        socket = builder.socket;
    }

    /**
     * Returns the defaults for a server.
     *
     * @param endpoint the server
     * @return a configuration
     * @throws IllegalArgumentException if the endpoint has port 0 or no host
     */
    public static ClientConfig of(Endpoint endpoint) {
        return builder(endpoint).build();
    }

    /**
     * Returns a builder with the default values.
     *
     * @param endpoint the server; its port is not 0, and its host is not {@link Endpoint#ANY_HOST}
     * @return a new builder
     */
    public static Builder builder(Endpoint endpoint) {
        return new Builder(endpoint);
    }

    /**
     * Returns a builder with the values of this configuration.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return builder(endpoint).timeout(timeout).connectTimeout(connectTimeout).socket(socket);
    }

    /**
     * Returns the server's endpoint.
     *
     * @return an endpoint with a host and a port
     */
    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Returns the maximum duration of an exchange, including name resolution; in a bulk run over
     * TCP, the maximum time without progress.
     *
     * @return above zero
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Returns the maximum duration of a connection attempt to one address, within the timeout of
     * the exchange.
     *
     * @return above zero
     */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * Returns the socket options.
     *
     * @return the options
     */
    public SocketConfig socket() {
        return socket;
    }

    private List<Object> values() {
        return List.of(endpoint, timeout, connectTimeout, socket);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientConfig config && values().equals(config.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "ClientConfig" + values();
    }

    /** Builds a configuration; calls may come in any order. Not thread-safe. */
    public static final class Builder {
        private Endpoint endpoint;
        private Duration timeout = DEFAULT_TIMEOUT;
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private SocketConfig socket = SocketConfig.DEFAULT;

        private Builder(Endpoint endpoint) {
            endpoint(endpoint);
        }

        /**
         * Sets the server's endpoint.
         *
         * @param endpoint an endpoint with a host and a port
         * @return this builder
         */
        public Builder endpoint(Endpoint endpoint) {
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
            return this;
        }

        /**
         * Sets the maximum duration of an exchange.
         *
         * @param timeout above zero; {@link #DEFAULT_TIMEOUT} by default
         * @return this builder
         */
        public Builder timeout(Duration timeout) {
            this.timeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Sets the maximum duration of a connection attempt to one address.
         *
         * @param connectTimeout above zero; {@link #DEFAULT_CONNECT_TIMEOUT} by default
         * @return this builder
         */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = Objects.requireNonNull(connectTimeout, "connectTimeout");
            return this;
        }

        /**
         * Sets the socket options.
         *
         * @param socket the options; {@link SocketConfig#DEFAULT} by default
         * @return this builder
         */
        public Builder socket(SocketConfig socket) {
            this.socket = Objects.requireNonNull(socket, "socket");
            return this;
        }

        /**
         * Builds the configuration.
         *
         * @return a new configuration
         * @throws IllegalArgumentException if a value is out of its range
         */
        public ClientConfig build() {
            Preconditions.require(
                    endpoint.port() != 0,
                    "port of a server must be from 1 to " + Endpoint.MAX_PORT,
                    endpoint.port());
            if (endpoint.host().equals(Endpoint.ANY_HOST)) {
                throw new IllegalArgumentException("host of a server must not be empty");
            }
            Preconditions.requirePositive("timeout", timeout);
            Preconditions.requirePositive("connectTimeout", connectTimeout);
            return new ClientConfig(this);
        }
    }
}
