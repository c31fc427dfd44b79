package net.protocol;

/**
 * The wire format, and the constants that client and server share.
 *
 * <p>Messages have no frame: over TCP their ends are defined below, over UDP a message is the
 * payload of one datagram. In the notation of RFC 5234, where {@code >} precedes bytes sent by the
 * server and {@code <} bytes sent by the client:
 *
 * <pre>{@code
 * tcp-greet    = > greeting  < [message] < FIN  > ( FIN / RST )
 * greeting     = %s"hello client!"       ; 13 bytes, sent at once, no line end
 * message      = 1*1024OCTET             ; CLIENT_GREETING by default
 *
 * tcp-receive  = < *( line ) < FIN  > ( FIN / RST )
 * line         = *1024OCTET [ CR ] LF    ; the last one may end at the FIN instead, if not empty
 *
 * tcp-echo     = < *OCTET  > *OCTET      ; the same bytes; the server's FIN follows the client's
 * tcp-discard  = < *OCTET < FIN  > FIN
 * tcp-chargen  = > *( 72%x20-7E CR LF )  ; each line starts one character further in the ring
 *
 * udp-receive  = < datagram              ; never answered
 * datagram     = *1024OCTET              ; may be empty
 * udp-echo     = < *65507OCTET  > *65507OCTET    ; the same bytes
 * udp-stamp    = < StampRequest  > StampReply    ; of the same length
 * }</pre>
 *
 * <p>The two directions of a connection are independent: a client may send before the greeting has
 * arrived, and the bytes of each may arrive in any number of segments. A message of {@code
 * tcp-greet} ends at the client's FIN, or when bytes have arrived and no more follow for a time
 * that the server configures; only a client that half-closes can be sure that the server read all
 * bytes. The server's FIN after the greeting is the <em>receipt</em>: all bytes that the server
 * read are recorded. After an RST (RFC 9293, section 3.5.2) instead, they may not be recorded. In
 * {@code tcp-receive}, a line longer than {@value #MAX_MESSAGE_BYTES} bytes is split into messages
 * of that size. Only the packets of STAMP have fields of several bytes, which are big-endian; text
 * is UTF-8 (RFC 3629) by convention only.
 *
 * <p>The greetings have the spelling of the tutorial from which Netpair grew, including its
 * mistake, so that the programs of the tutorial interoperate with Netpair.
 */
public final class Protocol {
    /** Default host on which servers listen and to which clients connect. */
    public static final String DEFAULT_HOST = "localhost";

    /** Default port, for TCP and UDP. */
    public static final int DEFAULT_PORT = 8888;

    /** Maximum size of a message: the tutorial's receive buffer. */
    public static final int MAX_MESSAGE_BYTES = 1024;

    /** Maximum payload of a datagram over IPv4: 65,535 less 8 (UDP header) and 20 (IP header). */
    public static final int MAX_DATAGRAM_BYTES = 65_507;

    /** Largest DSCP code point: six bits (RFC 2474, section 3). */
    public static final int MAX_DSCP = 63;

    /** Greeting that a TCP server sends first: 13 bytes, no line end. */
    public static final String SERVER_GREETING = "hello client!";

    /** Default message of a client: 12 bytes, no line end, spelt without the second {@code r}. */
    public static final String CLIENT_GREETING = "hello sever!";

    private Protocol() {}
}
