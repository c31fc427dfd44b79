package net.server;

import net.protocol.Message;
import net.protocol.Transport;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Objects;

/**
 * A received message with its addresses.
 *
 * @param time time at which its end was received
 * @param transport the transport protocol
 * @param local the server's address; the wildcard address for a UDP socket bound to it
 * @param peer the client's address
 * @param message the first bytes, at most {@value net.protocol.Protocol#MAX_MESSAGE_BYTES}
 * @param received number of bytes of the message before truncation, as far as the server read them
 */
public record ReceivedMessage(
        Instant time,
        Transport transport,
        InetSocketAddress local,
        InetSocketAddress peer,
        Message message,
        long received) {

    /**
     * Creates a received message.
     *
     * @throws IllegalArgumentException if {@code received} is less than the size of the message
     */
    public ReceivedMessage {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(peer, "peer");
        if (received < message.size()) {
            throw new IllegalArgumentException(
                    "received must be at least " + message.size() + ": " + received);
        }
    }

    /**
     * Returns whether the message was truncated.
     *
     * @return true if more bytes were received than the message has
     */
    public boolean isTruncated() {
        return received > message.size();
    }
}
