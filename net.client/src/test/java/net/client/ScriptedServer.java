package net.client;

import static org.junit.jupiter.api.Assertions.fail;

import net.client.connect.ClientConfig;
import net.protocol.Endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A TCP server that runs a script for a single connection and closes it. */
public final class ScriptedServer implements AutoCloseable {
    public static final String GREETING = "hello client!";

    /** Long enough for a loaded machine; no test waits for it to expire. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerSocket listener;
    private final CountDownLatch end = new CountDownLatch(1);
    private final FutureTask<Void> run;

    /** The script of the connection. */
    public interface Script {
        /** Runs the script; {@code end} is released at the end of the test. */
        void run(Socket peer, CountDownLatch end) throws Exception;
    }

    private ScriptedServer(InetAddress address, Script script) throws IOException {
        listener = new ServerSocket(0, 16, address);
        run = new FutureTask<>(() -> serve(script));
        Thread.ofPlatform().daemon().name("scripted server").start(run);
    }

    /** Starts a server on 127.0.0.1. */
    public static ScriptedServer running(Script script) throws IOException {
        return new ScriptedServer(InetAddress.ofLiteral("127.0.0.1"), script);
    }

    /** Starts a server on ::1. */
    static ScriptedServer runningOnIpv6(Script script) throws IOException {
        return new ScriptedServer(InetAddress.ofLiteral("::1"), script);
    }

    private Void serve(Script script) throws Exception {
        Socket accepted;
        try {
            accepted = listener.accept();
        } catch (IOException e) {
            if (listener.isClosed()) {
                return null; // The test ended without a client.
            }
            throw e;
        }
        try (Socket peer = accepted) {
            script.run(peer, end);
        }
        return null;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Returns a client of this server with a long timeout. */
    TcpClient client() {
        return new TcpClient(config());
    }

    public ClientConfig config() {
        return ClientConfig.builder(Endpoint.of(address()))
                .timeout(PATIENCE)
                .connectTimeout(PATIENCE)
                .build();
    }

    /** Waits until the script has ended; throws if it failed. */
    public void awaitEnd() {
        try {
            run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        listener.close();
        awaitEnd();
    }

    /** Reads until the client's FIN; fails if other bytes arrive first. */
    public static void expect(Socket peer, String message) throws IOException {
        byte[] bytes = peer.getInputStream().readAllBytes();
        if (!new String(bytes, StandardCharsets.UTF_8).equals(message)) {
            throw new IOException("unexpected message of " + bytes.length + " bytes");
        }
    }

    public static void write(Socket peer, String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Resets the connection. */
    public static void reset(Socket peer) throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
    }
}
