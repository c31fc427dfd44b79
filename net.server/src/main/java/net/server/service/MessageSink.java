package net.server.service;

import net.protocol.Message;

import java.io.IOException;

/** Receives the messages of one connection. */
@FunctionalInterface
public interface MessageSink {
    /**
     * Adds a message.
     *
     * @param message its first bytes
     * @param received the number of bytes before truncation
     * @throws IOException if it cannot be recorded
     */
    void add(Message message, long received) throws IOException;
}
