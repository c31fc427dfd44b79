package net.client.run.internal;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ConnectedUdpSocket;
import net.client.connect.internal.ExceptionTranslator;
import net.client.internal.MonotonicTime;
import net.client.probe.Probe;
import net.client.probe.StampProbe;
import net.client.probe.Window;
import net.client.run.RunConfig;
import net.protocol.Endpoint;
import net.protocol.Message;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Optional;

/**
 * A UDP socket of a run. Where the service does not answer, an exchange succeeds once the next one
 * is sent, or a while has passed, and nobody was heard to refuse it.
 */
final class UdpFlow extends Flow {
    /** How many datagrams are taken from a socket before it is the turn of others. */
    private static final int MAX_BATCH = 64;

    /** On the loopback interface the word is there before the next call, if the machine is idle. */
    private static final Duration LOOPBACK_REFUSAL_WAIT = Duration.ofMillis(10);

    private final RunConfig config;
    private final RunLoop loop;
    private final RunRecorder meter;
    private final Probe probe;
    private final Optional<StampSession> reflector;
    private final Window window = new Window();
    private final UdpFailover route;

    /** A datagram that the system had no room for: its exchange's number and time. */
    private boolean isHeld;

    private long heldNumber;
    private long heldDueNanos;

    /** When the last datagram was with the system. */
    private long handedOverNanos;

    /** The highest sequence that was answered in time. */
    private long highest = -1;

    UdpFlow(RunConfig config, RunLoop loop, Probe probe, StampStatistics reflections) {
        this.config = config;
        this.loop = loop;
        this.meter = loop.meter();
        this.probe = probe;
        this.reflector =
                probe instanceof StampProbe stamp
                        ? Optional.of(new StampSession(stamp, window, reflections))
                        : Optional.empty();
        this.route = new UdpFailover(config.client().socket(), loop, this);
    }

    @Override
    boolean isFree() {
        boolean isLockstep = !config.isOpenLoop() && config.isAnswered();
        return !isHeld && (isLockstep ? window.waiting() == 0 : !window.isFull());
    }

    @Override
    boolean isIdle() {
        boolean isAsking = reflector.isPresent() && reflector.get().isAsking();
        return !isHeld && window.waiting() == 0 && !isAsking;
    }

    @Override
    void begin(long number, long dueNanos) throws IOException {
        isHeld = false;
        while (route.isOpen() || route.open()) {
            ConnectedUdpSocket socket = route.socket();
            long nowNanos = System.nanoTime();
            ByteBuffer question = probe.question(window.next(), nowNanos);
            int size = question.remaining();
            try {
                isHeld = !socket.send(question);
            } catch (PortUnreachableException e) {
                // The word on a datagram before this one, which has not been sent.
                refused(e);
                continue;
            } catch (IOException e) {
                meter.failed(number, ExceptionTranslator.at("send to", socket.peer(), 0, e));
                loop.rests(this);
                return;
            }
            if (isHeld) {
                heldNumber = number;
                heldDueNanos = dueNanos;
            } else {
                sent(number, dueNanos, nowNanos, size);
            }
            return;
        }
        meter.failed(number, route.failure());
        loop.rests(this);
    }

    private void sent(long number, long dueNanos, long sentNanos, int size) throws IOException {
        if (!config.isAnswered()) {
            confirm();
        }
        handedOverNanos = System.nanoTime();
        window.add(number, config.isOpenLoop() ? dueNanos : sentNanos, sentNanos);
        meter.sent(number);
        meter.sentBytes(number, size);
        if (!config.isAnswered()) {
            loop.freed(this);
        }
    }

    /** Takes it that nobody refused what was sent, since there is no answer. */
    private void confirm() throws IOException {
        while (window.waiting() > 0) {
            long sequence = window.oldest();
            window.answer(sequence);
            succeed(sequence, handedOverNanos, Message.of(""), 0);
        }
    }

    /**
     * The word that nobody listens, or may be asked: on the last datagram, as far as can be told.
     */
    private void refused(IOException e) throws IOException {
        if (route.isPassed(e)) {
            sendAgain();
            beginHeld();
            return;
        }
        ExchangeException failure = route.failure();
        for (long sequence = window.next() - 1; window.waiting() > 0; sequence--) {
            if (window.isWaiting(sequence)) {
                giveUp(sequence, failure);
                if (route.isOpen()) {
                    return;
                }
            }
        }
        if (!route.isOpen()) {
            beginHeld();
        }
    }

    /** Begins with what the system had no room for, on whatever socket there is. */
    private void beginHeld() throws IOException {
        if (isHeld) {
            begin(heldNumber, heldDueNanos);
            loop.expireBy(expire(System.nanoTime()));
        }
    }

    /** Sends to another address what waits for an answer. */
    private void sendAgain() throws IOException {
        ConnectedUdpSocket socket = route.socket();
        for (long sequence = window.oldest(); sequence < window.next(); sequence++) {
            if (window.isWaiting(sequence)) {
                long nowNanos = System.nanoTime();
                try {
                    socket.send(probe.question(sequence, nowNanos));
                    window.resend(sequence, nowNanos);
                } catch (IOException e) {
                    giveUp(sequence, ExceptionTranslator.at("send to", socket.peer(), 0, e));
                }
            }
        }
    }

    @Override
    void ready(SelectionKey key) throws IOException {
        if (key.isWritable()) {
            route.socket().awaitRoom(false);
            beginHeld();
        }
        for (int i = 0; i < MAX_BATCH && key.isValid() && key.isReadable(); i++) {
            if (!receive(key)) {
                return;
            }
        }
    }

    /** Takes a datagram; returns false if there is none. */
    private boolean receive(SelectionKey key) throws IOException {
        ConnectedUdpSocket socket = route.socket();
        ByteBuffer answer = loop.scratch();
        InetSocketAddress from;
        try {
            from = socket.receive(key, answer.clear());
        } catch (PortUnreachableException | NoRouteToHostException e) {
            refused(e);
            return true;
        } catch (IOException e) {
            meter.noted(ExceptionTranslator.at("receive from", socket.peer(), 0, e));
            return false;
        }
        if (from == null) {
            return false;
        }
        answer.flip();
        if (from.equals(socket.peer())) {
            answered(answer, System.nanoTime());
        } else {
            elsewhere(answer, from);
        }
        return true;
    }

    private void answered(ByteBuffer answer, long nowNanos) throws IOException {
        if (!config.isAnswered()) {
            return;
        }
        route.confirm();
        long sequence = probe.sequence(answer);
        if (!window.knows(sequence)) {
            // Nobody can say to what; it is the run's own fault if it is not measuring yet.
            meter.count(meter.isMeasuring() ? 1 : 0, figures -> figures.corrupt++);
            return;
        }
        long number = window.number(sequence);
        boolean isIntact = probe.isIntact(answer, sequence, window.sentNanos(sequence));
        if (!isIntact) {
            meter.count(number, figures -> figures.corrupt++);
        }
        Window.Answer kind = window.answer(sequence);
        boolean isAsked =
                isIntact
                        && reflector.isPresent()
                        && !reflector.get().take(sequence, kind, answer, nowNanos);
        switch (kind) {
            case IN_TIME -> inTime(sequence, answer, isIntact, nowNanos);
            case LATE -> late(sequence, nowNanos);
            default -> meter.count(isAsked ? 0 : number, figures -> figures.duplicates++);
        }
    }

    private void late(long sequence, long nowNanos) {
        loop.roundTrip(nowNanos - window.sentNanos(sequence));
        meter.late(window.number(sequence), nowNanos);
    }

    private void inTime(long sequence, ByteBuffer answer, boolean isIntact, long nowNanos)
            throws IOException {
        long number = window.number(sequence);
        meter.count(number, figures -> figures.received++);
        if (!isIntact) {
            meter.failed(number, failure(Kind.CORRUPT, "answer differs from what was sent"));
            loop.rests(this);
            return;
        }
        loop.roundTrip(nowNanos - window.sentNanos(sequence));
        if (sequence < highest) {
            meter.count(number, figures -> figures.reordered++);
        }
        highest = Math.max(highest, sequence);
        succeed(sequence, nowNanos, loop.answer(), answer.remaining());
        loop.freed(this);
    }

    private void succeed(long sequence, long nowNanos, Message answer, long bytesReceived)
            throws IOException {
        route.tell();
        MutableExchange outcome = loop.outcome();
        outcome.number = window.number(sequence);
        outcome.local = route.socket().local();
        outcome.peer = route.socket().peer();
        outcome.answer = answer;
        outcome.bytesSent = loop.questionBytes();
        outcome.bytesReceived = bytesReceived;
        outcome.connectNanos = MutableExchange.NONE;
        outcome.firstByteNanos = MutableExchange.NONE;
        outcome.dueNanos = window.dueNanos(sequence);
        outcome.sentNanos = window.sentNanos(sequence);
        outcome.endNanos = nowNanos;
        meter.ok(outcome);
    }

    /** Takes a datagram that the socket's peer did not send. */
    private void elsewhere(ByteBuffer answer, InetSocketAddress from) throws IOException {
        ExchangeException failure =
                failure(
                        Kind.WRONG_SOURCE,
                        "answer from "
                                + Endpoint.of(from)
                                + ", another address than the one asked");
        long sequence = probe.sequence(answer);
        boolean isOurs =
                window.isWaiting(sequence)
                        && probe.isIntact(answer, sequence, window.sentNanos(sequence));
        if (isOurs && config.isAnswered()) {
            giveUp(sequence, failure);
        } else {
            meter.noted(failure);
        }
    }

    private void giveUp(long sequence, ExchangeException failure) throws IOException {
        long number = window.number(sequence);
        window.giveUp(sequence);
        meter.count(number, figures -> figures.lost++);
        meter.failed(number, failure);
        loop.rests(this);
        if (reflector.isPresent() && route.isOpen()) {
            reflector.get().askAgain(route.socket(), highest, sequence);
        }
    }

    private ExchangeException failure(Kind kind, String detail) {
        return ExceptionTranslator.of(
                kind, route.socket().peer(), detail, Message.of(""), loop.questionBytes(), null);
    }

    @Override
    long expire(long nowNanos) throws IOException {
        while (window.waiting() > 0) {
            long sequence = window.oldest();
            long endNanos = window.sentNanos(sequence) + waitNanos();
            if (nowNanos < endNanos) {
                return endNanos;
            }
            if (config.isAnswered()) {
                giveUp(sequence, failure(Kind.TIMEOUT, "no answer in time"));
            } else {
                confirm();
            }
        }
        return reflector.isPresent()
                ? reflector.get().expire(nowNanos, waitNanos())
                : MonotonicTime.NEVER;
    }

    private long waitNanos() {
        if (config.isAnswered()) {
            return loop.answerWaitNanos();
        }
        boolean isLoopback = route.socket().peer().getAddress().isLoopbackAddress();
        Duration wait = isLoopback ? LOOPBACK_REFUSAL_WAIT : ClientConfig.UDP_REFUSAL_WAIT;
        return Math.min(wait.toNanos(), loop.timeoutNanos());
    }

    @Override
    void abandon() throws IOException {
        if (config.isSingle() && window.waiting() > 0) {
            ExchangeException failure =
                    ExceptionTranslator.at(
                            "send to",
                            route.socket().peer(),
                            loop.questionBytes(),
                            new SocketTimeoutException());
            giveUp(window.oldest(), failure);
        }
        if (config.isSingle() && isHeld) {
            InetSocketAddress peer = route.socket().peer();
            meter.failed(
                    heldNumber,
                    ExceptionTranslator.at("send to", peer, 0, new SocketTimeoutException()));
        }
        for (long sequence = window.oldest(); sequence < window.next(); sequence++) {
            if (window.isWaiting(sequence)) {
                meter.count(window.number(sequence), figures -> figures.sent--);
            }
        }
        close();
    }

    @Override
    void close() {
        route.close();
    }
}
