package net.client;

import static org.junit.jupiter.api.Assertions.fail;

import net.client.connect.ClientConfig;
import net.protocol.Endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server that runs a script for every connection, each in its own thread. */
public final class OpenServer implements AutoCloseable {
    private final ServerSocket listener =
            new ServerSocket(0, 1024, InetAddress.ofLiteral("127.0.0.1"));
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<Socket> peers = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Script script;

    /** The script of a connection, which is closed afterwards. */
    public interface Script {
        /** Runs the script; an {@link IOException}, as of a disconnected client, is ignored. */
        void run(Peer peer) throws Exception;
    }

    private OpenServer(Script script) throws IOException {
        this.script = script;
        threads.add(Thread.ofPlatform().daemon().name("open server").start(this::accept));
    }

    public static OpenServer running(Script script) throws IOException {
        return new OpenServer(script);
    }

    /** Starts a server that returns every byte until the client's FIN. */
    public static OpenServer echoing() throws IOException {
        return running(Peer::echo);
    }

    /** A connection of the server. */
    public final class Peer {
        /** Index of the connection, from 0. */
        public final int index;

        public final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Peer(int index, Socket socket) throws IOException {
            this.index = index;
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
            socket.setTcpNoDelay(true);
        }

        public void echo() throws IOException {
            in.transferTo(out);
        }

        /** Reads the expected bytes; ends the script if they do not arrive. */
        public byte[] read(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new IOException("the client disconnected");
            }
            return bytes;
        }

        int available() throws IOException {
            return in.available();
        }

        public byte[] readAll() throws IOException {
            return in.readAllBytes();
        }

        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        public void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Resets the connection. */
        public void reset() throws IOException {
            ScriptedServer.reset(socket);
        }

        /** Blocks until the end of the test. */
        public void awaitEnd() throws InterruptedException {
            end.await();
        }
    }

    private void accept() {
        try {
            while (true) {
                Peer peer = new Peer(accepted.get(), listener.accept());
                accepted.incrementAndGet();
                peers.add(peer.socket);
                threads.add(Thread.ofVirtual().start(() -> runScript(peer)));
            }
        } catch (IOException expected) {
            // Closed at the end of the test.
        }
    }

    private void runScript(Peer peer) {
        try (peer.socket) {
            script.run(peer);
        } catch (IOException expected) {
            // The client has disconnected.
        } catch (Exception | AssertionError e) {
            failures.add(e);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    public ClientConfig config() {
        return ClientConfig.builder(Endpoint.of(address()))
                .timeout(ScriptedServer.PATIENCE)
                .connectTimeout(ScriptedServer.PATIENCE)
                .build();
    }

    /** Returns the number of accepted connections. */
    public int accepted() {
        return accepted.get();
    }

    /** Waits until all started scripts have ended. */
    public void awaitScripts() {
        for (Thread thread : threads.subList(1, threads.size())) {
            join(thread);
        }
    }

    /** Ends all scripts; throws if one of them failed. */
    @Override
    public void close() throws IOException {
        end.countDown();
        listener.close();
        join(threads.getFirst());
        for (Socket peer : peers) {
            peer.close();
        }
        threads.forEach(OpenServer::join);
        if (!failures.isEmpty()) {
            fail(failures.getFirst());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
