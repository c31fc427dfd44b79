package net.protocol;

import java.util.Set;

/**
 * A service that a client requests. Servers offer all except {@link #CONNECT}; {@link Protocol}
 * specifies their bytes.
 */
public enum Service {
    /** The server sends a greeting, reads one message and closes. */
    GREET("greet", Transport.TCP),

    /** The server reads messages: over TCP one per line, over UDP one per datagram. */
    RECEIVE("receive", Transport.TCP, Transport.UDP),

    /** The server sends back all bytes it receives: RFC 862. */
    ECHO("echo", Transport.TCP, Transport.UDP),

    /** The server discards all bytes it receives: RFC 863. */
    DISCARD("discard", Transport.TCP, Transport.UDP),

    /** The server sends lines endlessly (RFC 864). Not over UDP, where it would amplify attacks. */
    CHARGEN("chargen", Transport.TCP),

    /** The server reflects test packets with its own times: RFC 8762. */
    STAMP("stamp", Transport.UDP),

    /**
     * A check of a port by a client, which works with any server: over TCP the client connects and
     * closes, over UDP it sends a datagram, and any answer shows that the port is open. No server
     * offers it.
     */
    CONNECT("connect");

    private final String label;
    private final Set<Transport> transports;

    Service(String label, Transport... transports) {
        this.label = label;
        this.transports = Set.of(transports);
    }

    /**
     * Returns the name on command lines and in reports.
     *
     * @return lower-case letters
     */
    public String label() {
        return label;
    }

    /**
     * Returns whether servers offer the service over a transport.
     *
     * @param transport TCP or UDP
     * @return true if they do
     */
    public boolean isOver(Transport transport) {
        return transports.contains(transport);
    }
}
