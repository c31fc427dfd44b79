package net.client.connect.internal;

import net.client.connect.SocketConfig;
import net.client.internal.Closeables;
import net.protocol.AddressFamily;
import net.protocol.internal.Sockets;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Applies a {@link SocketConfig} to sockets. */
public final class SocketConfigurer {
    /** Name of an option of {@code jdk.net}, a module that may be absent. */
    private static final String DONT_FRAGMENT = "IP_DONTFRAGMENT";

    private SocketConfigurer() {}

    /** Returns the family of the source address, or the configured family if there is none. */
    static AddressFamily reachableFamily(SocketConfig config) {
        if (config.source().isEmpty()) {
            return config.family();
        }
        return AddressFamily.IPV4.includes(config.source().get().getAddress())
                ? AddressFamily.IPV4
                : AddressFamily.IPV6;
    }

    /** Sets the options of an unconnected socket and binds it to the source address, if any. */
    public static void apply(SocketConfig config, SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, config.noDelay());
        applyCommon(config, channel);
        if (config.source().isPresent()) {
            // Allows the next connection from this port while the last one is in TIME_WAIT.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(config.source().get());
        }
    }

    /** Sets the options of an unbound socket and binds it. */
    public static void apply(SocketConfig config, DatagramChannel channel) throws IOException {
        if (config.receiveBufferBytes().isEmpty()) {
            channel.setOption(
                    StandardSocketOptions.SO_RCVBUF, SocketConfig.DEFAULT_UDP_RECEIVE_BUFFER_BYTES);
        }
        applyCommon(config, channel);
        Optional<SocketOption<Boolean>> flag =
                config.dontFragment() ? dontFragment(channel) : Optional.empty();
        if (flag.isPresent()) {
            channel.setOption(flag.get(), true);
        }
        channel.bind(config.source().orElse(null));
    }

    /**
     * Opens, binds and connects a UDP socket, which may share its port with further ones. A socket
     * that gets the peer's port, so that it would receive its own datagrams, is replaced.
     */
    public static DatagramChannel connect(SocketConfig config, InetSocketAddress peer)
            throws IOException {
        DatagramChannel first = bindAndConnect(config, peer);
        if (!first.getLocalAddress().equals(peer)) {
            return first;
        }
        try {
            // Before the first is closed, so that the system chooses another port.
            return bindAndConnect(config, peer);
        } catch (BindException e) {
            // The configured source port is the peer's.
            ConnectException refused = new ConnectException("Connection refused");
            refused.initCause(e);
            throw refused;
        } finally {
            Closeables.closeQuietly(first);
        }
    }

    private static DatagramChannel bindAndConnect(SocketConfig config, InetSocketAddress peer)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            apply(config, channel);
            // After binding: with the option, the system might choose a port that is in use.
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            return channel.connect(peer);
        } catch (Throwable e) {
            Closeables.closeQuietly(channel);
            throw e;
        }
    }

    private static void applyCommon(SocketConfig config, NetworkChannel channel)
            throws IOException {
        if (config.receiveBufferBytes().isPresent()) {
            channel.setOption(
                    StandardSocketOptions.SO_RCVBUF, config.receiveBufferBytes().getAsInt());
        }
        if (config.sendBufferBytes().isPresent()) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, config.sendBufferBytes().getAsInt());
        }
        if (config.dscp() > 0) {
            channel.setOption(StandardSocketOptions.IP_TOS, Sockets.typeOfService(config.dscp()));
        }
    }

    /** Returns whether this JDK can set the don't-fragment flag. */
    public static boolean supportsDontFragment() throws IOException {
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
