package net.server;

import net.protocol.Message;
import net.protocol.Transport;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Objects;

/**
 * A message and where it came from.
 *
 * @param time when its end was seen
 * @param transport how it came
 * @param local the address it was sent to, as far as the socket knows: a UDP socket bound to all
 *     addresses gives the wildcard
 * @param peer the address it came from
 * @param message the first bytes, at most {@value net.protocol.Protocol#MAX_MESSAGE_BYTES}
 * @param received how many bytes came in all; over TCP, up to where the server stopped reading
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
     * @throws IllegalArgumentException if fewer bytes came than the message has
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
     * Tells whether bytes were dropped.
     *
     * @return true if more came than the message has
     */
    public boolean isTruncated() {
        return received > message.size();
    }
}
