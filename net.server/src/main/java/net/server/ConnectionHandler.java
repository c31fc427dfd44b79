package net.server;

import net.server.loop.ConnectionKey;
import net.server.loop.EventLoop;
import net.server.loop.LoopHandler;
import net.server.service.NonBlockingService;
import net.server.service.ProtocolHandler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the protocol of one connection without blocking, on the thread of its event loop. */
final class ConnectionHandler implements LoopHandler {
    /** Called once the protocol has ended and the messages are committed. */
    @FunctionalInterface
    interface Completion {
        void complete(RecordedConnection connection, Optional<Exception> failure);
    }

    /** Maximum reads or writes per tick, so that one peer cannot starve the others. */
    private static final int MAX_OPS_PER_TICK = 8;

    /** Number of bytes whose transfer takes about as long as the recording of a message. */
    private static final int MESSAGE_WORK = 256;

    private final EventLoop loop;
    private final RecordedConnection connection;
    private final NonBlockingService service;
    private final ProtocolHandler protocol;
    private final Completion completion;
    private final long gapNanos;
    private long gapEndNanos;
    private ConnectionKey key;

    private ByteBuffer unsent = ProtocolHandler.NOTHING;

    /** Bytes of {@link #unsent} that are reported to the loop as buffered. */
    private int bufferedBytes;

    private Optional<Exception> failure = Optional.empty();
    private boolean hasReadAll;
    private boolean hasEnded;
    private boolean isPending;
    private boolean isDone;

    ConnectionHandler(
            EventLoop loop,
            RecordedConnection connection,
            NonBlockingService service,
            Completion completion) {
        this.loop = loop;
        this.connection = connection;
        this.service = service;
        this.completion = completion;
        this.gapNanos = TimeUnit.NANOSECONDS.convert(service.messageGap());
        this.protocol =
                service.newHandler(
                        (message, received) -> {
                            setPending();
                            loop.addWork(MESSAGE_WORK);
                            connection.record(message, received);
                            // Peers that are read after a slow call of the listener must not appear
                            // idle.
                            loop.refreshTime();
                        });
        connection.onAbort(() -> loop.execute(this::abort));
    }

    /** Sends the initial bytes, if any, and registers for reads. */
    void start() {
        try {
            connection.configureNonBlocking();
            write();
            if (!isDone) {
                key = connection.register(loop, requiredOps(), this);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    @Override
    public void onReady(int readyOps) {
        if (isDone) {
            return;
        }
        try {
            if (unsent.hasRemaining()) {
                write();
            }
            if (!isDone && (requiredOps() & readyOps & SelectionKey.OP_READ) != 0) {
                read();
            }
            if (!isDone) {
                key.interestOps(requiredOps());
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private int requiredOps() {
        boolean isWriting = unsent.hasRemaining();
        boolean isReading = !hasReadAll && (!isWriting || service.isEndless());
        return (isWriting ? SelectionKey.OP_WRITE : 0) | (isReading ? SelectionKey.OP_READ : 0);
    }

    private void write() {
        try {
            for (int i = 0; i < MAX_OPS_PER_TICK && (i == 0 || !loop.isShareUsed()); i++) {
                if (!unsent.hasRemaining()) {
                    unsent = protocol.nextWrite();
                }
                if (!unsent.hasRemaining()) {
                    return;
                }
                int count = connection.write(unsent);
                loop.addWork(count);
                connection.addSent(count, loop.nowNanos());
                if (unsent.hasRemaining()) {
                    return;
                }
                releaseBuffered();
            }
            unsent = protocol.nextWrite();
        } catch (IOException e) {
            releaseBuffered();
            unsent = ProtocolHandler.NOTHING;
            if (service.isEndless()) {
                // The peer ends an endless service by closing.
                finish();
            } else {
                // Bytes sent before the failure may still be readable.
                failure = Optional.of(e);
            }
        }
    }

    private void read() throws IOException {
        try {
            for (int i = 0; i < MAX_OPS_PER_TICK && readOnce() && !loop.isShareUsed(); i++) {}
        } catch (IOException e) {
            if (!service.isEndless()) {
                throw e;
            }
            // Writing will fail, too, and end the connection.
            hasReadAll = true;
        }
    }

    /** Reads once; returns whether more bytes may be available. */
    private boolean readOnce() throws IOException {
        ByteBuffer bytes = loop.readBuffer(service.readLimit());
        int count = connection.read(bytes);
        connection.addReceived(count, loop.nowNanos());
        if (count <= 0) {
            if (count < 0) {
                onEndOfStream();
            }
            return false;
        }
        loop.addWork(count);
        boolean isFull = !bytes.hasRemaining();
        ByteBuffer answer = protocol.onBytes(bytes.flip());
        if (answer.hasRemaining() && failure.isEmpty()) {
            unsent = answer;
            write();
            copyUnsent();
        }
        if (gapNanos > 0) {
            gapEndNanos = System.nanoTime() + gapNanos;
            loop.startGap(this);
        }
        // With a message gap, the peer's FIN often follows its bytes at once.
        return (isFull || gapNanos > 0) && (requiredOps() & SelectionKey.OP_READ) != 0;
    }

    /** Copies the unsent bytes, since the loop's buffer is shared. */
    private void copyUnsent() {
        if (unsent.hasRemaining()) {
            bufferedBytes = unsent.remaining();
            loop.addUnsent(bufferedBytes);
            unsent = ByteBuffer.allocate(bufferedBytes).put(unsent).flip();
        }
    }

    private void releaseBuffered() {
        loop.addUnsent(-bufferedBytes);
        bufferedBytes = 0;
    }

    private void onEndOfStream() throws IOException {
        hasReadAll = true;
        if (!service.isEndless()) {
            endProtocol();
            finish();
        }
    }

    @Override
    public long gapEndNanos() {
        return gapEndNanos;
    }

    @Override
    public void onMessageGap() {
        long endNanos = gapEndNanos;
        try {
            // Bytes may have arrived while other connections were handled.
            read();
            if (!isDone && gapEndNanos == endNanos) {
                endProtocol();
                finish();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void endProtocol() throws IOException {
        if (!hasEnded) {
            hasEnded = true;
            protocol.onEnd();
        }
    }

    @Override
    public void abort() {
        if (!isDone) {
            connection.setAbortReason(CloseReason.ABORTED);
            fail(new ClosedChannelException());
        }
    }

    private void fail(Throwable thrown) {
        try {
            failure =
                    Optional.of(
                            thrown instanceof Exception e ? e : new IllegalStateException(thrown));
            endProtocol();
        } catch (IOException expected) {
            // The listener has been notified.
        } finally {
            finish();
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    private void finish() {
        isDone = true;
        releaseBuffered();
        loop.cancelGap(this);
        setPending();
    }

    private void setPending() {
        if (!isPending) {
            isPending = true;
            loop.addPending(this);
        }
    }

    @Override
    public boolean commit(boolean isLost) {
        isPending = false;
        if (isLost) {
            connection.discardPending();
        }
        boolean hasCommitFailed = false;
        try {
            connection.commit();
        } catch (MessageRecorder.UnrecordedException e) {
            hasCommitFailed = true;
            failUnlessDone(e);
        } catch (IOException e) {
            failUnlessDone(e);
        } finally {
            if (isDone && !isPending) {
                completion.complete(connection, failure);
            }
        }
        return hasCommitFailed;
    }

    private void failUnlessDone(IOException e) {
        if (!isDone) {
            fail(e);
        }
    }
}
