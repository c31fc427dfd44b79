package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import net.protocol.Message;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it is told, for tests to take in turn. */
class RecordingListener implements ServerListener {
    private final BlockingQueue<ReceivedMessage> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
    private final BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();

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

    /** Waits for the end of a connection, and returns what it was. */
    Session assertEnd(SessionEnd end) throws InterruptedException {
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
