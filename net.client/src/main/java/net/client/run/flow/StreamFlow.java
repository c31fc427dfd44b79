package net.client.run.flow;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Fault;
import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;
import net.client.run.RunResult.StreamFigures;
import net.client.run.record.MutableExchange;
import net.client.run.record.RunRecorder;
import net.protocol.Service;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection of a bulk run, which transfers bytes as fast as possible, or in the turns of a
 * {@link StreamPacer}. A sender half-closes at its end time, and the stream ends with the peer's
 * FIN, the receipt.
 */
final class StreamFlow extends Flow {
    /** Maximum bytes each way per event-loop iteration, so that one stream cannot starve others. */
    private static final int MAX_TICK_BYTES = 1024 * 1024;

    /** Time without traffic after which an interrupted stream has failed. */
    private static final long MIN_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private enum State {
        UNUSED,
        CONNECTING,
        TRANSFERRING,

        /** Half-closed, waiting for the peer's FIN. */
        ENDING,
        CLOSED
    }

    private final FlowContext context;
    private final RunRecorder recorder;
    private final ByteBudget budget;
    private final long durationNanos;
    private final boolean isSender;
    private final BlockWriter writer;
    private final StreamPacer pacer;
    private final TcpConnector connector;
    private final StreamVerifier verifier;
    private State state = State.UNUSED;
    private long number;
    private long connectedNanos;

    /** Time when the stream is to end, or has ended. */
    private long endNanos;

    // Time and counts at the last interval.
    private long reportedNanos;
    private long reportedSent;
    private long reportedReceived;

    /** Time of the last byte sent or received. */
    private long activeNanos;

    /** True while a paced stream that could send waits for its turn. */
    private boolean isWaiting;

    private IOException sendFailure;

    StreamFlow(
            FlowContext context,
            FlowListener listener,
            ByteBuffer payload,
            ByteBudget budget,
            StreamPacer pacer) {
        super(listener);
        RunConfig config = context.config();
        this.context = context;
        this.recorder = context.recorder();
        this.budget = budget;
        this.durationNanos =
                config.duration().isPresent()
                        ? MonotonicTime.nanos(config.duration().get())
                        : MonotonicTime.NEVER;
        this.isSender = config.service() != Service.CHARGEN;
        this.writer = new BlockWriter(payload, budget);
        this.pacer = pacer;
        this.connector = new TcpConnector(context, this);
        this.verifier = new StreamVerifier(config.service(), payload);
    }

    @Override
    public boolean isFree() {
        return state == State.UNUSED;
    }

    @Override
    public boolean isIdle() {
        return state == State.UNUSED || state == State.CLOSED;
    }

    @Override
    public void begin(long number, long dueNanos) throws IOException {
        this.number = number;
        state = State.CONNECTING;
        connector.start(System.nanoTime());
        checkConnected();
    }

    /** Starts the transfer once connected; fails once all attempts have failed. */
    private void checkConnected() throws IOException {
        boolean writesWhenReady = isSender && !pacer.isPaced();
        if (connector.finishConnect(
                SelectionKey.OP_READ | (writesWhenReady ? SelectionKey.OP_WRITE : 0))) {
            onConnected();
        } else if (connector.isFailed()) {
            fail(connector.failure());
        }
    }

    private void onConnected() throws IOException {
        connectedNanos = System.nanoTime();
        activeNanos = connectedNanos;
        reportedNanos = connectedNanos;
        boolean isEndless = durationNanos == MonotonicTime.NEVER;
        endNanos = isEndless ? durationNanos : connectedNanos + durationNanos;
        state = State.TRANSFERRING;
        recorder.begin(number, connectedNanos);
        connector.reportConnection(connectNanos());
        if (pacer.isPaced()) {
            awaitTurn(connectedNanos);
        }
        listener.onDeadline(expire(connectedNanos));
    }

    private long connectNanos() {
        return connectedNanos - connector.startNanos();
    }

    private boolean isAtEnd(long nowNanos) {
        return budget.isSpent() || nowNanos >= endNanos;
    }

    @Override
    void ready(SelectionKey ready) throws IOException {
        long nowNanos = System.nanoTime();
        if (state == State.CONNECTING) {
            connector.ready(ready, nowNanos);
            checkConnected();
            return;
        }
        int ops = ready.readyOps();
        if (state == State.TRANSFERRING && isAtEnd(nowNanos)) {
            stop(nowNanos);
        }
        if (state == State.TRANSFERRING && (ops & SelectionKey.OP_WRITE) != 0) {
            if (pacer.isPaced()) {
                connector.setInterest(SelectionKey.OP_READ);
                awaitTurn(nowNanos);
            } else {
                write(MAX_TICK_BYTES, nowNanos);
            }
        }
        if (state != State.CLOSED && (ops & SelectionKey.OP_READ) != 0) {
            read(nowNanos);
        }
    }

    private void awaitTurn(long nowNanos) {
        isWaiting = true;
        pacer.add(this, nowNanos);
    }

    /** Sends in the stream's turn; returns the number of bytes written. */
    long send(long maxBytes, long nowNanos) throws IOException {
        if (state != State.TRANSFERRING) {
            return 0;
        }
        isWaiting = false;
        activeNanos = nowNanos;
        write(maxBytes, nowNanos);
        if (state == State.TRANSFERRING) {
            if (writer.isFull()) {
                connector.setInterest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                listener.onDeadline(expire(nowNanos));
            } else {
                awaitTurn(nowNanos);
            }
        }
        return writer.written();
    }

    /** Writes until the send buffer is full or a limit is reached. */
    private void write(long maxBytes, long nowNanos) throws IOException {
        try {
            writer.write(connector.channel(), maxBytes);
        } catch (IOException e) {
            sendFailure = e;
        }
        long written = writer.written();
        verifier.addSent(written);
        recorder.recordBytesSent(number, written);
        if (written > 0) {
            activeNanos = nowNanos;
        }
        if (sendFailure != null || isAtEnd(nowNanos)) {
            stop(nowNanos);
        }
    }

    /** Half-closes, or ends a stream that only receives. */
    private void stop(long nowNanos) throws IOException {
        // Other streams that share the byte budget may have to stop, too.
        listener.onDeadline(nowNanos);
        if (!isSender) {
            succeed(nowNanos);
            return;
        }
        state = State.ENDING;
        activeNanos = nowNanos;
        connector.setInterest(SelectionKey.OP_READ);
        try {
            connector.channel().shutdownOutput();
        } catch (IOException e) {
            // Bytes that the peer has sent can still be read.
            sendFailure = sendFailure == null ? e : sendFailure;
        }
    }

    /** Reads until no more bytes are available or a limit is reached. */
    private void read(long nowNanos) throws IOException {
        ByteBuffer in = context.readBuffer();
        int maxBytes = isSender ? in.capacity() : budget.limit(in.capacity());
        long received = 0;
        int count = maxBytes;
        while (state != State.CLOSED && count == maxBytes && received < MAX_TICK_BYTES) {
            in.clear().limit(maxBytes);
            try {
                count = connector.channel().read(in);
            } catch (IOException e) {
                fail(failure(verifier.onReset(isSent()), e));
                return;
            }
            if (count < 0) {
                onFin();
            } else if (count > 0) {
                received += count;
                activeNanos = nowNanos;
                onBytes(in.flip(), nowNanos);
                maxBytes = isSender ? maxBytes : budget.limit(maxBytes);
            }
        }
    }

    private void onBytes(ByteBuffer in, long nowNanos) throws IOException {
        int count = in.remaining();
        recorder.recordBytesReceived(number, count);
        budget.spend(isSender ? 0 : count);
        Optional<Fault> fault = verifier.read(in);
        if (fault.isPresent()) {
            fail(failure(fault.get(), null));
        } else if (!isSender && budget.isSpent()) {
            stop(nowNanos);
        }
    }

    private boolean isSent() {
        return state == State.ENDING && sendFailure == null;
    }

    private void onFin() throws IOException {
        if (sendFailure != null) {
            // After a reset was reported by a write, a read returns the end of input.
            fail(failure(verifier.onReset(false), sendFailure));
            return;
        }
        Optional<Fault> fault = verifier.onFin(isSent());
        if (fault.isPresent()) {
            fail(failure(fault.get(), null));
        } else {
            succeed(System.nanoTime());
        }
    }

    private void succeed(long nowNanos) throws IOException {
        if (isSilent() && !budget.isSpent()) {
            fail(silent());
            return;
        }
        MutableExchange exchange = context.exchange();
        exchange.number = number;
        exchange.local = connector.local();
        exchange.peer = connector.peer();
        exchange.answer = verifier.message();
        exchange.bytesSent = verifier.sent();
        exchange.bytesReceived = verifier.received();
        exchange.connectNanos = connectNanos();
        exchange.firstByteNanos = MutableExchange.NONE;
        exchange.dueNanos = connectedNanos;
        exchange.sentNanos = connectedNanos;
        exchange.endNanos = nowNanos;
        end(nowNanos);
        recorder.recordSent(number);
        recorder.recordSuccess(exchange);
    }

    /** Returns whether nothing was transferred, although the stream had its turn. */
    private boolean isSilent() {
        return (isSender ? verifier.sent() : verifier.received()) == 0 && !isWaiting;
    }

    private ExchangeException silent() {
        return failure(new Fault(Kind.SILENT, "no bytes were transferred"), null);
    }

    private void end(long nowNanos) {
        endNanos = nowNanos;
        close();
    }

    private ExchangeException failure(Fault fault, IOException cause) {
        return ExceptionTranslator.of(
                fault.kind(),
                connector.peer(),
                fault.detail(),
                verifier.message(),
                verifier.sent(),
                cause);
    }

    private void fail(ExchangeException failure) throws IOException {
        long nowNanos = System.nanoTime();
        recorder.begin(number, nowNanos);
        end(nowNanos);
        recorder.recordFailure(number, failure);
    }

    @Override
    public long expire(long nowNanos) throws IOException {
        if (state == State.CONNECTING) {
            connector.expire(nowNanos, connectEndNanos());
            checkConnected();
        }
        if (state == State.TRANSFERRING && isAtEnd(nowNanos)) {
            stop(nowNanos);
        }
        boolean isConnected = state == State.TRANSFERRING || state == State.ENDING;
        boolean isStalled = nowNanos >= stallNanos();
        if (isConnected && (isStalled || nowNanos >= lastNanos())) {
            fail(failure(verifier.onStall(isSent()), new SocketTimeoutException("timed out")));
        }
        return switch (state) {
            case UNUSED, CLOSED -> MonotonicTime.NEVER;
            case CONNECTING -> Math.min(connectEndNanos(), connector.wakeNanos());
            case TRANSFERRING -> Math.min(endNanos, stallNanos());
            case ENDING -> Math.min(lastNanos(), stallNanos());
        };
    }

    /** Returns the time at which the stream fails unless bytes are sent or arrive. */
    private long stallNanos() {
        return state == State.TRANSFERRING && isWaiting
                ? MonotonicTime.NEVER
                : activeNanos + context.timeoutNanos();
    }

    /**
     * Returns the time at which the stream fails even if bytes arrive: its duration and the
     * timeout.
     */
    private long lastNanos() {
        return durationNanos == MonotonicTime.NEVER
                ? MonotonicTime.NEVER
                : connectedNanos + durationNanos + context.timeoutNanos();
    }

    private long connectEndNanos() {
        return connector.startNanos() + context.timeoutNanos();
    }

    @Override
    public void addFigures(List<StreamFigures> streams, boolean isInterval, long nowNanos) {
        long toNanos = state == State.CLOSED ? endNanos : nowNanos;
        long fromNanos = isInterval ? reportedNanos : connectedNanos;
        boolean hasConnected = connectedNanos != 0;
        streams.add(
                new StreamFigures(
                        streams.size() + 1,
                        verifier.sent() - (isInterval ? reportedSent : 0),
                        verifier.received() - (isInterval ? reportedReceived : 0),
                        Duration.ofNanos(hasConnected ? Math.max(toNanos - fromNanos, 0) : 0)));
        if (isInterval) {
            reportedNanos = nowNanos;
            reportedSent = verifier.sent();
            reportedReceived = verifier.received();
        }
    }

    @Override
    public void abandon() throws IOException {
        long nowNanos = System.nanoTime();
        boolean isLong = nowNanos - connectedNanos >= MIN_SILENCE_NANOS;
        if (state == State.TRANSFERRING && isLong && isSilent()) {
            fail(silent());
        } else if (!isIdle()) {
            end(nowNanos);
        }
    }

    @Override
    public void close() {
        state = State.CLOSED;
        connector.close();
    }
}
