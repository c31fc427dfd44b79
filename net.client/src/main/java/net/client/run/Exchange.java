package net.client.run;

import net.protocol.Message;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A successful exchange. Created by this module; later releases may add components, so only tests
 * should call the constructor.
 *
 * @param number its number in the run, from 1, warm-up excluded
 * @param local the client's address
 * @param peer the server's address
 * @param answer the answer, for a longer echo its first {@value
 *     net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes, for {@code chargen} the first bytes; empty
 *     for {@code stamp} and for services without an answer
 * @param bytesSent payload bytes sent to the server
 * @param bytesReceived payload bytes received from the server
 * @param connect time from the first packet to the established connection; empty over UDP and on a
 *     connection that was already open
 * @param firstByte time from the established connection, or on an open connection from the first
 *     byte sent, to the first byte received; empty over UDP, for a bulk run, and if none was
 *     received
 * @param duration time to the end of the exchange, excluding the name lookup: in an open loop from
 *     the scheduled time, in a bulk run over TCP from the established connection, otherwise from
 *     the first packet
 * @param rawDuration the same, but in an open loop from the first packet
 */
public record Exchange(
        long number,
        InetSocketAddress local,
        InetSocketAddress peer,
        Message answer,
        long bytesSent,
        long bytesReceived,
        Optional<Duration> connect,
        Optional<Duration> firstByte,
        Duration duration,
        Duration rawDuration) {}
