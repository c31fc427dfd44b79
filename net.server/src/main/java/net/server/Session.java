package net.server;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A TCP connection that has ended.
 *
 * @param local the server's address
 * @param peer the client's address
 * @param messages recorded
 * @param bytesReceived from the client
 * @param bytesSent to the client
 * @param duration from accept to close
 * @param end how it ended
 */
public record Session(
        InetSocketAddress local,
        InetSocketAddress peer,
        long messages,
        long bytesReceived,
        long bytesSent,
        Duration duration,
        CloseReason end) {}
