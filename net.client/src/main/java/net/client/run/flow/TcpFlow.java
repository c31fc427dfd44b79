package net.client.run.flow;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Fault;
import net.client.connect.internal.TlsProbe;
import net.client.internal.MonotonicTime;
import net.client.run.RunConfig;
import net.client.run.record.MutableExchange;
import net.client.run.record.RunCounters;
import net.client.run.record.RunRecorder;
import net.protocol.Service;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Optional;

/**
 * A TCP connection for the exchanges of a run, reopened when necessary. An exchange sends the
 * payload. An {@code echo} ends with the last byte received, and may be followed by others on the
 * same connection; exchanges of other services half-close, and end with the peer's FIN, the
 * receipt.
 */
final class TcpFlow extends Flow {
    /** Maximum exchanges in flight on a connection of an open loop. */
    static final int MAX_PIPELINE = 1024;

    private final RunConfig config;
    private final FlowContext context;
    private final RunRecorder recorder;
    private final boolean endsAtFin;
    private final ByteBuffer out;
    private final ResponseReader response;
    private final InFlightQueue inFlight = new InFlightQueue();
    private final TcpConnector connector;
    private boolean isConnected;
    private long connectNanos = MutableExchange.NONE;

    /**
     * Time at which the connection was established; the wait for the first byte starts no earlier.
     */
    private long connectedNanos;

    private long firstByteNanos = MutableExchange.NONE;

    /** Number of the newest exchanges in flight that are not completely written. */
    private int unwritten;

    private IOException sendFailure;

    TcpFlow(FlowContext context, FlowListener listener, ByteBuffer payload) {
        super(listener);
        this.config = context.config();
        this.context = context;
        this.recorder = context.recorder();
        this.endsAtFin = config.service() != Service.ECHO;
        this.out = payload.duplicate();
        this.connector = new TcpConnector(context, this);
        this.response = ResponseReader.of(config.service(), payload, context.echo());
    }

    @Override
    public boolean isFree() {
        boolean isPipelined =
                config.isOpenLoop() && !endsAtFin && !config.reconnect() && !isOutdated();
        return inFlight.size() < (isPipelined ? MAX_PIPELINE : 1);
    }

    /** Returns whether the connection is to an address that the server's name no longer has. */
    private boolean isOutdated() {
        return isConnected && !context.addresses().contains(connector.peer());
    }

    @Override
    public boolean isIdle() {
        return inFlight.size() == 0;
    }

    @Override
    public void begin(long number, long dueNanos) throws IOException {
        if (isIdle() && isOutdated()) {
            closeChannel();
        }
        long nowNanos = System.nanoTime();
        inFlight.add(number, dueNanos, nowNanos);
        if (isConnected) {
            unwritten++;
            if (unwritten == 1) {
                write();
            }
        } else if (inFlight.size() == 1) {
            connector.start(nowNanos);
            inFlight.setLastSent(connector.startNanos());
            checkConnected();
        }
    }

    /** Starts to write once connected; fails once all attempts have failed. */
    private void checkConnected() throws IOException {
        if (connector.finishConnect(SelectionKey.OP_READ)) {
            connected();
        } else if (connector.isFailed()) {
            fail(connector.failure());
        }
    }

    private void connected() {
        isConnected = true;
        unwritten = inFlight.size();
        connectedNanos = System.nanoTime();
        connectNanos = connectedNanos - inFlight.sentNanos();
        write();
    }

    /** Writes until the send buffer is full. */
    private void write() {
        try {
            while (unwritten > 0) {
                long number = inFlight.number(inFlight.size() - unwritten);
                recorder.recordBytesSent(number, connector.channel().write(out));
                if (out.hasRemaining()) {
                    connector.setInterest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
                if (endsAtFin) {
                    connector.channel().shutdownOutput();
                }
                recorder.recordSent(number);
                unwritten--;
                out.rewind();
            }
        } catch (IOException e) {
            // Bytes that the peer has sent can still be read.
            sendFailure = e;
        }
        connector.setInterest(SelectionKey.OP_READ);
    }

    @Override
    void ready(SelectionKey ready) throws IOException {
        if (!isConnected) {
            connector.ready(ready, System.nanoTime());
            checkConnected();
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
        ByteBuffer in = context.readBuffer();
        int count = 0;
        try {
            count = connector.channel().read(in.clear());
        } catch (IOException e) {
            onReset(e);
            return;
        }
        if (count < 0) {
            onFin();
        } else {
            onBytes(in.flip(), System.nanoTime());
        }
    }

    /** Reads response bytes, possibly of several exchanges. */
    private void onBytes(ByteBuffer in, long nowNanos) throws IOException {
        while (in.hasRemaining()) {
            if (inFlight.size() == 0) {
                // Unsolicited bytes: further responses could not be matched to their exchanges.
                closeChannel();
                return;
            }
            if (response.received() == 0) {
                firstByteNanos = nowNanos - Math.max(connectedNanos, inFlight.sentNanos());
            }
            Optional<Fault> fault = response.read(in);
            if (fault.isPresent()) {
                fail(failure(fault.get(), null));
                return;
            }
            boolean isWritten = unwritten < inFlight.size();
            if (response.isComplete() && !isWritten) {
                fail(
                        failure(
                                new Fault(
                                        Kind.PROTOCOL,
                                        "answer before the request was completely sent"),
                                null));
                return;
            }
            if (response.isComplete()) {
                succeed(nowNanos);
            }
        }
    }

    private void onFin() throws IOException {
        if (inFlight.size() == 0) {
            closeChannel();
            return;
        }
        boolean isSent = sendFailure == null && unwritten == 0;
        boolean isReset = sendFailure != null && !ExceptionTranslator.isPastEnd(sendFailure);
        Optional<Fault> fault = response.onFin(isSent, isReset);
        if (fault.isPresent()) {
            fail(failure(fault.get(), sendFailure));
        } else {
            succeed(System.nanoTime());
        }
    }

    private void onReset(IOException cause) throws IOException {
        if (inFlight.size() == 0) {
            closeChannel();
        } else {
            fail(failure(response.onReset(), cause));
        }
    }

    private void succeed(long nowNanos) throws IOException {
        // Reported only now, so that the time of the listener is not part of the exchange.
        connector.reportConnection(connectNanos);
        MutableExchange exchange = context.exchange();
        exchange.number = inFlight.number(0);
        exchange.local = connector.local();
        exchange.peer = connector.peer();
        exchange.answer = response.message();
        exchange.bytesSent = out.capacity();
        exchange.bytesReceived = response.received();
        exchange.connectNanos = connectNanos;
        exchange.firstByteNanos = firstByteNanos;
        exchange.dueNanos = config.isOpenLoop() ? inFlight.dueNanos() : inFlight.sentNanos();
        exchange.sentNanos = inFlight.sentNanos();
        exchange.endNanos = nowNanos;
        inFlight.removeFirst();
        response.clear();
        connectNanos = MutableExchange.NONE;
        firstByteNanos = MutableExchange.NONE;
        if (endsAtFin || config.reconnect()) {
            closeChannel();
        }
        recorder.recordSuccess(exchange);
        listener.onFree(this);
    }

    private ExchangeException failure(Fault fault, IOException cause) {
        boolean isWritten = unwritten < inFlight.size();
        long sent = isWritten ? out.capacity() : out.position();
        return ExceptionTranslator.of(
                fault.kind(), connector.peer(), fault.detail(), response.message(), sent, cause);
    }

    /** Closes the connection and fails all exchanges in flight. */
    private void fail(ExchangeException failed) throws IOException {
        ExchangeException failure =
                isConnected && shouldProbeTls()
                        ? TlsProbe.explained(config.client(), connector.peer(), failed)
                        : failed;
        recorder.recordBytesReceived(inFlight.number(0), response.received());
        connector.reportConnection(connectNanos);
        closeChannel();
        while (inFlight.size() > 0) {
            long number = inFlight.number(0);
            inFlight.removeFirst();
            recorder.recordFailure(number, failure);
        }
        listener.onFailure(this);
    }

    /** Not for {@code receive}, which would record the probe as a message. */
    private boolean shouldProbeTls() {
        return config.probeTls() && config.isSingle() && config.service() != Service.RECEIVE;
    }

    @Override
    public long expire(long nowNanos) throws IOException {
        if (inFlight.size() > 0) {
            long endNanos = endNanos();
            if (!isConnected) {
                connector.expire(nowNanos, endNanos);
                checkConnected();
            } else if (nowNanos >= endNanos) {
                fail(failure(response.onTimeout(), new SocketTimeoutException("timed out")));
            }
        }
        if (inFlight.size() == 0) {
            return MonotonicTime.NEVER;
        }
        return isConnected ? endNanos() : Math.min(endNanos(), connector.wakeNanos());
    }

    private long endNanos() {
        return inFlight.sentNanos() + context.timeoutNanos();
    }

    @Override
    public void abandon() throws IOException {
        if (config.isSingle() && isConnected) {
            fail(failure(new Fault(Kind.INTERRUPTED, "interrupted"), null));
        } else if (config.isSingle() && inFlight.size() > 0) {
            connector.giveUp();
            checkConnected();
        }
        for (int i = 0; isConnected && i < inFlight.size() - unwritten; i++) {
            recorder.count(inFlight.number(i), RunCounters::removeSent);
        }
        close();
    }

    private void closeChannel() {
        connector.close();
        isConnected = false;
        unwritten = 0;
        sendFailure = null;
        response.clear();
        connectNanos = MutableExchange.NONE;
        out.rewind();
    }

    @Override
    public void close() {
        closeChannel();
    }
}
