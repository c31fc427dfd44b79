package net.server;

/** Drops every byte until the peer's FIN: {@link net.protocol.Service#DISCARD}. */
record DiscardService() implements NonBlockingService {
    private static final int APPETITE_BYTES = 64 * 1024;

    private static final ProtocolHandler TALK = bytes -> NOTHING;

    @Override
    public ProtocolHandler begin(Taker taker) {
        return TALK;
    }

    @Override
    public int appetite() {
        return APPETITE_BYTES;
    }
}
