package net.launcher.server;

import static net.launcher.command.OptionGroup.NETWORK;

import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.command.value.ByteSize;
import net.launcher.command.value.Dscp;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.MulticastGroup;
import net.server.SocketSettings;
import net.server.UdpServerConfig;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The options for the addresses and sockets of a server. */
record ListenOptions(Transport transport, Invocation invocation, Service service) {
    /** The services whose sockets can join a multicast group. */
    private static final List<Service> JOINING = List.of(Service.RECEIVE, Service.DISCARD);

    /** Adds the options to a server's command line. */
    static void add(Transport transport, Command command) {
        String rejected = transport == Transport.TCP ? " reset." : " ignored.";
        command.flag(NETWORK, "-4")
                .description("Listen only on IPv4 addresses; IPv6 peers are" + rejected);
        command.flag(NETWORK, "-6")
                .excludes("-4")
                .description("Listen only on IPv6 addresses; IPv4 peers are" + rejected);
        if (transport == Transport.TCP) {
            command.flag(NETWORK, ServerOptions.INHERITED)
                    .excludes("-4", "-6", "--backlog", "--receive-buffer", "--dscp")
                    .description(
                            "Listen on the socket that systemd passes as standard input, instead of"
                                    + " endpoints.");
        }
        if (transport == Transport.UDP) {
            command.list(NETWORK, "GROUPS", "--join")
                    .requires(JOINING.toArray(Service[]::new))
                    .summary("join multicast groups")
                    .description(
                            "Join multicast groups: comma-separated GROUP or GROUP%INTERFACE. The"
                                    + " endpoint must be a wildcard such as :5000.");
        }
        command.option(NETWORK, "SIZE", "--receive-buffer")
                .description(
                        "Size of the receive buffer to request, such as 64K or 4M; --verbose"
                                + " prints the size granted"
                                + (transport == Transport.UDP
                                        ? " (default: "
                                                + ByteSize.text(
                                                        UdpServerConfig
                                                                .DEFAULT_RECEIVE_BUFFER_BYTES)
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
    }

    List<Endpoint> endpoints() {
        List<Endpoint> endpoints = invocation.endpointsByService(transport).get(service.label());
        require(
                !invocation.has(ServerOptions.INHERITED) || invocation.operands().isEmpty(),
                ServerOptions.INHERITED + " must be used without endpoints",
                String.join(" ", invocation.operands()));
        AddressFamily family = family();
        for (Endpoint endpoint : endpoints) {
            boolean isOther =
                    !endpoint.host().equals(Endpoint.ANY_HOST)
                            && isNumeric(endpoint, address -> !family.includes(address));
            require(
                    !isOther,
                    "endpoint must be a name or an "
                            + family.label()
                            + " address with "
                            + invocation.familyOption(),
                    endpoint);
            require(
                    !isNumeric(endpoint, InetAddress::isMulticastAddress),
                    "endpoint must not be a multicast group"
                            + (transport == Transport.UDP ? ", which is for --join" : ""),
                    endpoint);
        }
        return endpoints;
    }

    AddressFamily family() {
        return invocation.family();
    }

    SocketSettings sockets() {
        return SocketSettings.builder()
                .receiveBufferBytes(invocation.size("--receive-buffer", 0, Integer.MAX_VALUE))
                .sendBufferBytes(invocation.size("--send-buffer", 0, Integer.MAX_VALUE))
                .dscp(invocation.value("--dscp").map(text -> Dscp.parse("--dscp", text)).orElse(0))
                .build();
    }

    /** Returns the multicast groups to join; none for a service that does not. */
    List<MulticastGroup> groups() {
        List<MulticastGroup> groups = new ArrayList<>();
        if (!JOINING.contains(service)) {
            return groups;
        }
        AddressFamily family = family();
        for (String text : invocation.values("--join")) {
            MulticastGroup group = group(text);
            require(
                    family.includes(group.address()),
                    "--join must be an "
                            + family.label()
                            + " group with "
                            + invocation.familyOption(),
                    text);
            groups.add(group);
        }
        if (!groups.isEmpty()) {
            for (Endpoint endpoint : endpoints()) {
                require(
                        isNumeric(endpoint, InetAddress::isAnyLocalAddress),
                        "--join must be used with all addresses, such as :"
                                + endpoint.port()
                                + ", not",
                        endpoint);
            }
        }
        return groups;
    }

    private static MulticastGroup group(String text) {
        try {
            return MulticastGroup.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--join: " + e.getMessage(), e);
        }
    }

    /** Returns whether the host is an address of a kind. */
    private static boolean isNumeric(Endpoint endpoint, Predicate<InetAddress> kind) {
        try {
            return endpoint.isNumeric() && kind.test(endpoint.resolve().getFirst().getAddress());
        } catch (IOException expected) {
            // This machine does not have the zone, which the start will report.
            return false;
        }
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }
}
