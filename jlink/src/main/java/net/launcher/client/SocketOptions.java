package net.launcher.client;

import net.client.connect.SocketConfig;
import net.launcher.command.ByteSize;
import net.launcher.command.Command;
import net.launcher.command.Dscp;
import net.launcher.command.Invocation;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Protocol;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The options that say what a client asks of the system for its sockets. */
record SocketOptions(Transport transport, Invocation invocation) {
    static void add(Transport transport, Command command) {
        boolean isTcp = transport == Transport.TCP;
        command.flag("-4", "Use IPv4 addresses of the server alone.");
        command.flag("-6", "The same for IPv6.");
        command.option(
                "ADDRESS",
                "Send from this address of this machine, as ADDRESS, ADDRESS:PORT, [IPV6] or"
                        + " [IPV6]:PORT; without a port, from any.",
                "--source");
        command.option(
                "SIZE",
                "Ask the system for a receive buffer of this size, such as 64K or 4M; --verbose"
                        + " says what it granted.",
                "--receive-buffer");
        command.option("SIZE", "The same for the send buffer.", "--send-buffer");
        command.option(
                "CLASS",
                "Mark packets with this DiffServ code point: 0 to "
                        + Protocol.MAX_DSCP
                        + ", or a name such as EF or AF41.",
                "--dscp");
        if (isTcp) {
            command.flag("--nodelay", "Send small packets at once (TCP_NODELAY, the default).");
            command.flag(
                    "--no-nodelay",
                    "Hold small packets back until what was sent before has arrived (Nagle).");
        }
    }

    SocketConfig config() {
        SocketConfig.Builder config = addresses();
        Optional<String> receiveBuffer = invocation.value("--receive-buffer");
        if (receiveBuffer.isPresent()) {
            config.receiveBufferBytes(size("--receive-buffer", receiveBuffer.get()));
        }
        Optional<String> sendBuffer = invocation.value("--send-buffer");
        if (sendBuffer.isPresent()) {
            config.sendBufferBytes(size("--send-buffer", sendBuffer.get()));
        }
        Optional<String> dscp = invocation.value("--dscp");
        if (dscp.isPresent()) {
            config.dscp(Dscp.parse("--dscp", dscp.get()));
        }
        if (invocation.has("--nodelay") && invocation.has("--no-nodelay")) {
            throw new IllegalArgumentException("--nodelay must not be used with --no-nodelay");
        }
        return config.noDelay(!invocation.has("--no-nodelay")).build();
    }

    /** Returns a configuration with the address family and the source address. */
    private SocketConfig.Builder addresses() {
        AddressFamily family = invocation.family();
        SocketConfig.Builder config = SocketConfig.builder().family(family);
        Optional<String> source = invocation.value("--source");
        if (source.isPresent()) {
            InetSocketAddress address = source(source.get());
            config.source(address);
            family =
                    AddressFamily.IPV4.includes(address.getAddress())
                            ? AddressFamily.IPV4
                            : AddressFamily.IPV6;
        }
        if (family != AddressFamily.ANY && isOther(invocation.peer(), family)) {
            throw new IllegalArgumentException(
                    "endpoint must be a name or " + family.label() + " here: " + invocation.peer());
        }
        return config;
    }

    /** Tells whether the host is an address of another family. */
    private static boolean isOther(Endpoint endpoint, AddressFamily family) {
        try {
            return endpoint.isNumeric()
                    && !family.includes(endpoint.resolve().getFirst().getAddress());
        } catch (IOException expected) {
            // A zone that this machine does not have: the exchange will say so.
            return false;
        }
    }

    private static int size(String option, String text) {
        return (int) ByteSize.parse(option, text, Integer.MAX_VALUE);
    }

    private InetSocketAddress source(String text) {
        AddressFamily family = invocation.family();
        InetSocketAddress source;
        try {
            Endpoint endpoint = Endpoint.parse(text, 0);
            if (!endpoint.isNumeric() || endpoint.host().equals(Endpoint.ANY_HOST)) {
                throw new IllegalArgumentException("must be an address of this machine");
            }
            source = endpoint.resolve().getFirst();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--source must be an address of this machine, as ADDRESS or ADDRESS:PORT: "
                            + text,
                    e);
        }
        if (!family.includes(source.getAddress())) {
            throw new IllegalArgumentException(
                    "--source must be an " + family.label() + " address here: " + text);
        }
        return source;
    }
}
