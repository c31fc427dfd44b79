package net.launcher.client.report;

import net.client.connect.ExchangeException.Kind;
import net.protocol.Transport;

import java.util.Optional;

/** Hint on a failed exchange: one imperative sentence. */
public final class Hint {
    private Hint() {}

    /** Returns the hint for a kind of failure, or empty if there is none. */
    public static Optional<String> of(Transport transport, Kind kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case DNS -> "check the spelling of the name, or give a numeric address";
                    case DNS_TIMEOUT ->
                            "check this machine's resolver, increase --timeout, or give a numeric"
                                    + " address";
                    case DNS_FAILED ->
                            "check this machine's resolver and its name servers, or give a numeric"
                                    + " address";
                    case REFUSED ->
                            "check that the server is running and listens on this address and port";
                    case UNREACHABLE ->
                            "check the address, its family (-4, -6) and this machine's routes";
                    case FILTERED ->
                            "check that the host is up, that no firewall drops the packets, and"
                                    + " that the server's backlog is not full";
                    case SILENT -> "check the port and --service, and that the server is not stuck";
                    case TIMEOUT -> timeout(transport);
                    case RESET -> "check the server's limits, its access rules and --service";
                    case CLOSED ->
                            "check the port and --service, and that the server is not shutting"
                                    + " down";
                    case NO_RECEIPT ->
                            "send the message again if a duplicate does no harm, since the server"
                                    + " may not have recorded it";
                    case PROTOCOL, WRONG_SERVICE ->
                            "check the port and --service, since another service answered";
                    case TLS -> "use a port without TLS";
                    case CORRUPT ->
                            "check that the peer is an echo service, and that nothing on the path"
                                    + " changes the bytes";
                    case WRONG_SOURCE ->
                            "use the address that answered, or bind the server to this address";
                    case TOO_LARGE ->
                            "use a smaller --size, or measure the maximum with --probe-size";
                    case PERMISSION ->
                            "check this machine's firewall and routes, and that the address is not"
                                    + " a broadcast address";
                    case LOCAL ->
                            "check --source, the address's zone (%eth0), and this machine's routes,"
                                    + " ports, memory and descriptors (ulimit -n)";
                    case INTERRUPTED, OTHER -> null;
                });
    }

    private static String timeout(Transport transport) {
        return transport == Transport.TCP
                ? "check that the server is not overloaded or stuck, or increase --timeout"
                : "check that the server is running, that this service answers, and that no"
                        + " firewall drops the datagrams";
    }
}
