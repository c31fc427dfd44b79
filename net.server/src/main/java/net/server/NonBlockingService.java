package net.server;

import net.protocol.Message;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A service that never waits for its peer, so that one thread can serve many at once. */
interface NonBlockingService extends TcpService {
    /** Nothing to send. */
    ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Where messages go. */
    @FunctionalInterface
    interface Taker {
        void take(Message message, long received) throws IOException;
    }

    /** What is said to one peer and heard from it. */
    interface ProtocolHandler {
        /** Returns what to send: at the beginning, and whenever all has been sent. */
        default ByteBuffer next() {
            return NOTHING;
        }

        /**
         * Hears all the bytes that have come; returns what to send, which may be a view of them.
         */
        ByteBuffer hear(ByteBuffer bytes) throws IOException;

        /** Takes what is left, since nothing more comes. */
        default void end() throws IOException {}
    }

    /** Begins to talk with a peer. */
    ProtocolHandler begin(Taker taker);

    /** Returns how many bytes to hear at once. */
    int appetite();

    /**
     * For users who have another service go on as this one; a server serves many at once. Here an
     * endless one hears nothing while it sends.
     */
    @Override
    default void serve(Connection connection) throws IOException {
        ProtocolHandler talk = begin(connection::take);
        IOException failure = null;
        try {
            for (ByteBuffer next = talk.next(); next.hasRemaining(); next = talk.next()) {
                connection.write(next);
            }
        } catch (IOException e) {
            // A peer that is gone may have sent something before.
            failure = e;
        }
        try {
            hear(connection, talk);
        } catch (IOException e) {
            failure = e;
        }
        talk.end();
        if (failure != null && !isEndless()) {
            throw failure;
        }
    }

    /** Has what comes heard, until the peer's FIN or the gap after its message. */
    private void hear(Connection connection, ProtocolHandler talk) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(appetite());
        Duration gap = lastGap();
        try {
            int count = connection.read(buffer);
            while (count >= 0) {
                ByteBuffer answer = talk.hear(buffer.flip());
                if (answer.hasRemaining()) {
                    connection.write(answer);
                }
                buffer.clear();
                count = gap.isPositive() ? connection.read(buffer, gap) : connection.read(buffer);
            }
        } catch (SocketTimeoutException expected) {
            // The gap: the message has ended.
        }
    }
}
