package net.server;

import net.protocol.Service;
import net.server.service.StampReflector;

import java.io.IOException;

/** Service of a UDP server. One instance serves all peers of one server, on its only thread. */
@FunctionalInterface
public interface UdpService {
    /**
     * Serves one datagram.
     *
     * @param datagram valid until this returns
     * @throws java.net.ProtocolException if the peer violates the protocol; it is only counted
     * @throws IOException if the service failed; it is passed to {@link ServerListener#onFailure},
     *     as any other exception is, and the server continues
     */
    void serve(Datagram datagram) throws IOException;

    /**
     * Returns whether the service answers. If it does not, the server binds a single socket to a
     * wildcard address. This socket may join multicast groups, but the system would choose the
     * source address of its answers.
     *
     * @return true unless overridden
     */
    default boolean answers() {
        return true;
    }

    /**
     * Returns a built-in service.
     *
     * @param service a service offered over UDP
     * @return the service, for one server
     * @throws IllegalArgumentException if the service is not offered over UDP
     */
    static UdpService of(Service service) {
        return switch (service) {
            case RECEIVE -> new NoReplyService(Datagram::record);
            case ECHO -> datagram -> datagram.answer(datagram.payload());
            case DISCARD -> new NoReplyService(datagram -> {});
            case STAMP -> reflector(new StampReflector());
            case GREET, CHARGEN, CONNECT ->
                    throw new IllegalArgumentException(
                            "service must be offered over UDP: " + service.label());
        };
    }

    private static UdpService reflector(StampReflector reflector) {
        return datagram ->
                datagram.answer(
                        reflector.reflect(datagram.peer(), datagram.time(), datagram.payload()));
    }
}
