package net.client.run.internal;

import net.client.connect.ExchangeException;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Fault;
import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;
import net.client.run.RunResult.StreamFigures;
import net.protocol.Service;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Optional;

/**
 * A stream of a run: a TCP connection that bytes go through as fast as it takes them. Where some
 * are sent, it half-closes when the time is up, and is over with the peer's FIN, the receipt.
 */
final class StreamFlow extends Flow {
    /** So much is moved each way before it is the turn of others. */
    private static final int MAX_TURN_BYTES = 1024 * 1024;

    /** A small block has its turns, too. */
    private static final int MAX_TURN_CALLS = 64;

    private enum State {
        UNUSED,
        CONNECTING,
        MOVING,

        /** Nothing is sent any more, and the peer's FIN is awaited. */
        ENDING,
        OVER
    }

    private final RunConfig config;
    private final RunLoop loop;
    private final RunRecorder meter;
    private final ByteBudget quota;
    private final long durationNanos;
    private final boolean isSender;
    private final ByteBuffer out;
    private final TcpConnector route;
    private State state = State.UNUSED;
    private final StreamVerifier reply;
    private long number;
    private long connectedNanos;

    /** When it is to end, or has ended. */
    private long endNanos;

    private long toldNanos;
    private long toldSent;
    private long toldReceived;

    /** When a byte last came or went. */
    private long movedNanos;

    private IOException sendFailure;

    StreamFlow(RunConfig config, RunLoop loop, ByteBuffer payload, ByteBudget quota) {
        this.config = config;
        this.loop = loop;
        this.meter = loop.meter();
        this.quota = quota;
        this.durationNanos =
                config.duration().isPresent()
                        ? MonotonicTime.nanos(config.duration().get())
                        : MonotonicTime.NEVER;
        this.isSender = config.service() != Service.CHARGEN;
        this.out = payload.duplicate();
        this.route = new TcpConnector(config.client(), loop, this);
        this.reply = new StreamVerifier(config.service(), payload);
    }

    @Override
    boolean isFree() {
        return state == State.UNUSED;
    }

    @Override
    boolean isIdle() {
        return state == State.UNUSED || state == State.OVER;
    }

    @Override
    void begin(long number, long dueNanos) throws IOException {
        this.number = number;
        state = State.CONNECTING;
        route.open(System.nanoTime());
        attempted();
    }

    /** Goes on with the attempts to connect, if they have come to something. */
    private void attempted() throws IOException {
        if (route.isConnected(SelectionKey.OP_READ | (isSender ? SelectionKey.OP_WRITE : 0))) {
            connected();
        } else if (route.isFailed()) {
            fail(route.failure());
        }
    }

    private void connected() throws IOException {
        connectedNanos = System.nanoTime();
        movedNanos = connectedNanos;
        toldNanos = connectedNanos;
        boolean isEndless = durationNanos == MonotonicTime.NEVER;
        endNanos = isEndless ? durationNanos : connectedNanos + durationNanos;
        state = State.MOVING;
        meter.begun(number, connectedNanos);
        route.tell(connectNanos());
        loop.expireBy(expire(connectedNanos));
    }

    private long connectNanos() {
        return connectedNanos - route.startNanos();
    }

    private boolean isUp(long nowNanos) {
        return quota.isSpent() || nowNanos >= endNanos;
    }

    @Override
    void ready(SelectionKey ready) throws IOException {
        long nowNanos = System.nanoTime();
        if (state == State.CONNECTING) {
            route.ready(ready, nowNanos);
            attempted();
            return;
        }
        int ops = ready.readyOps();
        if (state == State.MOVING && isUp(nowNanos)) {
            stop(nowNanos);
        }
        if (state == State.MOVING && (ops & SelectionKey.OP_WRITE) != 0) {
            write(nowNanos);
        }
        if (state != State.OVER && (ops & SelectionKey.OP_READ) != 0) {
            read(nowNanos);
        }
    }

    /** Writes as much as there is room for, up to its turn. */
    private void write(long nowNanos) throws IOException {
        long written = 0;
        try {
            for (int calls = 0; written < MAX_TURN_BYTES && calls < MAX_TURN_CALLS; calls++) {
                if (out.position() == out.capacity()) {
                    out.rewind();
                }
                out.limit(out.position() + quota.limit(out.capacity() - out.position()));
                int count = route.channel().write(out);
                written += count;
                quota.spend(count);
                if (quota.isSpent() || out.hasRemaining()) {
                    break;
                }
            }
        } catch (IOException e) {
            sendFailure = e;
        }
        reply.sent(written);
        meter.moved(number, written, 0);
        if (written > 0) {
            movedNanos = nowNanos;
        }
        if (sendFailure != null || isUp(nowNanos)) {
            stop(nowNanos);
        }
    }

    /** Sends no more, or takes no more where it has sent nothing. */
    private void stop(long nowNanos) throws IOException {
        // Others may wait for room, or for what they need not have any more.
        loop.expireBy(nowNanos);
        if (!isSender) {
            succeed(nowNanos);
            return;
        }
        state = State.ENDING;
        movedNanos = nowNanos;
        route.await(SelectionKey.OP_READ);
        try {
            route.channel().shutdownOutput();
        } catch (IOException e) {
            // What the peer sent can be read all the same, to its end.
            sendFailure = sendFailure == null ? e : sendFailure;
        }
    }

    /** Reads what has come, up to its turn. */
    private void read(long nowNanos) throws IOException {
        ByteBuffer in = loop.scratch();
        int room = isSender ? in.capacity() : quota.limit(in.capacity());
        long received = 0;
        int count = room;
        while (state != State.OVER && count == room && received < MAX_TURN_BYTES) {
            in.clear().limit(room);
            try {
                count = route.channel().read(in);
            } catch (IOException e) {
                fail(failure(reply.atReset(isSent()), e));
                return;
            }
            if (count < 0) {
                ended();
            } else if (count > 0) {
                received += count;
                movedNanos = nowNanos;
                taken(in.flip(), nowNanos);
                room = isSender ? room : quota.limit(room);
            }
        }
    }

    private void taken(ByteBuffer in, long nowNanos) throws IOException {
        int count = in.remaining();
        meter.moved(number, 0, count);
        quota.spend(isSender ? 0 : count);
        Optional<Fault> fault = reply.take(in);
        if (fault.isPresent()) {
            fail(failure(fault.get(), null));
        } else if (!isSender && quota.isSpent()) {
            stop(nowNanos);
        }
    }

    private boolean isSent() {
        return state == State.ENDING && sendFailure == null;
    }

    /** Takes the peer's FIN. */
    private void ended() throws IOException {
        if (sendFailure != null) {
            // A reset that the write was told of reads as an end.
            fail(failure(reply.atReset(false), sendFailure));
            return;
        }
        Optional<Fault> fault = reply.atFin(isSent());
        if (fault.isPresent()) {
            fail(failure(fault.get(), null));
        } else {
            succeed(System.nanoTime());
        }
    }

    private void succeed(long nowNanos) throws IOException {
        MutableExchange outcome = loop.outcome();
        outcome.number = number;
        outcome.local = route.local();
        outcome.peer = route.peer();
        outcome.answer = reply.message();
        outcome.bytesSent = reply.sent();
        outcome.bytesReceived = reply.received();
        outcome.connectNanos = connectNanos();
        outcome.firstByteNanos = MutableExchange.NONE;
        outcome.dueNanos = connectedNanos;
        outcome.sentNanos = connectedNanos;
        outcome.endNanos = nowNanos;
        end(nowNanos);
        meter.sent(number);
        meter.ok(outcome);
    }

    private void end(long nowNanos) {
        endNanos = nowNanos;
        close();
    }

    private ExchangeException failure(Fault fault, IOException cause) {
        return ExceptionTranslator.of(
                fault.kind(), route.peer(), fault.detail(), reply.message(), reply.sent(), cause);
    }

    private void fail(ExchangeException failure) throws IOException {
        long nowNanos = System.nanoTime();
        meter.begun(number, nowNanos);
        end(nowNanos);
        meter.failed(number, failure);
    }

    @Override
    long expire(long nowNanos) throws IOException {
        if (state == State.CONNECTING) {
            route.expire(nowNanos, connectEndNanos());
            attempted();
        }
        if (state == State.MOVING && isUp(nowNanos)) {
            stop(nowNanos);
        }
        boolean isStanding = state == State.MOVING || state == State.ENDING;
        if (isStanding && nowNanos - movedNanos >= loop.timeoutNanos()) {
            fail(failure(reply.stalled(isSent()), new SocketTimeoutException("timed out")));
        }
        return switch (state) {
            case UNUSED, OVER -> MonotonicTime.NEVER;
            case CONNECTING -> Math.min(connectEndNanos(), route.wakeNanos());
            case MOVING -> Math.min(endNanos, movedNanos + loop.timeoutNanos());
            case ENDING -> movedNanos + loop.timeoutNanos();
        };
    }

    private long connectEndNanos() {
        return route.startNanos() + loop.timeoutNanos();
    }

    /** Returns what went through: since the last call for an interval, or at all. */
    StreamFigures figures(int stream, boolean isInterval, long nowNanos) {
        long toNanos = state == State.OVER ? endNanos : nowNanos;
        long fromNanos = isInterval ? toldNanos : connectedNanos;
        boolean hasStood = connectedNanos != 0;
        StreamFigures figures =
                new StreamFigures(
                        stream,
                        reply.sent() - (isInterval ? toldSent : 0),
                        reply.received() - (isInterval ? toldReceived : 0),
                        Duration.ofNanos(hasStood ? Math.max(toNanos - fromNanos, 0) : 0));
        if (isInterval) {
            toldNanos = nowNanos;
            toldSent = reply.sent();
            toldReceived = reply.received();
        }
        return figures;
    }

    @Override
    void abandon() {
        if (!isIdle()) {
            end(System.nanoTime());
        }
    }

    @Override
    void close() {
        state = State.OVER;
        route.close();
    }
}
