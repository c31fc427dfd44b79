package net.client.pipe;

import net.client.connect.ClientConfig;
import net.protocol.Protocol;
import net.protocol.Transport;
import net.protocol.internal.Preconditions;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Configuration of a {@link Pipe}. Immutable.
 *
 * <p>{@link Builder#build} checks the values; builder calls may come in any order.
 */
public final class PipeConfig {
    /**
     * Default of {@link #datagramBytes}: with headers of 40 and 8 bytes, it fits the minimum MTU of
     * IPv6 (RFC 8200, section 5), so datagrams are not fragmented.
     */
    public static final int DATAGRAM_BYTES = 1232;

    /** Default of {@link #idleTimeout} over UDP, which has no end of stream. */
    public static final Duration UDP_IDLE_TIMEOUT = Duration.ofSeconds(1);

    private final Transport transport;
    private final ClientConfig client;
    private final int datagramBytes;
    private final boolean lines;
    private final Optional<Duration> idleTimeout;
    private final boolean interactive;

    private PipeConfig(Builder builder) {
        transport = builder.transport;
        client = builder.client;
        datagramBytes = builder.datagramBytes;
        lines = builder.lines;
        idleTimeout = builder.idleTimeout;
        interactive = builder.interactive;
    }

    /**
     * Returns the defaults for a server.
     *
     * @param transport the transport
     * @param client the server; its timeouts limit only name resolution and connecting
     * @return a configuration
     */
    public static PipeConfig of(Transport transport, ClientConfig client) {
        return builder(transport, client).build();
    }

    /**
     * Returns a builder with the default values.
     *
     * @param transport the transport
     * @param client the server; its timeouts limit only name resolution and connecting
     * @return a new builder
     */
    public static Builder builder(Transport transport, ClientConfig client) {
        return new Builder(transport, client);
    }

    /**
     * Returns a builder with the values of this configuration.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder =
                builder(transport, client)
                        .datagramBytes(datagramBytes)
                        .lines(lines)
                        .interactive(interactive);
        idleTimeout.ifPresent(builder::idleTimeout);
        return builder;
    }

    /**
     * Returns the transport.
     *
     * @return TCP or UDP
     */
    public Transport transport() {
        return transport;
    }

    /**
     * Returns the configuration of the connection.
     *
     * @return the server; its timeouts limit only name resolution and connecting
     */
    public ClientConfig client() {
        return client;
    }

    /**
     * Returns the maximum payload of a sent datagram; ignored over TCP.
     *
     * @return from 1 to {@link Protocol#MAX_DATAGRAM_BYTES}
     */
    public int datagramBytes() {
        return datagramBytes;
    }

    /**
     * Returns whether each line is one datagram and each datagram one line.
     *
     * @return always {@code false} over TCP
     */
    public boolean lines() {
        return lines;
    }

    /**
     * Returns the idle timeout. Over TCP the pipe fails if nothing has been sent or received for
     * this long; bytes count as sent once the system's send buffer accepts them. Over UDP the pipe
     * ends if nothing has been received for this long after the end of its input.
     *
     * @return above zero; if empty, no limit over TCP, and {@link #UDP_IDLE_TIMEOUT} over UDP
     */
    public Optional<Duration> idleTimeout() {
        return idleTimeout;
    }

    /**
     * Returns whether, after the peer's FIN, a pipe over TCP ends once its input has been silent
     * for {@value Pipe#SILENCE_MILLIS} ms rather than at the end of the input, as is useful for
     * input from a terminal.
     *
     * @return {@code false} by default; ignored over UDP
     */
    public boolean interactive() {
        return interactive;
    }

    private List<Object> values() {
        return List.of(transport, client, datagramBytes, lines, idleTimeout, interactive);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PipeConfig config && values().equals(config.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "PipeConfig" + values();
    }

    /** Builds a configuration; calls may come in any order. Not thread-safe. */
    public static final class Builder {
        private final Transport transport;
        private final ClientConfig client;
        private int datagramBytes = DATAGRAM_BYTES;
        private boolean lines;
        private Optional<Duration> idleTimeout = Optional.empty();
        private boolean interactive;

        private Builder(Transport transport, ClientConfig client) {
            this.transport = Objects.requireNonNull(transport, "transport");
            this.client = Objects.requireNonNull(client, "client");
        }

        /**
         * Sets the maximum payload of a sent datagram.
         *
         * @param datagramBytes from 1 to {@link Protocol#MAX_DATAGRAM_BYTES}; {@link
         *     #DATAGRAM_BYTES} by default
         * @return this builder
         */
        public Builder datagramBytes(int datagramBytes) {
            this.datagramBytes = datagramBytes;
            return this;
        }

        /**
         * Sets whether each line is one datagram and each datagram one line.
         *
         * @param lines only over UDP; {@code false} by default
         * @return this builder
         */
        public Builder lines(boolean lines) {
            this.lines = lines;
            return this;
        }

        /**
         * Sets the idle timeout.
         *
         * @param idleTimeout above zero
         * @return this builder
         */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = Optional.of(idleTimeout);
            return this;
        }

        /**
         * Sets whether, after the peer's FIN, a pipe over TCP ends once its input is silent.
         *
         * @param interactive {@code false} by default, so that all input is sent
         * @return this builder
         */
        public Builder interactive(boolean interactive) {
            this.interactive = interactive;
            return this;
        }

        /**
         * Builds the configuration.
         *
         * @return a new configuration
         * @throws IllegalArgumentException if a value is out of its range, or lines are requested
         *     over TCP
         */
        public PipeConfig build() {
            Preconditions.require(
                    datagramBytes >= 1 && datagramBytes <= Protocol.MAX_DATAGRAM_BYTES,
                    "datagramBytes must be from 1 to " + Protocol.MAX_DATAGRAM_BYTES,
                    datagramBytes);
            Preconditions.require(
                    !lines || transport == Transport.UDP, "lines must be false over tcp", lines);
            Preconditions.requirePositive("idleTimeout", idleTimeout);
            return new PipeConfig(this);
        }
    }
}
