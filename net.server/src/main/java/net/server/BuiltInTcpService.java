package net.server;

import net.server.service.GreetService;
import net.server.service.NonBlockingService;
import net.server.service.ProtocolHandler;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A built-in service, run by the server's event loops without a thread per connection. */
record BuiltInTcpService(NonBlockingService service) implements TcpService {
    /** Returns the default session timeout; zero for none. */
    Duration defaultSessionTimeout() {
        return service instanceof GreetService
                ? TcpServerConfig.DEFAULT_GREET_TIMEOUT
                : Duration.ZERO;
    }

    /**
     * Serves a connection on the calling thread, for a user-written service that delegates to this
     * one.
     */
    @Override
    public void serve(Connection connection) throws IOException {
        ProtocolHandler protocol = service.newHandler(connection::record);
        try {
            transfer(connection, protocol);
        } finally {
            protocol.onEnd();
        }
    }

    private void transfer(Connection connection, ProtocolHandler protocol) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(service.readLimit());
        writeAll(connection, protocol);
        int count = connection.read(bytes);
        while (count >= 0) {
            connection.write(protocol.onBytes(bytes.flip()));
            writeAll(connection, protocol);
            count = readNext(connection, bytes.clear());
        }
    }

    private static void writeAll(Connection connection, ProtocolHandler protocol)
            throws IOException {
        ByteBuffer next = protocol.nextWrite();
        while (next.hasRemaining()) {
            connection.write(next);
            next = protocol.nextWrite();
        }
    }

    /** Reads more bytes; returns -1 at the end of the message. */
    private int readNext(Connection connection, ByteBuffer bytes) throws IOException {
        if (service.messageGap().isZero()) {
            return connection.read(bytes);
        }
        try {
            return connection.read(bytes, service.messageGap());
        } catch (SocketTimeoutException expected) {
            // The message gap ends the message.
            return -1;
        }
    }
}
