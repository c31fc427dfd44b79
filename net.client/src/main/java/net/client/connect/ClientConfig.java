package net.client.connect;

import net.protocol.Endpoint;

import java.time.Duration;
import java.util.Objects;

/**
 * Where a client sends, and how long it waits.
 *
 * @param endpoint the server; its port is not 0, and its host is not {@link Endpoint#ANY_HOST}
 * @param timeout for a whole exchange, the look-up of the name included, or how long a stream may
 *     move nothing; above zero
 * @param connectTimeout for the attempt at each address of a name, within the time above; above
 *     zero
 * @param socket what is asked of the system for its sockets
 */
public record ClientConfig(
        Endpoint endpoint, Duration timeout, Duration connectTimeout, SocketConfig socket) {
    /** The time for a whole exchange unless told otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /**
     * How long a UDP client waits for a refusal (ICMP port unreachable) before it treats a datagram
     * that has no answer as delivered.
     */
    public static final Duration UDP_REFUSAL_WAIT = Duration.ofMillis(250);

    /** The time for the attempt at one address unless told otherwise. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * Creates a configuration.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ClientConfig {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(socket, "socket");
        if (endpoint.port() == 0) {
            throw new IllegalArgumentException(
                    "port of a server must be from 1 to " + Endpoint.MAX_PORT + ": 0");
        }
        if (endpoint.host().equals(Endpoint.ANY_HOST)) {
            throw new IllegalArgumentException("host of a server must not be empty");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be above zero: " + timeout);
        }
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "connectTimeout must be above zero: " + connectTimeout);
        }
    }

    /**
     * Returns the defaults for a server.
     *
     * @param endpoint the server
     * @return a configuration
     * @throws IllegalArgumentException if it has no port or no host
     */
    public static ClientConfig of(Endpoint endpoint) {
        return new ClientConfig(
                endpoint, DEFAULT_TIMEOUT, DEFAULT_CONNECT_TIMEOUT, SocketConfig.DEFAULT);
    }

    /**
     * Returns this with another time for a whole exchange.
     *
     * @param timeout above zero
     * @return a configuration
     */
    public ClientConfig withTimeout(Duration timeout) {
        return new ClientConfig(endpoint, timeout, connectTimeout, socket);
    }

    /**
     * Returns this with another time for the attempt at one address.
     *
     * @param connectTimeout above zero
     * @return a configuration
     */
    public ClientConfig withConnectTimeout(Duration connectTimeout) {
        return new ClientConfig(endpoint, timeout, connectTimeout, socket);
    }

    /**
     * Returns this with other sockets.
     *
     * @param socket what is asked of the system for them
     * @return a configuration
     */
    public ClientConfig withSocket(SocketConfig socket) {
        return new ClientConfig(endpoint, timeout, connectTimeout, socket);
    }
}
