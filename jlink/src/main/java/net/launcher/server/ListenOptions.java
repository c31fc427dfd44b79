package net.launcher.server;

import net.launcher.command.Command;
import net.launcher.command.Dscp;
import net.launcher.command.Invocation;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.MulticastGroup;
import net.server.SocketSettings;
import net.server.UdpService;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The options for the addresses and sockets of a server. */
record ListenOptions(Transport transport, Invocation invocation) {
    /** Adds the options to a server's command line, which already has its operands. */
    static void add(Transport transport, Command command) {
        command.flag("-4", "Listen on IPv4 addresses and serve IPv4 peers, no others.");
        command.flag(
                "-6",
                "The same for IPv6; IPv4 peers that come all the same are "
                        + (transport == Transport.TCP ? "reset." : "ignored."));
        if (transport == Transport.UDP) {
            command.options(
                    "GROUPS",
                    "Receive what is sent to these multicast groups too: GROUP or GROUP%INTERFACE,"
                            + " with commas between; for receive and discard, on all addresses.",
                    "--join");
        }
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
    }

    List<Endpoint> endpoints() {
        List<Endpoint> endpoints = invocation.endpoints();
        AddressFamily family = family();
        for (Endpoint endpoint : endpoints) {
            boolean isOther =
                    !endpoint.host().equals(Endpoint.ANY_HOST)
                            && isNumeric(endpoint, address -> !family.includes(address));
            require(!isOther, "endpoint must be a name or " + family.label() + " here", endpoint);
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

    /** Returns the multicast groups that a service joins. */
    List<MulticastGroup> groups(Service service) {
        List<MulticastGroup> groups = new ArrayList<>();
        AddressFamily family = family();
        for (String text : invocation.values("--join")) {
            MulticastGroup group = group(text);
            require(
                    family.includes(group.address()),
                    "--join must be a group of " + family.label() + " here",
                    text);
            groups.add(group);
        }
        if (!groups.isEmpty()) {
            require(
                    !UdpService.of(service).answers(),
                    "--join must be used with a service that does not answer, not",
                    service.label());
            for (Endpoint endpoint : invocation.endpoints()) {
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
            // This machine does not have the zone; the start reports it.
            return false;
        }
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }
}
