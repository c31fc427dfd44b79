package net.protocol;

import java.util.Set;

/** What a server does for a peer; {@link Protocol} has the bytes. */
public enum Service {
    /** The server greets, takes one message and closes. */
    GREET("greet", Transport.TCP),

    /** The server takes messages, over TCP one a line, over UDP one a datagram. */
    RECEIVE("receive", Transport.TCP, Transport.UDP),

    /** The server returns what comes: RFC 862. */
    ECHO("echo", Transport.TCP, Transport.UDP),

    /** The server drops what comes: RFC 863. */
    DISCARD("discard", Transport.TCP, Transport.UDP),

    /**
     * The server sends lines without end: RFC 864. Not over UDP, where it would serve attackers.
     */
    CHARGEN("chargen", Transport.TCP),

    /** The server reflects test packets with its own times: RFC 8762. */
    STAMP("stamp", Transport.UDP);

    private final String label;
    private final Set<Transport> transports;

    Service(String label, Transport... transports) {
        this.label = label;
        this.transports = Set.of(transports);
    }

    /**
     * Returns the name as command lines and reports spell it.
     *
     * @return lower-case letters
     */
    public String label() {
        return label;
    }

    /**
     * Tells whether servers offer it over a transport.
     *
     * @param transport asked for
     * @return true if they do
     */
    public boolean isOver(Transport transport) {
        return transports.contains(transport);
    }
}
