package net.client;

import net.protocol.Message;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * One run of a service that succeeded as a whole.
 *
 * @param local the client's address
 * @param peer the server's address, the one of its name's that answered
 * @param answer what the server sent; empty where the service has no answer
 * @param bytesSent payload bytes to the server
 * @param duration from the first packet to the end of the exchange, the look-up of a name left out
 */
public record Exchange(
        InetSocketAddress local,
        InetSocketAddress peer,
        Message answer,
        long bytesSent,
        Duration duration) {}
