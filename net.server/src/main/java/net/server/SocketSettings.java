package net.server;

import net.protocol.Protocol;
import net.protocol.internal.Preconditions;
import net.protocol.internal.Sockets;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.List;

/** Options of a server's sockets. Immutable; {@link #builder} starts from {@link #DEFAULT}. */
public final class SocketSettings {
    /** Default buffer sizes, DSCP 0. */
    public static final SocketSettings DEFAULT = builder().build();

    private final int receiveBufferBytes;
    private final int sendBufferBytes;
    private final int dscp;

    private SocketSettings(Builder builder) {
        receiveBufferBytes = builder.receiveBufferBytes;
        sendBufferBytes = builder.sendBufferBytes;
        dscp = builder.dscp;
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
     * Returns a builder with the values of these settings.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return builder()
                .receiveBufferBytes(receiveBufferBytes)
                .sendBufferBytes(sendBufferBytes)
                .dscp(dscp);
    }

    /**
     * Returns the requested size of the receive buffer; {@link BoundAddress} has the granted size.
     *
     * @return the number of bytes, or 0 for the default
     */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * Returns the requested size of the send buffer; {@link BoundAddress} has the granted size.
     *
     * @return the number of bytes, or 0 for the default
     */
    public int sendBufferBytes() {
        return sendBufferBytes;
    }

    /**
     * Returns the DSCP of sent packets (RFC 2474, section 3); over TCP from the first packet after
     * the connection is accepted.
     *
     * @return from 0 to {@value Protocol#MAX_DSCP}
     */
    public int dscp() {
        return dscp;
    }

    /** Sets the receive buffer; before the bind, since the window scale of TCP depends on it. */
    void applyBeforeBind(NetworkChannel channel) throws IOException {
        set(channel, StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
    }

    /** Sets the options of a socket that sends. */
    void applyToSender(NetworkChannel channel) throws IOException {
        set(channel, StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
        set(channel, StandardSocketOptions.IP_TOS, Sockets.typeOfService(dscp));
    }

    private static void set(NetworkChannel channel, SocketOption<Integer> option, int value)
            throws IOException {
        if (value > 0) {
            channel.setOption(option, value);
        }
    }

    private List<Integer> values() {
        return List.of(receiveBufferBytes, sendBufferBytes, dscp);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SocketSettings settings && values().equals(settings.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "SocketSettings" + values();
    }

    /** Builds settings; calls may come in any order. Not thread-safe. */
    public static final class Builder {
        private int receiveBufferBytes;
        private int sendBufferBytes;
        private int dscp;

        private Builder() {}

        /**
         * Sets the size of the receive buffer to request.
         *
         * @param bytes at least 0; if 0, the default: {@link
         *     UdpServerConfig#DEFAULT_RECEIVE_BUFFER_BYTES} for a UDP server, and the system's
         *     default for a TCP server
         * @return this builder
         */
        public Builder receiveBufferBytes(int bytes) {
            receiveBufferBytes = bytes;
            return this;
        }

        /**
         * Sets the size of the send buffer to request.
         *
         * @param bytes at least 0; if 0, the default, the system's default
         * @return this builder
         */
        public Builder sendBufferBytes(int bytes) {
            sendBufferBytes = bytes;
            return this;
        }

        /**
         * Sets the DSCP of sent packets.
         *
         * @param codePoint from 0, the default, to {@value Protocol#MAX_DSCP}
         * @return this builder
         */
        public Builder dscp(int codePoint) {
            dscp = codePoint;
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return new settings
         * @throws IllegalArgumentException if a value is out of its range
         */
        public SocketSettings build() {
            Preconditions.require(
                    receiveBufferBytes >= 0,
                    "receiveBufferBytes must be at least 0",
                    receiveBufferBytes);
            Preconditions.require(
                    sendBufferBytes >= 0, "sendBufferBytes must be at least 0", sendBufferBytes);
            Preconditions.require(
                    dscp >= 0 && dscp <= Protocol.MAX_DSCP,
                    "dscp must be from 0 to " + Protocol.MAX_DSCP,
                    dscp);
            return new SocketSettings(this);
        }
    }
}
