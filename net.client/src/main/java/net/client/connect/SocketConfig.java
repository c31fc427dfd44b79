package net.client.connect;

import net.client.run.RunConfig;
import net.protocol.AddressFamily;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
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

    /** Asked of the system, which may grant less: answers that come at once are not to be lost. */
    private static final int UDP_RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

    /** The code point has the upper six bits of eight; the lower two are RFC 3168's. */
    private static final int DSCP_SHIFT = 2;

    /** An option of {@code jdk.net}, which this module can do without. */
    private static final String DONT_FRAGMENT = "IP_DONTFRAGMENT";

    /**
     * Creates a configuration.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the source of another
     *     family
     */
    public SocketConfig {
        Objects.requireNonNull(family, "family");
        if (source.isPresent()) {
            RunConfig.require(
                    family.includes(source.get().getAddress()),
                    "source must be an " + family.label() + " address",
                    source.get().getAddress().getHostAddress());
        }
        requirePositive("receiveBufferBytes", receiveBufferBytes);
        requirePositive("sendBufferBytes", sendBufferBytes);
        RunConfig.require(
                dscp >= 0 && dscp <= MAX_DSCP, "dscp must be from 0 to " + MAX_DSCP, dscp);
    }

    private static void requirePositive(String name, OptionalInt bytes) {
        RunConfig.require(bytes.orElse(1) >= 1, name + " must be at least 1", bytes.orElse(1));
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

    /**
     * Returns the address family that sockets of this configuration can connect to.
     *
     * @return the family of the source address, or {@link #family} if there is none
     */
    public AddressFamily reachable() {
        if (source.isEmpty()) {
            return family;
        }
        return AddressFamily.IPV4.includes(source.get().getAddress())
                ? AddressFamily.IPV4
                : AddressFamily.IPV6;
    }

    /**
     * Sets the options of an unconnected socket and binds it to the source address, if any.
     *
     * @param channel an unconnected channel; the caller closes it if this fails
     * @throws IOException if an option cannot be set or the address cannot be bound
     */
    public void prepare(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, noDelay);
        prepareAny(channel);
        if (source.isPresent()) {
            // The next connection from the port need not wait for the end of the last one's.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(source.get());
        }
    }

    /**
     * Sets the options of an unbound socket and binds it.
     *
     * @param channel an unbound channel; the caller closes it if this fails
     * @throws IOException if an option cannot be set or the address cannot be bound
     */
    public void prepare(DatagramChannel channel) throws IOException {
        if (receiveBufferBytes.isEmpty()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, UDP_RECEIVE_BUFFER_BYTES);
        }
        prepareAny(channel);
        Optional<SocketOption<Boolean>> flag =
                dontFragment ? dontFragment(channel) : Optional.empty();
        if (flag.isPresent()) {
            channel.setOption(flag.get(), true);
        }
        channel.bind(source.orElse(null));
    }

    private void prepareAny(NetworkChannel channel) throws IOException {
        if (receiveBufferBytes.isPresent()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes.getAsInt());
        }
        if (sendBufferBytes.isPresent()) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes.getAsInt());
        }
        if (dscp > 0) {
            channel.setOption(StandardSocketOptions.IP_TOS, dscp << DSCP_SHIFT);
        }
    }

    /**
     * Returns whether this JDK can set the don't-fragment flag.
     *
     * @return whether the socket option is supported
     * @throws IOException if no socket can be opened
     */
    public static boolean canForbidFragments() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            return dontFragment(channel).isPresent();
        }
    }

    @SuppressWarnings("unchecked")
    private static Optional<SocketOption<Boolean>> dontFragment(DatagramChannel channel) {
        for (SocketOption<?> option : channel.supportedOptions()) {
            if (option.name().equals(DONT_FRAGMENT)) {
                return Optional.of((SocketOption<Boolean>) option);
            }
        }
        return Optional.empty();
    }
}
