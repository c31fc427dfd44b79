package net.server;

import net.protocol.Endpoint;
import net.protocol.Service;

import java.time.Duration;
import java.util.Objects;

/**
 * What a UDP server is to do. {@link #of} gives the defaults, the {@code with} methods change one.
 *
 * @param endpoint where to listen: the first address that its host stands for; port 0 lets the
 *     system choose
 * @param service what it does with each datagram; not shared with another server
 * @param drain how long {@code close} goes on serving datagrams that came before it; zero or more
 */
public record UdpServerConfig(Endpoint endpoint, UdpService service, Duration drain) {
    /**
     * Creates a configuration.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public UdpServerConfig {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(service, "service");
        if (drain.isNegative()) {
            throw new IllegalArgumentException("drain must not be negative: " + drain);
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
        return new UdpServerConfig(endpoint, service, Server.DEFAULT_DRAIN);
    }

    /**
     * Returns this with another service.
     *
     * @param service what it does with each datagram
     * @return a configuration
     */
    public UdpServerConfig withService(UdpService service) {
        return new UdpServerConfig(endpoint, service, drain);
    }

    /**
     * Returns this with another grace time.
     *
     * @param drain zero or more
     * @return a configuration
     */
    public UdpServerConfig withDrain(Duration drain) {
        return new UdpServerConfig(endpoint, service, drain);
    }
}
