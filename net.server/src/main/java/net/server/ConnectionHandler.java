package net.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A talk over a connection, by the thread of a loop. */
final class ConnectionHandler implements EventLoop.Ready {
    /** What becomes of a connection whose talk is over. */
    @FunctionalInterface
    interface Ending {
        void end(NioConnection connection, Optional<Exception> failure);
    }

    /** After so many reads or writes others have their turn, though more has come. */
    private static final int TURN = 8;

    private final EventLoop loop;
    private final NioConnection connection;
    private final NonBlockingService service;
    private final NonBlockingService.ProtocolHandler talk;
    private final Ending ending;
    private final long gapNanos;
    private long pauseEndNanos;
    private SelectionKey key;

    /** What the loop was last told to look for. */
    private int operations;

    private ByteBuffer unsent = NonBlockingService.NOTHING;
    private int keptBytes;
    private Optional<Exception> failure = Optional.empty();
    private boolean hasHeardAll;
    private boolean hasEnded;
    private boolean isUnsettled;
    private boolean isDone;

    ConnectionHandler(
            EventLoop loop, NioConnection connection, NonBlockingService service, Ending ending) {
        this.loop = loop;
        this.connection = connection;
        this.service = service;
        this.ending = ending;
        this.gapNanos = TimeUnit.NANOSECONDS.convert(service.lastGap());
        this.talk =
                service.begin(
                        (message, received) -> {
                            unsettled();
                            connection.record(message, received);
                            // Whoever is heard after a listener that took long was not idle.
                            loop.refresh();
                        });
        connection.cutBy(() -> loop.execute(this::cut));
    }

    /** Says the first word, and goes on when there is something to hear. */
    void begin() {
        try {
            connection.unblock();
            send();
            if (!isDone) {
                operations = operations();
                key = connection.register(loop, operations, this);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    @Override
    public void act() {
        if (isDone) {
            return;
        }
        try {
            if (unsent.hasRemaining()) {
                send();
            }
            if (!isDone && (operations() & key.readyOps() & SelectionKey.OP_READ) != 0) {
                hear();
            }
            if (!isDone && operations() != operations) {
                operations = operations();
                key.interestOps(operations);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private int operations() {
        boolean isSending = unsent.hasRemaining();
        boolean isHearing = !hasHeardAll && (!isSending || service.isEndless());
        return (isSending ? SelectionKey.OP_WRITE : 0) | (isHearing ? SelectionKey.OP_READ : 0);
    }

    private void send() {
        try {
            for (int i = 0; i < TURN; i++) {
                if (!unsent.hasRemaining()) {
                    unsent = talk.next();
                }
                if (!unsent.hasRemaining()) {
                    return;
                }
                connection.send(unsent, loop.nowNanos());
                if (unsent.hasRemaining()) {
                    return;
                }
                release();
            }
            unsent = talk.next();
        } catch (IOException e) {
            release();
            unsent = NonBlockingService.NOTHING;
            if (service.isEndless()) {
                // That is how a peer says that it has enough.
                done();
            } else {
                // It may have sent something before.
                failure = Optional.of(e);
            }
        }
    }

    private void hear() throws IOException {
        try {
            for (int i = 0; i < TURN && hearOnce(); i++) {}
        } catch (IOException e) {
            if (!service.isEndless()) {
                throw e;
            }
            // Sending will fail too.
            hasHeardAll = true;
        }
    }

    /** Hears what has come; returns whether there may be more. */
    private boolean hearOnce() throws IOException {
        ByteBuffer bytes = loop.buffer(service.appetite());
        int count = connection.receive(bytes, loop.nowNanos());
        if (count <= 0) {
            if (count < 0) {
                heardAll();
            }
            return false;
        }
        boolean isFull = !bytes.hasRemaining();
        ByteBuffer answer = talk.hear(bytes.flip());
        if (answer.hasRemaining() && failure.isEmpty()) {
            unsent = answer;
            send();
            keep();
        }
        if (gapNanos > 0) {
            pauseEndNanos = System.nanoTime() + gapNanos;
            loop.pause(this);
        }
        // Where a message is to end, its end has often come with it.
        return (isFull || gapNanos > 0) && (operations() & SelectionKey.OP_READ) != 0;
    }

    /** Keeps what could not be sent yet: others use the loop's buffer. */
    private void keep() {
        if (unsent.hasRemaining()) {
            keptBytes = unsent.remaining();
            loop.addUnsent(keptBytes);
            unsent = ByteBuffer.allocate(keptBytes).put(unsent).flip();
        }
    }

    private void release() {
        loop.addUnsent(-keptBytes);
        keptBytes = 0;
    }

    private void heardAll() throws IOException {
        hasHeardAll = true;
        if (!service.isEndless()) {
            end();
            done();
        }
    }

    long pauseEndNanos() {
        return pauseEndNanos;
    }

    /** Takes the message as it is, since nothing followed. */
    void endPause() {
        long endNanos = pauseEndNanos;
        try {
            // Something may have come while others were heard.
            hear();
            if (!isDone && pauseEndNanos == endNanos) {
                end();
                done();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void end() throws IOException {
        if (!hasEnded) {
            hasEnded = true;
            talk.end();
        }
    }

    /** Ends the talk of a connection that is aborted. */
    void cut() {
        if (!isDone) {
            connection.mark(CloseReason.ABORTED);
            fail(new ClosedChannelException());
        }
    }

    private void fail(Throwable thrown) {
        try {
            failure =
                    Optional.of(
                            thrown instanceof Exception e ? e : new IllegalStateException(thrown));
            end();
        } catch (IOException expected) {
            // The listener has been told.
        } finally {
            done();
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    private void done() {
        isDone = true;
        release();
        loop.endPause(this);
        unsettled();
    }

    private void unsettled() {
        if (!isUnsettled) {
            isUnsettled = true;
            loop.unsettled(this);
        }
    }

    /**
     * Has recorded what was taken, unless that was lost, and ends the connection if the talk is
     * over; returns whether it was lost.
     */
    boolean settle(boolean isLost) {
        isUnsettled = false;
        if (isLost) {
            connection.lose();
        }
        boolean isLostNow = false;
        try {
            connection.commit();
        } catch (MessageRecorder.UnrecordedException e) {
            isLostNow = true;
            failUnlessDone(e);
        } catch (IOException e) {
            failUnlessDone(e);
        } finally {
            if (isDone && !isUnsettled) {
                ending.end(connection, failure);
            }
        }
        return isLostNow;
    }

    private void failUnlessDone(IOException e) {
        if (!isDone) {
            fail(e);
        }
    }
}
