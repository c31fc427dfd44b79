package net.server;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Sample of the Javadoc of {@link TcpService}: a user-written service. */
// @start region="service"
final class ShoutService implements TcpService {
    @Override
    public void serve(Connection connection) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        while (connection.read(buffer) >= 0) {
            for (int i = 0; i < buffer.position(); i++) {
                buffer.put(i, (byte) Character.toUpperCase(buffer.get(i)));
            }
            connection.write(buffer.flip());
            buffer.clear();
        }
    }
}
// @end
