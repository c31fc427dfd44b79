package net.server.service;

/** {@link net.protocol.Service#ECHO} over TCP: returns all bytes until the peer's FIN. */
public record EchoService() implements NonBlockingService {
    private static final int READ_BYTES = 64 * 1024;

    /** Stateless, hence shared by all connections. */
    private static final ProtocolHandler HANDLER = bytes -> bytes;

    @Override
    public ProtocolHandler newHandler(MessageSink sink) {
        return HANDLER;
    }

    @Override
    public int readLimit() {
        return READ_BYTES;
    }
}
