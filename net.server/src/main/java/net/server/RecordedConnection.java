package net.server;

import net.protocol.Message;
import net.protocol.Transport;
import net.server.loop.TcpConnection;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A connection with its recorded messages and the reason why it ended. */
final class RecordedConnection extends TcpConnection {
    private final MessageRecorder recorder;
    private final AtomicReference<CloseReason> abortReason = new AtomicReference<>();

    /** Takes over a channel, which the caller closes if this throws. */
    RecordedConnection(
            SocketChannel channel,
            SocketSettings settings,
            ServerListener listener,
            Counters counters)
            throws IOException {
        super(channel);
        settings.applyToSender(channel);
        recorder = new MessageRecorder(listener, counters);
    }

    /** Passes a message to the listener. */
    void record(Message message, long received) throws IOException {
        recorder.add(
                new ReceivedMessage(
                        Instant.now(), Transport.TCP, local(), peer(), message, received));
    }

    /**
     * Returns whether a call of the listener for this connection is in progress; the peer must not
     * time out then.
     */
    boolean isRecording() {
        return recorder.isBusy();
    }

    /** Commits the messages; throws if this commit failed. */
    void commitMessages() throws IOException {
        recorder.commit();
    }

    /** Commits the messages; throws if any message of this connection was not recorded. */
    void commit() throws IOException {
        recorder.commit();
        if (recorder.hasFailed()) {
            throw new IOException("message not recorded");
        }
    }

    /** Discards the pending messages, which were lost in a failed commit of other connections. */
    void discardPending() {
        recorder.discardPending();
    }

    /** Resets the connection; the reason is ignored if there is an earlier one. */
    void abort(CloseReason reason) throws IOException {
        setAbortReason(reason);
        abort();
    }

    /** Sets the reason for a reset, unless there is an earlier one. */
    void setAbortReason(CloseReason reason) {
        abortReason.compareAndSet(null, reason);
    }

    /** Closes with a FIN, which is the receipt of the messages; returns the result. */
    CloseReason closeWithReceipt() {
        try {
            closeOrderly();
            return recorder.messages() > 0 ? CloseReason.RECEIPT : CloseReason.CLOSED;
        } catch (IOException expected) {
            // Aborted by another thread.
            return reasonAfter(expected);
        }
    }

    /** Returns the close reason after a failure of the service. */
    CloseReason reasonAfter(Exception failure) {
        try {
            commit();
        } catch (IOException expected) {
            // The listener has been notified.
            return CloseReason.UNRECORDED;
        }
        CloseReason reason = abortReason.get();
        if (reason != null) {
            return reason;
        }
        return switch (failure) {
            case ProtocolException e -> CloseReason.PROTOCOL;
            case IOException e -> CloseReason.RESET;
            default -> CloseReason.FAILED;
        };
    }

    /** Returns a description of this connection after its end. */
    Session session(CloseReason end) {
        Duration duration = Duration.ofNanos(System.nanoTime() - startNanos());
        return new Session(
                local(), peer(), recorder.messages(), bytesReceived(), bytesSent(), duration, end);
    }
}
