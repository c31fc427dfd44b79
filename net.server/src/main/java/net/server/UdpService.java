package net.server;

import net.protocol.Service;

import java.io.IOException;

/**
 * What a UDP server does with each datagram. One instance serves all peers of a server, one after
 * the other, in its one thread.
 */
@FunctionalInterface
public interface UdpService {
    /**
     * Serves one datagram.
     *
     * @param datagram valid until this returns
     * @throws java.net.ProtocolException if the peer broke the rules; counted, nothing else
     * @throws IOException if something else failed; told to {@link ServerListener#onFailure} as any
     *     other exception is, and the server goes on
     */
    void serve(Datagram datagram) throws IOException;

    /**
     * Tells whether it answers. For one that does not, a wildcard is one socket, and it may join
     * multicast groups; its answers would leave from whichever address the system chooses.
     *
     * @return true unless overridden
     */
    default boolean answers() {
        return true;
    }

    /**
     * Returns one of Netpair's own.
     *
     * @param service offered over UDP
     * @return the service, for one server
     * @throws IllegalArgumentException if it is not offered over UDP
     */
    static UdpService of(Service service) {
        return switch (service) {
            case RECEIVE -> new NoReplyService(Datagram::take);
            case ECHO -> datagram -> datagram.answer(datagram.payload());
            case DISCARD -> new NoReplyService(datagram -> {});
            case STAMP -> new StampService();
            case GREET, CHARGEN ->
                    throw new IllegalArgumentException(
                            "service must be offered over UDP: " + service.label());
        };
    }
}
