package net.client.pipe;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.BlockingConnector;
import net.client.connect.internal.ExceptionTranslator;
import net.client.internal.Closeables;
import net.client.internal.MonotonicTime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A pipe over a TCP connection. */
final class TcpPipe extends PipeSession {
    /** Size of each buffer without an idle timeout. */
    private static final int BUFFER_BYTES = 128 * 1024;

    /**
     * Size of each buffer with an idle timeout: progress is visible only when a write completes.
     */
    private static final int STEP_BYTES = 16 * 1024;

    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(Pipe.SILENCE_MILLIS);

    private final SocketChannel channel;
    private final PipeInput in;
    private final PipeOutput out;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;
    private final long idleNanos;
    private final boolean isInteractive;
    private final PipeDirection sender;
    private final PipeDirection receiver;

    /** All bytes have been delivered, so the connection is closed and not reset. */
    private boolean isOrderly;

    private TcpPipe(SocketChannel channel, PipeConfig config, PipeInput in, PipeOutput out)
            throws IOException {
        this.channel = channel;
        this.in = in;
        this.out = out;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.peer = (InetSocketAddress) channel.getRemoteAddress();
        this.idleNanos =
                config.idleTimeout().isPresent()
                        ? MonotonicTime.nanos(config.idleTimeout().get())
                        : MonotonicTime.NEVER;
        this.isInteractive = config.interactive();
        int bytes = config.idleTimeout().isPresent() ? STEP_BYTES : BUFFER_BYTES;
        this.sender = new Sender(ByteBuffer.allocateDirect(bytes));
        this.receiver = new Receiver(ByteBuffer.allocateDirect(bytes));
    }

    /** Connects. */
    static TcpPipe open(PipeConfig config, PipeInput in, PipeOutput out) throws IOException {
        SocketChannel channel = BlockingConnector.connect(config.client());
        try {
            return new TcpPipe(channel, config, in, out);
        } catch (Throwable e) {
            Closeables.closeQuietly(channel);
            throw e;
        }
    }

    /** Copies the input to the peer. */
    private final class Sender extends PipeDirection {
        private final ByteBuffer buffer;

        private Sender(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        void copy() throws IOException {
            while (in.read(buffer.clear()) >= 0) {
                touch();
                buffer.flip();
                while (buffer.hasRemaining()) {
                    addCopied(channel.write(buffer));
                }
            }
            channel.shutdownOutput();
        }
    }

    /** Copies from the peer to the output. */
    private final class Receiver extends PipeDirection {
        private final ByteBuffer buffer;

        private Receiver(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        void copy() throws IOException {
            for (int count = read(); count >= 0; count = read()) {
                addCopied(count);
                out.write(buffer.flip());
                touch();
            }
        }

        private int read() throws IOException {
            return channel.read(buffer.clear());
        }
    }

    @Override
    InetSocketAddress local() {
        return local;
    }

    @Override
    InetSocketAddress peer() {
        return peer;
    }

    @Override
    PipeDirection sender() {
        return sender;
    }

    @Override
    PipeDirection receiver() {
        return receiver;
    }

    @Override
    long checkRemainingNanos(long nowNanos) throws IOException {
        // Read before the failures, so that the failure of an ended direction is visible.
        boolean hasSentAll = sender.isOver();
        boolean hasReceivedAll = receiver.isOver();
        // Throws local failures first: they end the pipe immediately.
        IOException sendFailure = sender.failure();
        IOException receiveFailure = receiver.failure();
        long activeNanos = Math.max(sender.activeNanos(), receiver.activeNanos());
        long remainingNanos =
                idleNanos == MonotonicTime.NEVER
                        ? MonotonicTime.NEVER
                        : idleNanos - (nowNanos - activeNanos);
        if (hasReceivedAll) {
            // All bytes received before the failure have been written by now.
            if (receiveFailure != null) {
                throw lost("receive from", receiveFailure);
            }
            if (sendFailure != null) {
                throw lost("send to", sendFailure);
            }
            long silenceNanos = isInteractive ? silenceNanos(nowNanos) : MonotonicTime.NEVER;
            remainingNanos = Math.min(remainingNanos, silenceNanos);
            isOrderly = hasSentAll || silenceNanos <= 0;
            if (isOrderly) {
                return 0;
            }
        }
        if (remainingNanos <= 0) {
            throw failure(Kind.TIMEOUT, "idle, nothing sent or received in time", null);
        }
        return remainingNanos;
    }

    /** Returns the time until the pipe ends if the input remains silent. */
    private long silenceNanos(long nowNanos) {
        return SILENCE_NANOS
                - Math.min(in.silentNanos(nowNanos), nowNanos - receiver.activeNanos());
    }

    private ExchangeException lost(String verb, IOException cause) {
        ExchangeException failure = ExceptionTranslator.at(verb, peer, sender.bytes(), cause);
        return failure.kind() == Kind.RESET
                ? failure(
                        Kind.RESET,
                        "reset after "
                                + sender.bytes()
                                + " bytes sent and "
                                + receiver.bytes()
                                + " received",
                        cause)
                : failure;
    }

    @Override
    public void close() throws IOException {
        try {
            if (!isOrderly) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } finally {
            channel.close();
        }
    }
}
