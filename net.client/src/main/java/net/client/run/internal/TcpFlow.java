package net.client.run.internal;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Fault;
import net.client.connect.internal.TlsProbe;
import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;
import net.protocol.Service;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Optional;

/**
 * A TCP connection of a run, or one after the other. An exchange sends the payload; {@code echo} is
 * over with the last byte that comes back, and may be followed by others on the same connection;
 * the other services half-close, and are over with the peer's FIN, the receipt.
 */
final class TcpFlow extends Flow {
    /** How many exchanges of an open loop may be under way on a connection. */
    static final int MAX_PIPELINE = 1024;

    private final RunConfig config;
    private final RunLoop loop;
    private final RunRecorder meter;
    private final boolean endsAtFin;
    private final ByteBuffer out;
    private final ResponseReader reply;
    private final InFlightQueue turns = new InFlightQueue();

    private final TcpConnector route;
    private boolean isConnected;
    private long connectNanos = MutableExchange.NONE;

    /** From when the first byte is awaited. */
    private long askedNanos;

    private long firstByteNanos = MutableExchange.NONE;

    /** The last so many of the exchanges under way are not written whole. */
    private int unwritten;

    private IOException sendFailure;

    TcpFlow(RunConfig config, RunLoop loop, ByteBuffer payload) {
        this.config = config;
        this.loop = loop;
        this.meter = loop.meter();
        this.endsAtFin = config.service() != Service.ECHO;
        this.out = payload.duplicate();
        this.route = new TcpConnector(config.client(), loop, this);
        this.reply = ResponseReader.of(config.service(), payload, loop.answer());
    }

    @Override
    boolean isFree() {
        boolean isPipelined = config.isOpenLoop() && !endsAtFin && !config.reconnect();
        return turns.size() < (isPipelined ? MAX_PIPELINE : 1);
    }

    @Override
    boolean isIdle() {
        return turns.size() == 0;
    }

    @Override
    void begin(long number, long dueNanos) throws IOException {
        long nowNanos = System.nanoTime();
        turns.add(number, dueNanos, nowNanos);
        if (isConnected) {
            unwritten++;
            if (unwritten == 1) {
                write();
            }
        } else if (turns.size() == 1) {
            route.open(nowNanos);
            turns.sentLast(route.startNanos());
            attempted();
        }
    }

    /** Goes on with the attempts to connect, if they have come to something. */
    private void attempted() throws IOException {
        if (route.isConnected(SelectionKey.OP_READ)) {
            connected();
        } else if (route.isFailed()) {
            fail(route.failure());
        }
    }

    private void connected() {
        isConnected = true;
        unwritten = turns.size();
        askedNanos = System.nanoTime();
        connectNanos = askedNanos - turns.sentNanos();
        write();
    }

    /** Writes as much as there is room for. */
    private void write() {
        try {
            while (unwritten > 0) {
                long number = turns.number(turns.size() - unwritten);
                meter.sentBytes(number, route.channel().write(out));
                if (out.hasRemaining()) {
                    route.await(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
                if (endsAtFin) {
                    route.channel().shutdownOutput();
                }
                meter.sent(number);
                unwritten--;
                out.rewind();
            }
        } catch (IOException e) {
            // What the peer sent can be read all the same, to its end.
            sendFailure = e;
        }
        route.await(SelectionKey.OP_READ);
    }

    @Override
    void ready(SelectionKey ready) throws IOException {
        if (!isConnected) {
            route.ready(ready, System.nanoTime());
            attempted();
            return;
        }
        if (ready.isWritable()) {
            write();
        }
        if (ready.isReadable()) {
            read();
        }
    }

    private void read() throws IOException {
        ByteBuffer in = loop.scratch();
        int count = 0;
        try {
            count = route.channel().read(in.clear());
        } catch (IOException e) {
            reset(e);
            return;
        }
        if (count < 0) {
            ended();
        } else {
            answered(in.flip(), System.nanoTime());
        }
    }

    /** Takes a piece of what comes back, which may be of several exchanges. */
    private void answered(ByteBuffer in, long nowNanos) throws IOException {
        while (in.hasRemaining()) {
            if (turns.size() == 0) {
                // More than was asked for: what comes next on this connection is not to be trusted.
                closeChannel();
                return;
            }
            if (reply.received() == 0) {
                firstByteNanos = nowNanos - Math.max(askedNanos, turns.sentNanos());
            }
            Optional<Fault> fault = reply.take(in);
            if (fault.isPresent()) {
                fail(failure(fault.get(), null));
                return;
            }
            boolean isWritten = unwritten < turns.size();
            if (reply.isWhole() && !isWritten) {
                fail(failure(new Fault(Kind.PROTOCOL, "answer before all was sent"), null));
                return;
            }
            if (reply.isWhole()) {
                succeed(nowNanos);
            }
        }
    }

    /** Takes the peer's FIN. */
    private void ended() throws IOException {
        if (turns.size() == 0) {
            closeChannel();
            return;
        }
        boolean isSent = sendFailure == null && unwritten == 0;
        boolean isReset = sendFailure != null && !ExceptionTranslator.isPastEnd(sendFailure);
        Optional<Fault> fault = reply.atFin(isSent, isReset);
        if (fault.isPresent()) {
            fail(failure(fault.get(), sendFailure));
        } else {
            succeed(System.nanoTime());
        }
    }

    private void reset(IOException cause) throws IOException {
        if (turns.size() == 0) {
            closeChannel();
        } else {
            fail(failure(reply.atReset(), cause));
        }
    }

    private void succeed(long nowNanos) throws IOException {
        // Not before the exchange is over, whose time that would take.
        route.tell(connectNanos);
        MutableExchange outcome = loop.outcome();
        outcome.number = turns.number(0);
        outcome.local = route.local();
        outcome.peer = route.peer();
        outcome.answer = reply.message();
        outcome.bytesSent = out.capacity();
        outcome.bytesReceived = reply.received();
        outcome.connectNanos = connectNanos;
        outcome.firstByteNanos = firstByteNanos;
        outcome.dueNanos = config.isOpenLoop() ? turns.dueNanos() : turns.sentNanos();
        outcome.sentNanos = turns.sentNanos();
        outcome.endNanos = nowNanos;
        turns.removeFirst();
        reply.clear();
        connectNanos = MutableExchange.NONE;
        firstByteNanos = MutableExchange.NONE;
        if (endsAtFin || config.reconnect()) {
            closeChannel();
        }
        meter.ok(outcome);
        loop.freed(this);
    }

    private ExchangeException failure(Fault fault, IOException cause) {
        boolean isWritten = unwritten < turns.size();
        long sent = isWritten ? out.capacity() : out.position();
        return ExceptionTranslator.of(
                fault.kind(), route.peer(), fault.detail(), reply.message(), sent, cause);
    }

    /** Ends all that is under way on the connection, and the connection. */
    private void fail(ExchangeException failed) throws IOException {
        ExchangeException failure =
                isConnected && asksForTls()
                        ? TlsProbe.explained(config.client(), route.peer(), failed)
                        : failed;
        meter.receivedBytes(turns.number(0), reply.received());
        route.tell(connectNanos);
        closeChannel();
        while (turns.size() > 0) {
            long number = turns.number(0);
            turns.removeFirst();
            meter.failed(number, failure);
        }
        loop.rests(this);
    }

    /** Who has a receipt to give would record the question as a message. */
    private boolean asksForTls() {
        return config.asksForTls() && config.isSingle() && config.service() != Service.RECEIVE;
    }

    @Override
    long expire(long nowNanos) throws IOException {
        if (turns.size() > 0) {
            long endNanos = endNanos();
            if (!isConnected) {
                route.expire(nowNanos, endNanos);
                attempted();
            } else if (nowNanos >= endNanos) {
                fail(failure(reply.late(), new SocketTimeoutException("timed out")));
            }
        }
        if (turns.size() == 0) {
            return MonotonicTime.NEVER;
        }
        return isConnected ? endNanos() : Math.min(endNanos(), route.wakeNanos());
    }

    private long endNanos() {
        return turns.sentNanos() + loop.timeoutNanos();
    }

    @Override
    void abandon() throws IOException {
        if (config.isSingle() && isConnected) {
            fail(failure(new Fault(Kind.INTERRUPTED, "interrupted"), null));
        } else if (config.isSingle() && turns.size() > 0) {
            route.giveUp();
            attempted();
        }
        for (int place = 0; isConnected && place < turns.size() - unwritten; place++) {
            meter.count(turns.number(place), figures -> figures.sent--);
        }
        close();
    }

    private void closeChannel() {
        route.close();
        isConnected = false;
        unwritten = 0;
        sendFailure = null;
        reply.clear();
        connectNanos = MutableExchange.NONE;
        out.rewind();
    }

    @Override
    void close() {
        closeChannel();
    }
}
