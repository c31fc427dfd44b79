package net.server.service;

/** {@link net.protocol.Service#RECEIVE} over TCP: receives messages, one per line. */
public record ReceiveService() implements NonBlockingService {
    /** Small, so that a tick of several reads stays short even if each byte is a message. */
    private static final int READ_BYTES = 2 * 1024;

    @Override
    public ProtocolHandler newHandler(MessageSink sink) {
        return new LineSplitter(sink);
    }

    @Override
    public int readLimit() {
        return READ_BYTES;
    }
}
