package net.launcher.client.report;

import net.client.connect.ExchangeException.Kind;
import net.protocol.Transport;

import java.util.Optional;

/** One-line hint on the cause of a failed exchange. */
public final class Hint {
    private Hint() {}

    /** Returns the hint for a kind of failure, or empty if there is none. */
    public static Optional<String> of(Transport transport, Kind kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case DNS -> "check how the name is written, or give the address in digits";
                    case DNS_TIMEOUT ->
                            "this machine's resolver is slow or not there; give the address in"
                                    + " digits, or more --timeout";
                    case REFUSED ->
                            "the host is there, and nothing listens on this port and address; is"
                                    + " the server started?";
                    case UNREACHABLE ->
                            "there is no way from here; check the address, its family (-4, -6) and"
                                    + " this machine's network";
                    case FILTERED ->
                            "a firewall drops the packets, the host is off, or the server's backlog"
                                    + " is full; who refuses says so at once";
                    case SILENT ->
                            "the connection stands, and the server says nothing; it may wait for"
                                    + " something else, or be stuck";
                    case TIMEOUT -> timeout(transport);
                    case RESET ->
                            "the peer dropped the connection; a limit, a deny list, or a service"
                                    + " that does not take this";
                    case CLOSED ->
                            "the peer ended the connection in order; it may be another service, or"
                                    + " be ending";
                    case NO_RECEIPT ->
                            "the server may not have recorded the message; if twice does no harm,"
                                    + " send it again";
                    case PROTOCOL, WRONG_SERVICE ->
                            "something else listens on this port; check the port and --service";
                    case TLS ->
                            "this client speaks plain TCP; ask a port of the server without TLS";
                    case CORRUPT -> "bytes were changed on the way, or the peer is no echo service";
                    case WRONG_SOURCE ->
                            "the server has several addresses, and answers from another one; ask"
                                    + " that one, or have it listen on the one asked";
                    case TOO_LARGE ->
                            "a link on the way takes no datagram of this size; --probe-size finds"
                                    + " the largest that gets through";
                    case PERMISSION ->
                            "this user may not send there; a firewall of this machine, or a"
                                    + " broadcast address";
                    case LOCAL ->
                            "this machine has no descriptors (ulimit -n), ports or memory left, or"
                                    + " not the address of --source";
                    case INTERRUPTED, OTHER -> null;
                });
    }

    private static String timeout(Transport transport) {
        return transport == Transport.TCP
                ? "the connection stands, and the server is slow or stuck; give more --timeout"
                : "nobody listens there, a firewall drops datagrams, they were lost, or the service"
                        + " does not answer";
    }
}
