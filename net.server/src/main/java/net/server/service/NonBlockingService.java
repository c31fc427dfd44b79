package net.server.service;

import net.protocol.Service;

import java.time.Duration;

/** A TCP service whose handlers never block, so that an event loop can run many of them. */
public interface NonBlockingService {
    /**
     * Returns a built-in service.
     *
     * @param service a service offered over TCP
     * @param messageGap time without data after which the message of {@link Service#GREET} ends
     * @throws IllegalArgumentException if the service is not offered over TCP
     */
    static NonBlockingService of(Service service, Duration messageGap) {
        return switch (service) {
            case GREET -> new GreetService(messageGap);
            case RECEIVE -> new ReceiveService();
            case ECHO -> new EchoService();
            case DISCARD -> new DiscardService();
            case CHARGEN -> new ChargenService();
            case STAMP ->
                    throw new IllegalArgumentException(
                            "service must be offered over TCP: " + service.label());
        };
    }

    /** Creates the handler of a new connection. */
    ProtocolHandler newHandler(MessageSink sink);

    /** Returns the maximum number of bytes passed to a handler at once. */
    int readLimit();

    /** Returns whether the service runs until the peer closes, so that shutdown need not wait. */
    default boolean isEndless() {
        return false;
    }

    /**
     * Returns the time without data after which a message ends; zero if only the protocol ends it.
     */
    default Duration messageGap() {
        return Duration.ZERO;
    }
}
