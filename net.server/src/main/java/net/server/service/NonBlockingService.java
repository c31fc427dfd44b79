package net.server.service;

import java.time.Duration;

/** A TCP service whose handlers never block, so that an event loop can run many of them. */
public interface NonBlockingService {
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
