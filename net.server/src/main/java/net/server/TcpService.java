package net.server;

import net.protocol.Service;
import net.protocol.internal.Preconditions;
import net.server.service.ChargenService;
import net.server.service.DiscardService;
import net.server.service.EchoService;
import net.server.service.GreetService;
import net.server.service.ReceiveService;

import java.io.IOException;
import java.time.Duration;

/**
 * Service of a TCP server. For example:
 *
 * {@snippet file="net/server/ShoutService.java" region="service"}
 *
 * <p>One instance serves all peers, each on a virtual thread. The built-in services of {@link #of}
 * and {@link #greet} run on the server's event loops.
 */
@FunctionalInterface
public interface TcpService {
    /** Default message gap; above the minimum retransmission timeout of TCP. */
    Duration DEFAULT_MESSAGE_GAP = Duration.ofMillis(300);

    /**
     * Serves one peer. After a normal return and once the messages are recorded, the server closes
     * the connection in order, which is the receipt.
     *
     * @param connection the peer's connection, which the server closes
     * @throws java.net.ProtocolException if the peer violates the protocol; it is reset
     * @throws IOException if the connection failed; the peer is reset. Any other exception has the
     *     same effect, and is passed to {@link ServerListener#onFailure}.
     */
    void serve(Connection connection) throws IOException;

    /**
     * Returns a built-in service. Another service may delegate to its {@link #serve}, which then
     * serves the peer on the calling thread; a peer that closes early is reset, also after {@link
     * Service#CHARGEN}.
     *
     * @param service a service offered over TCP; {@link Service#GREET} has the {@link
     *     #DEFAULT_MESSAGE_GAP}
     * @return the service
     * @throws IllegalArgumentException if the service is not offered over TCP
     */
    static TcpService of(Service service) {
        return switch (service) {
            case GREET -> greet(DEFAULT_MESSAGE_GAP);
            case RECEIVE -> new BuiltInTcpService(new ReceiveService());
            case ECHO -> new BuiltInTcpService(new EchoService());
            case DISCARD -> new BuiltInTcpService(new DiscardService());
            case CHARGEN -> new BuiltInTcpService(new ChargenService());
            case STAMP ->
                    throw new IllegalArgumentException(
                            "service must be offered over TCP: " + service.label());
        };
    }

    /**
     * Returns {@link Service#GREET}, which sends a greeting and receives one message. The message
     * ends at the peer's FIN, or when bytes have arrived and no more follow for the message gap.
     * The first {@value net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes are kept; a peer that sends
     * more than 64 KiB beyond them is reset. A peer that sends nothing is not an error. Bytes that
     * arrived before a reset are recorded, though the sender gets no receipt.
     *
     * @param messageGap above zero
     * @return the service
     * @throws IllegalArgumentException if the gap is not above zero
     */
    static TcpService greet(Duration messageGap) {
        Preconditions.requirePositive("messageGap", messageGap);
        return new BuiltInTcpService(new GreetService(messageGap));
    }
}
