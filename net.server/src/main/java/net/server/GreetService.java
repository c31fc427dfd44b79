package net.server;

import net.protocol.Message;
import net.protocol.Protocol;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Greets, takes one message: {@link net.protocol.Service#GREET}. */
record GreetService(Duration messageGap) implements TcpService {
    /** How much a peer may send beyond a message before it is cut off. */
    static final int MAX_SURPLUS_BYTES = 64 * 1024;

    private static final int SURPLUS_BUFFER_BYTES = 8 * 1024;
    private static final byte[] GREETING =
            Protocol.SERVER_GREETING.getBytes(StandardCharsets.US_ASCII);

    GreetService {
        if (!messageGap.isPositive()) {
            throw new IllegalArgumentException("messageGap must be above zero: " + messageGap);
        }
    }

    @Override
    public Duration lastGap() {
        return messageGap;
    }

    @Override
    public void serve(Connection connection) throws IOException {
        IOException failure = greet(connection);
        Incoming incoming = new Incoming();
        try {
            incoming.read(connection, messageGap);
        } catch (IOException e) {
            failure = e;
        }
        if (incoming.received > 0) {
            connection.take(incoming.message(), incoming.received);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Sends the greeting; a peer that is gone may have sent something before. */
    private static IOException greet(Connection connection) {
        try {
            connection.write(ByteBuffer.wrap(GREETING));
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** The one message of a peer, and how much of it has come. */
    private static final class Incoming {
        private final ByteBuffer kept = ByteBuffer.allocate(Protocol.MAX_MESSAGE_BYTES);
        private long received;

        /** Reads until the end of the message, whatever makes it. */
        void read(Connection connection, Duration gap) throws IOException {
            int count = connection.read(kept);
            ByteBuffer target = kept;
            try {
                while (count >= 0) {
                    received += count;
                    if (received > kept.capacity() + MAX_SURPLUS_BYTES) {
                        throw new ProtocolException("peer sends without end");
                    }
                    if (target == kept && !kept.hasRemaining()) {
                        target = ByteBuffer.allocate(SURPLUS_BUFFER_BYTES);
                    } else if (target != kept) {
                        target.clear();
                    }
                    count = connection.read(target, gap);
                }
            } catch (SocketTimeoutException expected) {
                // The gap: the message has ended.
            }
        }

        Message message() {
            return Message.of(kept.array(), 0, kept.position());
        }
    }
}
