package net.client.pipe;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * The totals of a pipe.
 *
 * @param local the client's address
 * @param peer the server's address
 * @param bytesSent payload bytes passed to the operating system, without the line ends removed
 * @param bytesReceived payload bytes received, without the line ends added
 * @param duration the time since the connection was established or the socket opened
 */
public record PipeResult(
        InetSocketAddress local,
        InetSocketAddress peer,
        long bytesSent,
        long bytesReceived,
        Duration duration) {}
