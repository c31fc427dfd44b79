package net.server;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;

/**
 * What is asked of the system for each socket; zero leaves it to the server or the system.
 *
 * @param receiveBufferBytes of the system, from 0; {@link BoundAddress} has what it granted
 * @param sendBufferBytes of the system, from 0; {@link BoundAddress} has what it granted
 * @param dscp the code point that packets are marked with (RFC 2474, section 3), from 0 to {@value
 *     #MAX_DSCP}; over TCP from the first packet after the connection is accepted on
 */
public record SocketSettings(int receiveBufferBytes, int sendBufferBytes, int dscp) {
    /** Nothing in particular. */
    public static final SocketSettings DEFAULT = new SocketSettings(0, 0, 0);

    /** The largest code point: six bits. */
    public static final int MAX_DSCP = 63;

    /** The other two bits of the field are for congestion (RFC 3168, section 5). */
    private static final int DSCP_SHIFT = 2;

    /**
     * Creates settings.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SocketSettings {
        require(
                receiveBufferBytes >= 0,
                "receiveBufferBytes must be at least 0",
                receiveBufferBytes);
        require(sendBufferBytes >= 0, "sendBufferBytes must be at least 0", sendBufferBytes);
        require(dscp >= 0 && dscp <= MAX_DSCP, "dscp must be from 0 to " + MAX_DSCP, dscp);
    }

    private static void require(boolean holds, String rule, int value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }

    /** Asks for the receive buffer, before the socket is bound: windows of TCP depend on it. */
    void applyBeforeBind(NetworkChannel channel) throws IOException {
        set(channel, StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
    }

    /** Asks for what concerns sending. */
    void applyToSender(NetworkChannel channel) throws IOException {
        set(channel, StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
        set(channel, StandardSocketOptions.IP_TOS, dscp << DSCP_SHIFT);
    }

    private static void set(NetworkChannel channel, SocketOption<Integer> option, int value)
            throws IOException {
        if (value > 0) {
            channel.setOption(option, value);
        }
    }
}
