package net.server;

import net.protocol.Service;

import java.io.IOException;
import java.time.Duration;

/**
 * What a TCP server does for each peer, such as this:
 *
 * {@snippet file="net/server/ShoutService.java" region="service"}
 *
 * <p>One instance serves all peers, each in a virtual thread of its own; Netpair's own services,
 * which never wait, share a few threads.
 */
@FunctionalInterface
public interface TcpService {
    /** The message gap unless told otherwise: above the smallest retransmission time-out of TCP. */
    Duration DEFAULT_MESSAGE_GAP = Duration.ofMillis(300);

    /**
     * Serves one peer, to the end. A return says that the peer has been served: when the messages
     * taken from it are recorded, the connection is closed in order, which is the receipt.
     *
     * @param connection the peer's; the server closes it
     * @throws java.net.ProtocolException if the peer broke the rules; it is reset
     * @throws IOException if the connection broke; the peer is reset. Any other exception counts as
     *     the same, and is told to {@link ServerListener#onFailure}.
     */
    void serve(Connection connection) throws IOException;

    /**
     * Tells whether the service goes on until the peer closes, so that there is nothing to wait for
     * when the server is closed.
     *
     * @return false unless overridden
     */
    default boolean isEndless() {
        return false;
    }

    /**
     * Returns how long a message may be open after its last bytes. When the server is closed, peers
     * that have sent something have that long beyond the grace time, but at most a second.
     *
     * @return zero unless overridden
     */
    default Duration lastGap() {
        return Duration.ZERO;
    }

    /**
     * Returns one of Netpair's own.
     *
     * @param service offered over TCP; {@link Service#GREET} with {@link #DEFAULT_MESSAGE_GAP}
     * @return the service
     * @throws IllegalArgumentException if it is not offered over TCP
     */
    static TcpService of(Service service) {
        return switch (service) {
            case GREET -> greet(DEFAULT_MESSAGE_GAP);
            case RECEIVE -> new ReceiveService();
            case ECHO -> new EchoService();
            case DISCARD -> new DiscardService();
            case CHARGEN -> new ChargenService();
            case STAMP ->
                    throw new IllegalArgumentException(
                            "service must be offered over TCP: " + service.label());
        };
    }

    /**
     * Returns {@link Service#GREET}: it greets, takes one message and is done. The message ends at
     * the peer's FIN, or when bytes have come and none follow for the gap. Of a longer one the
     * first {@value net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes are kept; a peer that sends more
     * than 64 KiB beyond them is reset. A peer that sends nothing is no error. What came before a
     * reset is taken too, though its sender gets no receipt.
     *
     * @param messageGap above zero
     * @return the service
     * @throws IllegalArgumentException if the gap is not above zero
     */
    static TcpService greet(Duration messageGap) {
        return new GreetService(messageGap);
    }
}
