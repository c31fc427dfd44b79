package net.launcher.client;

import static net.launcher.command.OptionGroup.NETWORK;

import net.client.connect.SocketConfig;
import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.command.value.ByteSize;
import net.launcher.command.value.Dscp;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Protocol;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The options for the sockets of a client. */
record SocketOptions(Transport transport, Invocation invocation, Endpoint target) {
    static void add(Transport transport, Command command) {
        command.flag(NETWORK, "-4").description("Use only IPv4 addresses.");
        command.flag(NETWORK, "-6").excludes("-4").description("Use only IPv6 addresses.");
        command.option(NETWORK, "ADDRESS", "--source")
                .description(
                        "Local address to send from, with or without a port, such as 10.0.0.1 or"
                                + " [::1]:5000.");
        command.option(NETWORK, "SIZE", "--receive-buffer")
                .description(
                        "Size of the receive buffer to request, such as 64K or 4M; --verbose"
                                + " prints the size granted"
                                + (transport == Transport.UDP
                                        ? " (default: "
                                                + ByteSize.text(
                                                        SocketConfig
                                                                .DEFAULT_UDP_RECEIVE_BUFFER_BYTES)
                                                + ")."
                                        : "."));
        command.option(NETWORK, "SIZE", "--send-buffer")
                .description(
                        "Size of the send buffer to request, such as 64K or 4M; --verbose prints"
                                + " the size granted.");
        command.option(NETWORK, "CLASS", "--dscp")
                .description(
                        "DiffServ code point of packets sent: 0 to "
                                + Protocol.MAX_DSCP
                                + ", or a name such as EF or AF41 (default: 0).");
        if (transport == Transport.TCP) {
            command.flag(NETWORK, "--no-nodelay")
                    .description("Clear TCP_NODELAY, which enables Nagle's algorithm.");
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
        if (family != AddressFamily.ANY && isOther(target, family)) {
            throw new IllegalArgumentException(
                    "endpoint must be a name or an "
                            + family.label()
                            + " address with "
                            + source.map(text -> "--source " + text)
                                    .orElseGet(invocation::familyOption)
                            + ": "
                            + target);
        }
        return config;
    }

    /** Returns whether the host is an address of another family. */
    private static boolean isOther(Endpoint endpoint, AddressFamily family) {
        try {
            return endpoint.isNumeric()
                    && !family.includes(endpoint.resolve().getFirst().getAddress());
        } catch (IOException expected) {
            // This machine does not have the zone, which the exchange will report.
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
                    "--source must be an "
                            + family.label()
                            + " address with "
                            + invocation.familyOption()
                            + ": "
                            + text);
        }
        return source;
    }
}
