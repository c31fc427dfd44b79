package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import net.protocol.Endpoint;
import net.protocol.Message;
import net.server.access.RefusalReason;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps events in queues, from which tests take them in order. */
class ListenerLog implements ServerListener {
    private final BlockingQueue<BoundAddress> listenings = new LinkedBlockingQueue<>();
    private final BlockingQueue<Denied> denied = new LinkedBlockingQueue<>();
    private final BlockingQueue<ReceivedMessage> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
    private final BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();

    /** A peer that was refused. */
    record Denied(InetSocketAddress peer, RefusalReason reason) {}

    @Override
    public void onListening(BoundAddress listening) throws IOException {
        listenings.add(listening);
    }

    @Override
    public void onRefused(InetSocketAddress peer, RefusalReason reason) {
        denied.add(new Denied(peer, reason));
    }

    @Override
    public void onMessage(ReceivedMessage message) throws IOException {
        messages.add(message);
    }

    @Override
    public void onEnd(Session session) {
        sessions.add(session);
    }

    @Override
    public void onFailure(Exception failure) {
        failures.add(failure);
    }

    /** Returns the bound addresses in the order reported. */
    List<BoundAddress> listenings() {
        return List.copyOf(listenings);
    }

    void assertRefused(InetSocketAddress peer, RefusalReason reason) throws InterruptedException {
        assertEquals(new Denied(peer, reason), take(denied, "refusal"));
    }

    /** Checks the refusal of a peer whose port is unknown, since its connect failed. */
    void assertRefused(String host, RefusalReason reason) throws InterruptedException {
        Denied next = take(denied, "refusal");
        assertEquals(host, Endpoint.of(next.peer()).host());
        assertNotEquals(0, next.peer().getPort());
        assertEquals(reason, next.reason());
    }

    void assertNoRefusal() {
        assertEquals(List.of(), List.copyOf(denied));
    }

    ReceivedMessage message() throws InterruptedException {
        return take(messages, "message");
    }

    Session session() throws InterruptedException {
        return take(sessions, "session");
    }

    Exception failure() throws InterruptedException {
        return take(failures, "failure");
    }

    void assertMessage(String text) throws InterruptedException {
        ReceivedMessage message = message();
        assertEquals(Message.of(text), message.message());
        assertEquals(Message.of(text).size(), message.received());
    }

    /** Waits for the end of a connection, and returns its session. */
    Session assertEnd(CloseReason end) throws InterruptedException {
        Session session = session();
        assertEquals(end, session.end());
        return session;
    }

    void assertNoMessage() {
        assertEquals(List.of(), List.copyOf(messages));
    }

    void assertNoSession() {
        assertEquals(List.of(), List.copyOf(sessions));
    }

    void assertNoFailure() {
        assertEquals(List.of(), List.copyOf(failures));
    }

    private static <T> T take(BlockingQueue<T> queue, String what) throws InterruptedException {
        T next = queue.poll(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(next, "no " + what);
        return next;
    }
}
