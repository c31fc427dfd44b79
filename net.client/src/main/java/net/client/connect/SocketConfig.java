package net.client.connect;

import net.client.internal.Preconditions;
import net.protocol.AddressFamily;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a client asks of the system for its sockets. Change {@link #DEFAULT} with its methods.
 *
 * @param family of the addresses that may take part
 * @param source the local address, and the port if it is not 0; of the family
 * @param receiveBufferBytes from 1; {@link ConnectionInfo} has what the system granted; if empty,
 *     over TCP the system's own size, over UDP 4 MiB, so that answers which come at once are not
 *     lost
 * @param sendBufferBytes from 1; {@link ConnectionInfo} has what the system granted; if empty, the
 *     system's own size
 * @param dscp the code point that packets are marked with (RFC 2474, section 3), from 0 to {@value
 *     #MAX_DSCP}
 * @param noDelay whether what is written over TCP leaves at once, not held back for the
 *     acknowledgement of what left before (RFC 9293, section 3.7.4)
 * @param dontFragment whether a datagram that a link on the way has no room for is to be dropped
 *     there and not cut to pieces (RFC 791, section 2.3), where the JDK's module {@code jdk.net} is
 *     there
 */
public record SocketConfig(
        AddressFamily family,
        Optional<InetSocketAddress> source,
        OptionalInt receiveBufferBytes,
        OptionalInt sendBufferBytes,
        int dscp,
        boolean noDelay,
        boolean dontFragment) {

    /** The highest code point that fits six bits. */
    public static final int MAX_DSCP = 63;

    /** Any family and source, the system's buffers, no delay and no mark. */
    public static final SocketConfig DEFAULT =
            new SocketConfig(
                    AddressFamily.ANY,
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    0,
                    true,
                    false);

    /**
     * Creates a configuration.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the source of another
     *     family
     */
    public SocketConfig {
        Objects.requireNonNull(family, "family");
        if (source.isPresent()) {
            Preconditions.require(
                    family.includes(source.get().getAddress()),
                    "source must be an " + family.label() + " address",
                    source.get().getAddress().getHostAddress());
        }
        requirePositive("receiveBufferBytes", receiveBufferBytes);
        requirePositive("sendBufferBytes", sendBufferBytes);
        Preconditions.require(
                dscp >= 0 && dscp <= MAX_DSCP, "dscp must be from 0 to " + MAX_DSCP, dscp);
    }

    private static void requirePositive(String name, OptionalInt bytes) {
        Preconditions.require(bytes.orElse(1) >= 1, name + " must be at least 1", bytes.orElse(1));
    }

    /**
     * Returns this with addresses of one family alone.
     *
     * @param family of the addresses that may take part
     * @return a configuration
     * @throws IllegalArgumentException if the source is of another one
     */
    public SocketConfig withFamily(AddressFamily family) {
        return new SocketConfig(
                family, source, receiveBufferBytes, sendBufferBytes, dscp, noDelay, dontFragment);
    }

    /**
     * Returns this with a local address.
     *
     * @param source an address of this machine, of the family, and a port or 0
     * @return a configuration
     * @throws IllegalArgumentException if it is of another family
     */
    public SocketConfig withSource(InetSocketAddress source) {
        return new SocketConfig(
                family,
                Optional.of(source),
                receiveBufferBytes,
                sendBufferBytes,
                dscp,
                noDelay,
                dontFragment);
    }

    /**
     * Returns this with a receive buffer of another size.
     *
     * @param bytes from 1
     * @return a configuration
     * @throws IllegalArgumentException if it is out of its range
     */
    public SocketConfig withReceiveBufferBytes(int bytes) {
        return new SocketConfig(
                family,
                source,
                OptionalInt.of(bytes),
                sendBufferBytes,
                dscp,
                noDelay,
                dontFragment);
    }

    /**
     * Returns this with a send buffer of another size.
     *
     * @param bytes from 1
     * @return a configuration
     * @throws IllegalArgumentException if it is out of its range
     */
    public SocketConfig withSendBufferBytes(int bytes) {
        return new SocketConfig(
                family,
                source,
                receiveBufferBytes,
                OptionalInt.of(bytes),
                dscp,
                noDelay,
                dontFragment);
    }

    /**
     * Returns this with another mark on the packets.
     *
     * @param dscp from 0 to {@value #MAX_DSCP}
     * @return a configuration
     * @throws IllegalArgumentException if it is out of its range
     */
    public SocketConfig withDscp(int dscp) {
        return new SocketConfig(
                family, source, receiveBufferBytes, sendBufferBytes, dscp, noDelay, dontFragment);
    }

    /**
     * Returns this with another rule for small packets over TCP.
     *
     * @param noDelay whether what is written leaves at once
     * @return a configuration
     */
    public SocketConfig withNoDelay(boolean noDelay) {
        return new SocketConfig(
                family, source, receiveBufferBytes, sendBufferBytes, dscp, noDelay, dontFragment);
    }

    /**
     * Returns this with another rule for large datagrams.
     *
     * @param dontFragment whether they are to be dropped where they do not fit
     * @return a configuration
     */
    public SocketConfig withDontFragment(boolean dontFragment) {
        return new SocketConfig(
                family, source, receiveBufferBytes, sendBufferBytes, dscp, noDelay, dontFragment);
    }
}
