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

/** A TCP server that plays a script with the one connection it takes, and then closes it. */
public final class ScriptedServer implements AutoCloseable {
    public static final String GREETING = "hello client!";

    /** Long enough for a busy machine; no test waits for it to pass. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerSocket listener;
    private final CountDownLatch end = new CountDownLatch(1);
    private final FutureTask<Void> run;

    /** What the server does with the connection. */
    public interface Script {
        /** Plays; {@code end} opens when the test is over, for those that keep silent. */
        void play(Socket peer, CountDownLatch end) throws Exception;
    }

    private ScriptedServer(InetAddress address, Script script) throws IOException {
        listener = new ServerSocket(0, 16, address);
        run = new FutureTask<>(() -> serve(script));
        Thread.ofPlatform().daemon().name("scripted server").start(run);
    }

    /** Starts a server on 127.0.0.1. */
    public static ScriptedServer playing(Script script) throws IOException {
        return new ScriptedServer(InetAddress.ofLiteral("127.0.0.1"), script);
    }

    /** Starts a server on ::1. */
    static ScriptedServer playingOnIpv6(Script script) throws IOException {
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
            script.play(peer, end);
        }
        return null;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Returns a client of this server that waits long. */
    TcpClient client() {
        return new TcpClient(config());
    }

    public ClientConfig config() {
        return ClientConfig.builder(Endpoint.of(address()))
                .timeout(PATIENCE)
                .connectTimeout(PATIENCE)
                .build();
    }

    /** Waits until the script has been played, and fails if it failed. */
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

    /** Reads to the client's FIN, and fails if something else came before. */
    public static void expect(Socket peer, String message) throws IOException {
        byte[] bytes = peer.getInputStream().readAllBytes();
        if (!new String(bytes, StandardCharsets.UTF_8).equals(message)) {
            throw new IOException("unexpected message of " + bytes.length + " bytes");
        }
    }

    public static void write(Socket peer, String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Closes with RST in place of FIN. */
    public static void reset(Socket peer) throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
    }
}
