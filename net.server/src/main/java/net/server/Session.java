package net.server;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A closed TCP connection.
 *
 * @param local the server's address
 * @param peer the client's address
 * @param messages number of recorded messages
 * @param bytesReceived bytes received from the client
 * @param bytesSent bytes sent to the client
 * @param duration time from accept to close
 * @param end reason why the connection ended
 */
public record Session(
        InetSocketAddress local,
        InetSocketAddress peer,
        long messages,
        long bytesReceived,
        long bytesSent,
        Duration duration,
        CloseReason end) {}
