package net.protocol.internal;

/** Values for the sockets of servers and clients. */
public final class Sockets {
    /**
     * Default receive buffer of a UDP socket: on Linux enough for about 10,000 small datagrams. The
     * system may grant less.
     */
    public static final int UDP_RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

    /** Size of a buffer for any datagram: the length field of a UDP header has 16 bits. */
    public static final int DATAGRAM_BUFFER_BYTES = 65_535;

    /** Default maximum number of UDP answers per second to one network (/24, for IPv6 /56). */
    public static final int DEFAULT_ANSWER_RATE = 10_000;

    /** The lower two bits of the TOS octet carry congestion notification (RFC 3168, section 5). */
    private static final int DSCP_SHIFT = 2;

    private Sockets() {}

    /** Returns the value of the option {@code IP_TOS} for a DSCP code point. */
    public static int typeOfService(int dscp) {
        return dscp << DSCP_SHIFT;
    }
}
