package net.server;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Returns every byte until the peer's FIN: {@link net.protocol.Service#ECHO}. */
record EchoService() implements TcpService {
    /** Enough for most questions, and little enough for ten thousand idle peers. */
    private static final int MIN_BUFFER_BYTES = 1024;

    /** For peers that fill the small one: little enough for ten thousand hostile ones. */
    private static final int MAX_BUFFER_BYTES = 8 * 1024;

    @Override
    public void serve(Connection connection) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MIN_BUFFER_BYTES);
        while (connection.read(buffer) >= 0) {
            boolean isFull = !buffer.hasRemaining();
            connection.write(buffer.flip());
            if (isFull && buffer.capacity() < MAX_BUFFER_BYTES) {
                buffer = ByteBuffer.allocate(MAX_BUFFER_BYTES);
            }
            buffer.clear();
        }
    }
}
