package net.server;

import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Transport;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Greets, reads one message, has it recorded, closes: {@link net.protocol.Service#GREET}. */
final class GreetService {
    /** How much a peer may send beyond a message before it is cut off. */
    static final int MAX_SURPLUS_BYTES = 64 * 1024;

    private static final int SURPLUS_BUFFER_BYTES = 8 * 1024;
    private static final byte[] GREETING =
            Protocol.SERVER_GREETING.getBytes(StandardCharsets.US_ASCII);

    private final long gapNanos;
    private final long sessionNanos;
    private final Counters counters;
    private final ServerListener listener;

    GreetService(TcpServerConfig config, Counters counters, ServerListener listener) {
        this.gapNanos = TimeUnit.NANOSECONDS.convert(config.messageGap());
        this.sessionNanos = TimeUnit.NANOSECONDS.convert(config.sessionTimeout());
        this.counters = counters;
        this.listener = listener;
    }

    /** Serves one peer, and closes the connection in order if it has earned that. */
    SessionEnd serve(Connection connection) throws IOException {
        byte[] bytes = new byte[Protocol.MAX_MESSAGE_BYTES];
        boolean greeted = greet(connection);
        SessionEnd end = read(connection, bytes);
        if (connection.bytesReceived() > 0 && !record(connection, bytes)) {
            return SessionEnd.UNRECORDED;
        }
        if (!end.isOrderly()) {
            return end;
        }
        if (!greeted) {
            return SessionEnd.RESET;
        }
        try {
            connection.closeInOrder();
            return end;
        } catch (ClosedChannelException expected) {
            return SessionEnd.ABORTED;
        }
    }

    /** Sends the greeting; a peer that is gone may have sent something before. */
    private static boolean greet(Connection connection) {
        try {
            connection.write(ByteBuffer.wrap(GREETING));
            return true;
        } catch (IOException expected) {
            return false;
        }
    }

    /** Reads until the end of the message, whatever makes it. */
    private SessionEnd read(Connection connection, byte[] bytes) {
        try {
            byte[] surplus = {};
            while (connection.bytesReceived() <= bytes.length + MAX_SURPLUS_BYTES) {
                int kept = kept(connection);
                if (kept == bytes.length && surplus.length == 0) {
                    surplus = new byte[SURPLUS_BUFFER_BYTES];
                }
                int count =
                        kept < bytes.length
                                ? connection.read(
                                        bytes, kept, bytes.length - kept, wait(connection))
                                : connection.read(surplus, 0, surplus.length, wait(connection));
                if (count < 0) {
                    return kept > 0 ? SessionEnd.RECEIPT : SessionEnd.EMPTY;
                }
            }
            return SessionEnd.OVERRUN;
        } catch (SocketTimeoutException expected) {
            boolean gap = connection.bytesReceived() > 0 && connection.ageNanos() < sessionNanos;
            return gap ? SessionEnd.RECEIPT : SessionEnd.TIMEOUT;
        } catch (IOException expected) {
            return connection.isOpen() ? SessionEnd.RESET : SessionEnd.ABORTED;
        }
    }

    /** Returns how long the next bytes may take, in nanoseconds. */
    private long wait(Connection connection) {
        long left = sessionNanos - connection.ageNanos();
        return connection.bytesReceived() > 0 ? Math.min(gapNanos, left) : left;
    }

    /** Returns how many of the bytes received are part of the message. */
    private static int kept(Connection connection) {
        return (int) Math.min(connection.bytesReceived(), Protocol.MAX_MESSAGE_BYTES);
    }

    private boolean record(Connection connection, byte[] bytes) {
        return counters.record(
                new ReceivedMessage(
                        Instant.now(),
                        Transport.TCP,
                        connection.local(),
                        connection.peer(),
                        Message.of(bytes, 0, kept(connection)),
                        connection.bytesReceived()),
                listener);
    }
}
