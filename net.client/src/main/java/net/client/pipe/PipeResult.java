package net.client.pipe;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What has gone through a pipe.
 *
 * @param local the client's address
 * @param peer the server's address
 * @param bytesSent what the system took from the input, without line ends where a line is a
 *     datagram
 * @param bytesReceived what the output took, or is about to, with no line ends added
 * @param duration since the connection stood, or the socket was open
 */
public record PipeResult(
        InetSocketAddress local,
        InetSocketAddress peer,
        long bytesSent,
        long bytesReceived,
        Duration duration) {}
