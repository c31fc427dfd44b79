package net.server;

import net.protocol.Endpoint;

import java.time.Duration;
import java.util.Objects;

/**
 * What a UDP server is to do. {@link #of} gives the defaults, the {@code with} methods change one.
 *
 * @param endpoint where to listen: the first address that its host stands for; port 0 lets the
 *     system choose
 * @param drain how long {@code close} goes on recording datagrams that came before it; zero or more
 */
public record UdpServerConfig(Endpoint endpoint, Duration drain) {
    /**
     * Creates a configuration.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public UdpServerConfig {
        Objects.requireNonNull(endpoint, "endpoint");
        if (drain.isNegative()) {
            throw new IllegalArgumentException("drain must not be negative: " + drain);
        }
    }

    /**
     * Returns the defaults for an endpoint.
     *
     * @param endpoint where to listen
     * @return a configuration
     */
    public static UdpServerConfig of(Endpoint endpoint) {
        return new UdpServerConfig(endpoint, Server.DEFAULT_DRAIN);
    }

    /**
     * Returns this with another grace time.
     *
     * @param drain zero or more
     * @return a configuration
     */
    public UdpServerConfig withDrain(Duration drain) {
        return new UdpServerConfig(endpoint, drain);
    }
}
