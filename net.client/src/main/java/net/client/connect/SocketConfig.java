package net.client.connect;

import net.protocol.AddressFamily;
import net.protocol.Protocol;
import net.protocol.internal.Preconditions;
import net.protocol.internal.Sockets;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Socket options of a client. Immutable.
 *
 * <p>{@link Builder#build} checks the values; builder calls may come in any order.
 */
public final class SocketConfig {
    /** Any address family and source, default buffers, DSCP 0, {@code TCP_NODELAY} set. */
    public static final SocketConfig DEFAULT = builder().build();

    /** Receive buffer that UDP sockets request by default, in bytes. */
    public static final int DEFAULT_UDP_RECEIVE_BUFFER_BYTES = Sockets.UDP_RECEIVE_BUFFER_BYTES;

    private final AddressFamily family;
    private final Optional<InetSocketAddress> source;
    private final OptionalInt receiveBufferBytes;
    private final OptionalInt sendBufferBytes;
    private final int dscp;
    private final boolean noDelay;
    private final boolean dontFragment;

    private SocketConfig(Builder builder) {
        family = builder.family;
        source = builder.source;
        receiveBufferBytes = builder.receiveBufferBytes;
        sendBufferBytes = builder.sendBufferBytes;
        dscp = builder.dscp;
        noDelay = builder.noDelay;
        dontFragment = builder.dontFragment;
    }

    /**
     * Returns a builder with the default values.
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
                builder().family(family).dscp(dscp).noDelay(noDelay).dontFragment(dontFragment);
        source.ifPresent(builder::source);
        receiveBufferBytes.ifPresent(builder::receiveBufferBytes);
        sendBufferBytes.ifPresent(builder::sendBufferBytes);
        return builder;
    }

    /**
     * Returns the family of the server's addresses to use.
     *
     * @return the family
     */
    public AddressFamily family() {
        return family;
    }

    /**
     * Returns the local address to bind to.
     *
     * @return an address of the family, with a port, or 0 for any port; if empty, the system
     *     chooses
     */
    public Optional<InetSocketAddress> source() {
        return source;
    }

    /**
     * Returns the requested receive buffer size; {@link ConnectionInfo} has the granted one.
     *
     * @return at least 1; if empty, the system's default over TCP, and {@value
     *     #DEFAULT_UDP_RECEIVE_BUFFER_BYTES} over UDP, so that a burst of answers is not dropped
     */
    public OptionalInt receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * Returns the requested send buffer size; {@link ConnectionInfo} has the granted one.
     *
     * @return at least 1; if empty, the system's default
     */
    public OptionalInt sendBufferBytes() {
        return sendBufferBytes;
    }

    /**
     * Returns the DSCP of sent packets (RFC 2474, section 3).
     *
     * @return from 0 to {@value Protocol#MAX_DSCP}
     */
    public int dscp() {
        return dscp;
    }

    /**
     * Returns whether {@code TCP_NODELAY} is set, which disables the Nagle algorithm (RFC 9293,
     * section 3.7.4).
     *
     * @return {@code true} by default
     */
    public boolean noDelay() {
        return noDelay;
    }

    /**
     * Returns whether datagrams carry the don't-fragment flag (RFC 791, section 2.3). Without the
     * JDK's module {@code jdk.net} it is not set.
     *
     * @return {@code false} by default
     */
    public boolean dontFragment() {
        return dontFragment;
    }

    private List<Object> values() {
        return List.of(
                family, source, receiveBufferBytes, sendBufferBytes, dscp, noDelay, dontFragment);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SocketConfig config && values().equals(config.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "SocketConfig" + values();
    }

    /** Builds a configuration; calls may come in any order. Not thread-safe. */
    public static final class Builder {
        private AddressFamily family = AddressFamily.ANY;
        private Optional<InetSocketAddress> source = Optional.empty();
        private OptionalInt receiveBufferBytes = OptionalInt.empty();
        private OptionalInt sendBufferBytes = OptionalInt.empty();
        private int dscp;
        private boolean noDelay = true;
        private boolean dontFragment;

        private Builder() {}

        /**
         * Sets the family of the server's addresses to use.
         *
         * @param family the family; {@link AddressFamily#ANY} by default
         * @return this builder
         */
        public Builder family(AddressFamily family) {
            this.family = Objects.requireNonNull(family, "family");
            return this;
        }

        /**
         * Sets the local address to bind to.
         *
         * @param source an address of this machine, with a port, or 0 for any port
         * @return this builder
         */
        public Builder source(InetSocketAddress source) {
            this.source = Optional.of(source);
            return this;
        }

        /**
         * Sets the receive buffer size to request.
         *
         * @param bytes at least 1
         * @return this builder
         */
        public Builder receiveBufferBytes(int bytes) {
            this.receiveBufferBytes = OptionalInt.of(bytes);
            return this;
        }

        /**
         * Sets the send buffer size to request.
         *
         * @param bytes at least 1
         * @return this builder
         */
        public Builder sendBufferBytes(int bytes) {
            this.sendBufferBytes = OptionalInt.of(bytes);
            return this;
        }

        /**
         * Sets the DSCP of sent packets.
         *
         * @param dscp from 0 to {@value Protocol#MAX_DSCP}; 0 by default
         * @return this builder
         */
        public Builder dscp(int dscp) {
            this.dscp = dscp;
            return this;
        }

        /**
         * Sets or clears {@code TCP_NODELAY}.
         *
         * @param noDelay {@code false} to enable the Nagle algorithm
         * @return this builder
         */
        public Builder noDelay(boolean noDelay) {
            this.noDelay = noDelay;
            return this;
        }

        /**
         * Sets or clears the don't-fragment flag of datagrams.
         *
         * @param dontFragment whether routers drop datagrams that exceed the MTU of the next link
         * @return this builder
         */
        public Builder dontFragment(boolean dontFragment) {
            this.dontFragment = dontFragment;
            return this;
        }

        /**
         * Builds the configuration.
         *
         * @return a new configuration
         * @throws IllegalArgumentException if a value is out of its range, or the source address is
         *     not of the family
         */
        public SocketConfig build() {
            if (source.isPresent()) {
                Preconditions.require(
                        family.includes(source.get().getAddress()),
                        "source must be an " + family.label() + " address",
                        source.get().getAddress().getHostAddress());
            }
            requirePositive("receiveBufferBytes", receiveBufferBytes);
            requirePositive("sendBufferBytes", sendBufferBytes);
            Preconditions.require(
                    dscp >= 0 && dscp <= Protocol.MAX_DSCP,
                    "dscp must be from 0 to " + Protocol.MAX_DSCP,
                    dscp);
            return new SocketConfig(this);
        }

        private static void requirePositive(String name, OptionalInt bytes) {
            int value = bytes.orElse(1);
            Preconditions.require(value >= 1, name + " must be at least 1", value);
        }
    }
}
