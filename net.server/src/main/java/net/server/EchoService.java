package net.server;

/** Returns every byte until the peer's FIN: {@link net.protocol.Service#ECHO}. */
record EchoService() implements NonBlockingService {
    private static final int APPETITE_BYTES = 64 * 1024;

    private static final ProtocolHandler TALK = bytes -> bytes;

    @Override
    public ProtocolHandler begin(Taker taker) {
        return TALK;
    }

    @Override
    public int appetite() {
        return APPETITE_BYTES;
    }
}
