package net.client.run.flow;

import net.client.connect.ExchangeException;
import net.client.run.RunConfig;
import net.client.run.record.MutableExchange;
import net.client.run.record.RunRecorder;
import net.protocol.Message;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;

/**
 * Checks of a TCP port. An exchange ends once its connection is established; the connection is then
 * closed in order, beside further exchanges.
 */
final class ConnectFlow extends Flow {
    /** Time to wait for the peer's FIN, in addition to multiples of the connection time. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Round trips to wait for the peer's FIN; connecting takes one. */
    private static final int LINGER_ROUND_TRIPS = 3;

    private final RunConfig config;
    private final FlowContext context;
    private final RunRecorder recorder;
    private final TcpConnector connector;
    private final LingeringClose lingering = new LingeringClose();
    private boolean isConnecting;
    private long number;
    private long dueNanos;

    ConnectFlow(FlowContext context, FlowListener listener) {
        super(listener);
        this.config = context.config();
        this.context = context;
        this.recorder = context.recorder();
        this.connector = new TcpConnector(context, this);
    }

    @Override
    public boolean isFree() {
        return !isConnecting;
    }

    @Override
    public boolean isIdle() {
        return !isConnecting && lingering.isEmpty();
    }

    @Override
    public void begin(long begun, long scheduledNanos) throws IOException {
        number = begun;
        dueNanos = scheduledNanos;
        isConnecting = true;
        connector.start(System.nanoTime());
        checkConnected(System.nanoTime());
    }

    /** Succeeds or fails with the connection attempts, whose state is that of the given time. */
    private void checkConnected(long nowNanos) throws IOException {
        if (connector.finishConnect(SelectionKey.OP_READ)) {
            succeed(nowNanos);
        } else if (connector.isFailed()) {
            fail(connector.failure());
        }
    }

    private void succeed(long nowNanos) throws IOException {
        isConnecting = false;
        long connectNanos = nowNanos - connector.startNanos();
        try {
            connector.channel().shutdownOutput();
        } catch (IOException expected) {
            // The peer has reset the connection, which was established nevertheless.
        }
        connector.reportConnection(connectNanos);
        lingering.add(
                connector.release(), nowNanos + LINGER_NANOS + LINGER_ROUND_TRIPS * connectNanos);
        MutableExchange exchange = context.exchange();
        exchange.number = number;
        exchange.local = connector.local();
        exchange.peer = connector.peer();
        exchange.answer = Message.of("");
        exchange.bytesSent = 0;
        exchange.bytesReceived = 0;
        exchange.connectNanos = connectNanos;
        exchange.firstByteNanos = MutableExchange.NONE;
        exchange.dueNanos = config.isOpenLoop() ? dueNanos : connector.startNanos();
        exchange.sentNanos = connector.startNanos();
        exchange.endNanos = nowNanos;
        recorder.recordSent(number);
        recorder.recordSuccess(exchange);
        listener.onDeadline(lingering.expire(nowNanos));
        listener.onFree(this);
    }

    private void fail(ExchangeException failure) throws IOException {
        isConnecting = false;
        connector.close();
        recorder.recordFailure(number, failure);
        listener.onFailure(this);
    }

    @Override
    void ready(SelectionKey key) throws IOException {
        if (!lingering.ready(key, context.readBuffer()) && isConnecting) {
            long nowNanos = System.nanoTime();
            connector.ready(key, nowNanos);
            checkConnected(nowNanos);
        }
    }

    @Override
    public long expire(long nowNanos) throws IOException {
        if (isConnecting) {
            connector.expire(nowNanos, endNanos());
            checkConnected(nowNanos);
        }
        long lingerNanos = lingering.expire(nowNanos);
        return isConnecting
                ? Math.min(lingerNanos, Math.min(endNanos(), connector.wakeNanos()))
                : lingerNanos;
    }

    private long endNanos() {
        return connector.startNanos() + context.timeoutNanos();
    }

    @Override
    public void abandon() throws IOException {
        if (config.isSingle() && isConnecting) {
            connector.giveUp();
            checkConnected(System.nanoTime());
        }
        close();
    }

    @Override
    public void close() {
        isConnecting = false;
        connector.close();
        lingering.close();
    }
}
