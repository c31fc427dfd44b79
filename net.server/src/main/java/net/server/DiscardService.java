package net.server;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Drops every byte until the peer's FIN: {@link net.protocol.Service#DISCARD}. */
final class DiscardService implements TcpService {
    private static final int BUFFER_BYTES = 64 * 1024;

    /** All peers' bytes go here at once: nobody looks at them. */
    private final ByteBuffer waste = ByteBuffer.allocateDirect(BUFFER_BYTES);

    @Override
    public void serve(Connection connection) throws IOException {
        ByteBuffer view = waste.duplicate();
        while (connection.read(view) >= 0) {
            view.clear();
        }
    }
}
