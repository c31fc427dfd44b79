package net.launcher.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Concurrent clients that connect repeatedly, each time with new messages. */
final class Crowd implements AutoCloseable {
    /** The kind of exchange of each client. */
    enum Errand {
        GREET,
        RECEIVE
    }

    private static final int LINES = 3;

    private final int port;
    private final Errand errand;
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Set<String> receipts = ConcurrentHashMap.newKeySet();
    private final Set<String> misses = ConcurrentHashMap.newKeySet();
    private volatile boolean isOver;

    private Crowd(int port, Errand errand) {
        this.port = port;
        this.errand = errand;
    }

    /** Starts clients, which continue until the server refuses connections or this is closed. */
    static Crowd of(int count, Errand errand, int port) {
        Crowd crowd = new Crowd(port, errand);
        for (int i = 0; i < count; i++) {
            crowd.clients.add(Thread.ofVirtual().start(crowd::goOn));
        }
        return crowd;
    }

    private void goOn() {
        while (!isOver) {
            List<String> messages = messages();
            try (Peer peer = Peer.connect(port)) {
                serve(peer, messages);
            } catch (IOException expected) {
                // The server is not running.
                isOver |= isRefused();
            }
        }
    }

    private boolean isRefused() {
        try (Peer peer = Peer.connect(port)) {
            return peer.localPort() == 0;
        } catch (IOException expected) {
            return true;
        }
    }

    private List<String> messages() {
        int round = rounds.incrementAndGet();
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < (errand == Errand.GREET ? 1 : LINES); i++) {
            messages.add("message " + round + "." + i + " of " + port);
        }
        return messages;
    }

    private void serve(Peer peer, List<String> messages) throws IOException {
        if (errand == Errand.GREET) {
            if (!peer.read(Peer.GREETING.length()).equals(Peer.GREETING)) {
                throw new IOException("not greeted");
            }
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
    Crowd finish() {
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
