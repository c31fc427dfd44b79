package net.client.run.flow;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ConnectedUdpSocket;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.UdpFailover;
import net.client.probe.Probe;
import net.client.probe.Window;
import net.client.run.RunConfig;
import net.client.run.record.MutableExchange;
import net.client.run.record.RunCounters;
import net.client.run.record.RunRecorder;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * The exchanges of a UDP socket whose datagrams have been sent: recognizes their answers, and
 * records how they end.
 */
final class UdpExchanges {
    /** Effect of a received datagram on the exchange that it belongs to. */
    enum Change {
        /** Its exchange has succeeded. */
        SUCCEEDED,

        /** Its exchange has failed. */
        FAILED,

        /** No exchange in flight has ended. */
        NONE
    }

    /** On the loopback interface a refusal normally arrives before the next system call. */
    private static final Duration LOOPBACK_REFUSAL_WAIT = Duration.ofMillis(10);

    private final RunConfig config;
    private final FlowContext context;
    private final RunRecorder recorder;

    /** True if any datagram from the peer is an answer. */
    private final boolean isCheck;

    private final Probe probe;
    private final Window window;
    private final Optional<StampSession> stampSession;
    private final UdpFailover<ConnectedUdpSocket> failover;
    private final ReceiveDrops drops;

    /** The socket last passed to {@link #reportConnection}. */
    private ConnectedUdpSocket reported;

    /** Time at which the last datagram had been passed to the operating system. */
    private long handedOverNanos;

    /** Highest sequence number answered in time. */
    private long highestAnswered = -1;

    UdpExchanges(
            FlowContext context,
            Probe probe,
            Window window,
            Optional<StampSession> stampSession,
            UdpFailover<ConnectedUdpSocket> failover,
            ReceiveDrops drops) {
        this.config = context.config();
        this.context = context;
        this.recorder = context.recorder();
        this.isCheck = config.service() == Service.CONNECT;
        this.probe = probe;
        this.window = window;
        this.stampSession = stampSession;
        this.failover = failover;
        this.drops = drops;
    }

    /** Adds an exchange whose datagram has been sent. */
    void add(long number, long dueNanos, long sentNanos, int size) throws IOException {
        if (!config.isAnswered()) {
            succeedAll();
        }
        handedOverNanos = System.nanoTime();
        window.add(number, config.isOpenLoop() ? dueNanos : sentNanos, sentNanos);
        recorder.recordSent(number);
        recorder.recordBytesSent(number, size);
    }

    /** Ends the exchanges in flight successfully, since no refusal has arrived. */
    void succeedAll() throws IOException {
        while (window.waiting() > 0) {
            long sequence = window.oldest();
            window.answer(sequence);
            succeed(sequence, handedOverNanos, Message.of(""), 0);
        }
    }

    /** Handles an answer of the peer. */
    Change onAnswer(ByteBuffer answer, long nowNanos) throws IOException {
        if (!config.isAnswered()) {
            return Change.NONE;
        }
        failover.confirm();
        long sequence = probe.sequence(answer);
        if (!window.contains(sequence)) {
            // Its exchange is unknown; ignored during the warm-up.
            recorder.count(recorder.isMeasuring() ? 1 : 0, RunCounters::addCorrupt);
            return Change.NONE;
        }
        long number = window.number(sequence);
        boolean isIntact = probe.isIntact(answer, sequence, window.sentNanos(sequence));
        if (!isIntact) {
            recorder.count(number, RunCounters::addCorrupt);
        }
        Window.Answer kind = window.answer(sequence);
        boolean isRepeated =
                stampSession.isPresent() && recordStamp(sequence, kind, isIntact, answer, nowNanos);
        if (kind == Window.Answer.IN_TIME) {
            return onAnswerInTime(sequence, answer, isIntact, nowNanos);
        }
        if (kind == Window.Answer.LATE) {
            context.answerTimeout().recordRoundTrip(nowNanos - window.sentNanos(sequence));
            drops.removeLate(number);
            recorder.recordLate(number);
        } else if (!isCheck) {
            // A server may answer a check with several datagrams.
            recorder.count(isRepeated ? 0 : number, RunCounters::addDuplicate);
        }
        return Change.NONE;
    }

    private boolean recordStamp(
            long sequence, Window.Answer kind, boolean isIntact, ByteBuffer answer, long nowNanos) {
        if (isIntact) {
            return stampSession.get().record(sequence, kind, answer, nowNanos);
        }
        stampSession.get().recordCorrupt(sequence, kind);
        return false;
    }

    private Change onAnswerInTime(long sequence, ByteBuffer answer, boolean isIntact, long nowNanos)
            throws IOException {
        long number = window.number(sequence);
        recorder.count(number, RunCounters::addReceived);
        if (!isIntact) {
            recorder.recordFailure(
                    number, failure(Kind.CORRUPT, "answer differs from what was sent"));
            return Change.FAILED;
        }
        context.answerTimeout().recordRoundTrip(nowNanos - window.sentNanos(sequence));
        if (sequence < highestAnswered) {
            recorder.count(number, RunCounters::addReordered);
        }
        highestAnswered = Math.max(highestAnswered, sequence);
        Message message = isCheck ? beginning(answer) : context.echo();
        succeed(sequence, nowNanos, message, answer.remaining());
        return Change.SUCCEEDED;
    }

    private static Message beginning(ByteBuffer answer) {
        byte[] bytes = new byte[Math.min(answer.remaining(), Protocol.MAX_MESSAGE_BYTES)];
        answer.get(answer.position(), bytes);
        return Message.of(bytes);
    }

    private void succeed(long sequence, long nowNanos, Message answer, long bytesReceived)
            throws IOException {
        reportConnection(failover.socket());
        MutableExchange exchange = context.exchange();
        exchange.number = window.number(sequence);
        exchange.local = failover.socket().local();
        exchange.peer = failover.peer();
        exchange.answer = answer;
        exchange.bytesSent = context.requestBytes();
        exchange.bytesReceived = bytesReceived;
        exchange.connectNanos = MutableExchange.NONE;
        exchange.firstByteNanos = MutableExchange.NONE;
        exchange.dueNanos = window.dueNanos(sequence);
        exchange.sentNanos = window.sentNanos(sequence);
        exchange.endNanos = nowNanos;
        recorder.recordSuccess(exchange);
    }

    /** Reports a socket once, unless the last reported one has the same address. */
    private void reportConnection(ConnectedUdpSocket socket) throws IOException {
        if (reported != socket) {
            reported = socket;
            if (context.addresses().prefer(socket.peer())) {
                recorder.reportConnection(socket.connection(failover.failures()));
            }
        }
    }

    /** Handles a datagram from an address other than the peer's. */
    Change onStrayDatagram(ByteBuffer answer, InetSocketAddress from) throws IOException {
        ExchangeException failure =
                failure(
                        Kind.WRONG_SOURCE,
                        "answer from " + Endpoint.of(from) + ", which is not the server's address");
        long sequence = probe.sequence(answer);
        boolean isAnswer =
                !isCheck
                        && window.isWaiting(sequence)
                        && probe.isIntact(answer, sequence, window.sentNanos(sequence));
        if (isAnswer && config.isAnswered()) {
            giveUp(sequence, failure, System.nanoTime());
            return Change.FAILED;
        }
        recorder.recordError(failure);
        return Change.NONE;
    }

    /** Ends an exchange as lost. */
    void giveUp(long sequence, ExchangeException failure, long endNanos) throws IOException {
        long number = window.number(sequence);
        window.giveUp(sequence);
        drops.addUnanswered(number);
        recorder.recordFailure(number, failure, endNanos);
        if (stampSession.isPresent() && failover.isOpen()) {
            stampSession.get().repeatAfterLoss(failover.socket(), highestAnswered, sequence);
        }
    }

    ExchangeException failure(Kind kind, String detail) {
        return ExceptionTranslator.of(
                kind, failover.peer(), detail, Message.of(""), context.requestBytes(), null);
    }

    /** Returns the time to wait for an answer, or for a refusal if there are no answers. */
    long waitNanos() {
        if (config.isAnswered()) {
            return context.answerTimeout().nanos();
        }
        boolean isLoopback = failover.peer().getAddress().isLoopbackAddress();
        Duration wait = isLoopback ? LOOPBACK_REFUSAL_WAIT : ClientConfig.UDP_REFUSAL_WAIT;
        return Math.min(wait.toNanos(), context.timeoutNanos());
    }

    /** Returns whether this or a later datagram has been answered in time. */
    boolean isAnsweredUpTo(long sequence) {
        return highestAnswered >= sequence;
    }

    /** Removes the datagrams in flight from the counts, since the run has ended. */
    void abandon() {
        for (long sequence = window.oldest(); sequence < window.next(); sequence++) {
            if (window.isWaiting(sequence)) {
                recorder.count(window.number(sequence), RunCounters::removeSent);
            }
        }
    }
}
