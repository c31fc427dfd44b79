package net.client.run;

import net.protocol.Message;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One run of a service that succeeded as a whole.
 *
 * @param number its place in the run, from 1, the warm-up left out
 * @param local the client's address
 * @param peer the server's address, the one of its name's that answered
 * @param answer what the server sent, the first {@value net.protocol.Protocol#MAX_MESSAGE_BYTES}
 *     bytes of a longer echo; empty where the service has no answer, and for {@code stamp}
 * @param bytesSent payload bytes to the server
 * @param bytesReceived payload bytes from the server
 * @param connect from the first packet to the connection; empty where it stood already, and over
 *     UDP
 * @param firstByte from then, or from the first byte sent, to the first one received; empty where
 *     none was
 * @param duration to the end of the exchange: in an open loop from when it was due, otherwise from
 *     its first packet; the look-up of a name left out
 * @param rawDuration the same, from its first packet in either case
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
