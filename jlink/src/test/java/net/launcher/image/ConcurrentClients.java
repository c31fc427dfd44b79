package net.launcher.image;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Concurrent clients that connect repeatedly, each time with new messages. */
final class ConcurrentClients implements AutoCloseable {
    /** The kind of exchange of each client. */
    enum ExchangeKind {
        GREET,
        RECEIVE
    }

    private static final int LINES = 3;
    private static final Duration GREETING_TIMEOUT = Duration.ofSeconds(10);

    private final int port;
    private final ExchangeKind kind;
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Set<String> receipts = ConcurrentHashMap.newKeySet();
    private final Set<String> misses = ConcurrentHashMap.newKeySet();
    private volatile boolean isOver;

    private ConcurrentClients(int port, ExchangeKind kind) {
        this.port = port;
        this.kind = kind;
    }

    /** Starts clients, which continue until the server refuses connections or this is closed. */
    static ConcurrentClients of(int count, ExchangeKind kind, int port) {
        ConcurrentClients started = new ConcurrentClients(port, kind);
        for (int i = 0; i < count; i++) {
            started.clients.add(Thread.ofVirtual().start(started::run));
        }
        return started;
    }

    private void run() {
        while (!isOver) {
            List<String> messages = messages();
            try (TcpPeer peer = TcpPeer.connect(port)) {
                serve(peer, messages);
            } catch (IOException expected) {
                // The server is not running.
                if (isRefused()) {
                    isOver = true;
                }
            }
        }
    }

    private boolean isRefused() {
        try (TcpPeer peer = TcpPeer.connect(port)) {
            return peer.localPort() == 0;
        } catch (IOException expected) {
            return true;
        }
    }

    private List<String> messages() {
        int round = rounds.incrementAndGet();
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < (kind == ExchangeKind.GREET ? 1 : LINES); i++) {
            messages.add("message " + round + "." + i + " of " + port);
        }
        return messages;
    }

    private void serve(TcpPeer peer, List<String> messages) throws IOException {
        if (kind == ExchangeKind.GREET) {
            // Linux may leave a connection open whose listener was closed meanwhile: a client that
            // has sent nothing would never know.
            peer.readTimeout(GREETING_TIMEOUT);
            if (!peer.read(TcpPeer.GREETING.length()).equals(TcpPeer.GREETING)) {
                throw new IOException("not greeted");
            }
            peer.readTimeout(TcpPeer.TIMEOUT);
            peer.send(messages.getFirst());
        } else {
            // Several writes: if the first were not read, the next would fail.
            for (String message : messages) {
                peer.write(message + "\n");
            }
            peer.halfClose();
        }
        (peer.awaitEnd().equals("<closed>") ? receipts : misses).addAll(messages);
    }

    /** Waits until the clients have received a number of receipts. */
    void awaitReceipts(int count) {
        Await.holds(count + " receipts", () -> receipts.size() >= count);
    }

    /** Lets each client finish its exchange, and waits for all. */
    ConcurrentClients finish() {
        isOver = true;
        try {
            for (Thread client : clients) {
                client.join();
            }
            return this;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The messages that the clients have receipts for. */
    Set<String> receipts() {
        return receipts;
    }

    /** The messages of clients that were reset after sending everything and half-closing. */
    Set<String> misses() {
        return misses;
    }

    @Override
    public void close() {
        finish();
    }
}
