package net.launcher.image;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP server with a behaviour defined by the test. */
final class ScriptedTcpServer implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int BACKLOG = 100;

    /** The behaviour towards a client. */
    @FunctionalInterface
    interface Script {
        /** Handles the client; an exception ends its connection. */
        void play(Socket client) throws IOException;
    }

    /** Fixed: the kernel would enlarge it beyond what a client sends in a test. */
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listener = new ServerSocket(0, BACKLOG, LOOPBACK);
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final Script script;

    ScriptedTcpServer(Script script) throws IOException {
        this.script = script;
        listener.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> play(client));
            } catch (IOException expected) {
                return; // The test is over.
            }
        }
    }

    private void play(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            script.play(client);
        } catch (IOException expected) {
            // The client has disconnected, or the test is over.
        }
    }

    String port() {
        return Integer.toString(listener.getLocalPort());
    }

    /** Returns the number of clients so far. */
    int clients() {
        return clients.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
