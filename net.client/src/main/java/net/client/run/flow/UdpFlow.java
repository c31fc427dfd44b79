package net.client.run.flow;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ConnectedUdpSocket;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.LocalAddressCheck;
import net.client.connect.internal.UdpFailover;
import net.client.internal.MonotonicTime;
import net.client.probe.Probe;
import net.client.probe.StampProbe;
import net.client.probe.Window;
import net.client.run.RunConfig;
import net.client.run.record.RunRecorder;
import net.client.run.record.StampStatistics;
import net.protocol.Service;
import net.protocol.internal.KernelDrops;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Optional;

/**
 * A UDP socket for the exchanges of a run. If the service does not answer, an exchange succeeds
 * once the next one is sent, or after a short wait, unless a refusal arrives (ICMP port
 * unreachable).
 */
final class UdpFlow extends Flow {
    /**
     * Maximum datagrams received per event-loop iteration, so that one socket cannot starve others.
     */
    private static final int MAX_TICK_DATAGRAMS = 64;

    /** Maximum datagrams received before the oldest exchanges are given up. */
    private static final int MAX_DRAIN_DATAGRAMS = 16_384;

    private final RunConfig config;
    private final FlowContext context;
    private final RunRecorder recorder;

    /** True if any datagram is an answer, so that each exchange needs its own socket. */
    private final boolean isCheck;

    private final Probe probe;
    private final Optional<StampSession> stampSession;
    private final Window window = new Window();
    private final UdpFailover<ConnectedUdpSocket> failover;
    private final LocalAddressCheck addressCheck;
    private final UdpExchanges exchanges;
    private final ReceiveDrops drops;

    /** True while an exchange waits because the send buffer is full. */
    private boolean isHeld;

    private long heldNumber;
    private long heldDueNanos;

    UdpFlow(FlowContext context, FlowListener listener, Probe probe, StampStatistics statistics) {
        super(listener);
        this.config = context.config();
        this.context = context;
        this.recorder = context.recorder();
        this.isCheck = config.service() == Service.CONNECT;
        this.probe = probe;
        this.stampSession =
                probe instanceof StampProbe stamp
                        ? Optional.of(new StampSession(stamp, window, statistics))
                        : Optional.empty();
        this.failover = new UdpFailover<>(context.addresses(), this::open);
        this.addressCheck = new LocalAddressCheck(config.client().socket());
        this.drops = new ReceiveDrops(recorder);
        this.exchanges = new UdpExchanges(context, probe, window, stampSession, failover, drops);
    }

    private ConnectedUdpSocket open(InetSocketAddress peer) throws IOException {
        return ConnectedUdpSocket.open(peer, config.client().socket(), context.selector(), this);
    }

    @Override
    public boolean isFree() {
        boolean isLockstep = isCheck || !config.isOpenLoop() && config.isAnswered();
        return !isHeld && (isLockstep ? window.waiting() == 0 : !window.isFull());
    }

    @Override
    public boolean isIdle() {
        boolean isRepeating = stampSession.isPresent() && stampSession.get().isRepeating();
        return !isHeld && window.waiting() == 0 && !isRepeating;
    }

    @Override
    public int inFlight() {
        return window.waiting();
    }

    @Override
    public void begin(long number, long dueNanos) throws IOException {
        isHeld = false;
        if (isCheck) {
            keepDrops();
            failover.restart();
        }
        if (!config.isAnswered() && failover.isOpen()) {
            ConnectedUdpSocket used = failover.socket();
            closeIf(addressCheck.isOutdatedUnanswered(used.local(), used.peer()));
        }
        if (closeIf(failover.isOpen() && !context.addresses().contains(failover.peer()))
                && openNext()) {
            resendAll();
        }
        while (failover.isOpen() || openNext()) {
            ConnectedUdpSocket socket = failover.socket();
            long nowNanos = System.nanoTime();
            ByteBuffer request = probe.request(window.next(), nowNanos);
            int size = request.remaining();
            try {
                isHeld = !socket.send(request);
            } catch (PortUnreachableException e) {
                // Refers to an earlier datagram; this one has not been sent.
                onRefusal(e);
                continue;
            } catch (IOException e) {
                if (closeIf(addressCheck.isOutdatedAfterFailure(socket.local(), socket.peer()))) {
                    continue;
                }
                recorder.recordFailure(
                        number, ExceptionTranslator.at("send to", socket.peer(), 0, e));
                listener.onFailure(this);
                return;
            }
            if (isHeld) {
                heldNumber = number;
                heldDueNanos = dueNanos;
            } else {
                exchanges.add(number, dueNanos, nowNanos, size);
                if (!config.isAnswered()) {
                    listener.onFree(this);
                }
            }
            return;
        }
        recorder.recordFailure(number, failover.takeFailure());
        listener.onFailure(this);
    }

    private boolean openNext() {
        boolean isOpen = failover.openNext();
        if (isOpen && stampSession.isPresent()) {
            stampSession.get().start();
        }
        return isOpen;
    }

    /** Closes a socket whose local address is outdated; returns whether it was closed. */
    private boolean closeIf(boolean isOutdated) throws IOException {
        if (isOutdated) {
            if (!config.isAnswered()) {
                exchanges.succeedAll();
            }
            keepDrops();
            failover.restart();
        }
        return isOutdated;
    }

    /** Keeps the drops of the socket, if one is open, which is about to be closed. */
    private void keepDrops() {
        if (failover.isOpen()) {
            drops.keep(failover.socket(), config.isAnswered() && window.waiting() > 0);
        }
    }

    @Override
    public boolean hasUnanswered() {
        return drops.isOutdated();
    }

    @Override
    public void updateDrops(KernelDrops table) {
        drops.update(failover.isOpen() ? Optional.of(failover.socket()) : Optional.empty(), table);
    }

    /**
     * Tries the next address. If there is none, fails the newest datagram in flight, or all if no
     * socket is open.
     */
    private void onRefusal(IOException e) throws IOException {
        if (failover.tryNext(e, context.requestBytes())) {
            resendAll();
            beginHeld();
            return;
        }
        ExchangeException failure = failover.takeFailure();
        for (long sequence = window.next() - 1; window.waiting() > 0; sequence--) {
            if (window.isWaiting(sequence)) {
                giveUp(sequence, failure, System.nanoTime());
                if (failover.isOpen()) {
                    return;
                }
            }
        }
        if (!failover.isOpen()) {
            beginHeld();
        }
    }

    /** Sends the datagram that is held because the send buffer was full. */
    private void beginHeld() throws IOException {
        if (isHeld) {
            begin(heldNumber, heldDueNanos);
            listener.onDeadline(expire(System.nanoTime()));
        }
    }

    /** Sends the datagrams in flight to the new address. */
    private void resendAll() throws IOException {
        ConnectedUdpSocket socket = failover.socket();
        for (long sequence = window.oldest(); sequence < window.next(); sequence++) {
            if (window.isWaiting(sequence)) {
                long nowNanos = System.nanoTime();
                try {
                    socket.send(probe.request(sequence, nowNanos));
                    window.resend(sequence, nowNanos);
                } catch (IOException e) {
                    ExchangeException failure =
                            ExceptionTranslator.at("send to", socket.peer(), 0, e);
                    giveUp(sequence, failure, System.nanoTime());
                }
            }
        }
    }

    @Override
    void ready(SelectionKey key) throws IOException {
        if (key.isWritable()) {
            failover.socket().setWriteInterest(false);
            beginHeld();
        }
        for (int i = 0; i < MAX_TICK_DATAGRAMS && key.isValid() && key.isReadable(); i++) {
            if (!receive(key)) {
                return;
            }
        }
    }

    /** Receives a datagram; returns false if there is none. */
    private boolean receive(SelectionKey key) throws IOException {
        ConnectedUdpSocket socket = failover.socket();
        ByteBuffer answer = context.readBuffer();
        InetSocketAddress from;
        try {
            from = socket.receive(key, answer.clear());
        } catch (PortUnreachableException | NoRouteToHostException e) {
            onRefusal(e);
            return true;
        } catch (IOException e) {
            recorder.recordError(ExceptionTranslator.at("receive from", socket.peer(), 0, e));
            return false;
        }
        if (from == null) {
            return false;
        }
        answer.flip();
        switch (from.equals(socket.peer())
                ? exchanges.onAnswer(answer, System.nanoTime())
                : exchanges.onStrayDatagram(answer, from)) {
            case SUCCEEDED -> listener.onFree(this);
            case FAILED -> listener.onFailure(this);
            case NONE -> {}
        }
        return true;
    }

    private void giveUp(long sequence, ExchangeException failure, long endNanos)
            throws IOException {
        exchanges.giveUp(sequence, failure, endNanos);
        listener.onFailure(this);
    }

    @Override
    public long expire(long nowNanos) throws IOException {
        long lost = expireWaiting(nowNanos);
        if (lost >= 0 && !exchanges.isAnsweredUpTo(lost) && failover.isOpen()) {
            // Not even a later datagram has been answered.
            ConnectedUdpSocket used = failover.socket();
            if (closeIf(addressCheck.isOutdatedAfterFailure(used.local(), used.peer()))) {
                beginHeld();
            }
        }
        if (window.waiting() > 0) {
            return window.sentNanos(window.oldest()) + exchanges.waitNanos();
        }
        return stampSession.isPresent()
                ? stampSession.get().expire(nowNanos, exchanges.waitNanos())
                : MonotonicTime.NEVER;
    }

    /** Gives up the exchanges past their deadline; returns the last one's sequence, or -1. */
    private long expireWaiting(long nowNanos) throws IOException {
        long lost = -1;
        boolean isDrained = false;
        while (window.waiting() > 0) {
            long sequence = window.oldest();
            if (nowNanos < window.sentNanos(sequence) + exchanges.waitNanos()) {
                return lost;
            }
            if (!isDrained) {
                // An answer may have arrived in time while this process was stopped or busy.
                drain();
                isDrained = true;
                continue;
            }
            if (config.isAnswered()) {
                // Its end is the time it was sent, so that the wait does not lower the measured
                // rate.
                giveUp(
                        sequence,
                        exchanges.failure(Kind.TIMEOUT, "no answer in time"),
                        window.sentNanos(sequence));
                lost = sequence;
            } else {
                exchanges.succeedAll();
            }
        }
        return lost;
    }

    /** Receives the datagrams in the receive buffer. */
    private void drain() throws IOException {
        for (int i = 0; i < MAX_DRAIN_DATAGRAMS && failover.isOpen(); i++) {
            if (!receive(failover.socket().key())) {
                return;
            }
        }
    }

    @Override
    public void abandon() throws IOException {
        if (config.isSingle() && window.waiting() > 0) {
            ExchangeException failure =
                    ExceptionTranslator.at(
                            "send to",
                            failover.peer(),
                            context.requestBytes(),
                            new SocketTimeoutException());
            giveUp(window.oldest(), failure, System.nanoTime());
        }
        if (config.isSingle() && isHeld) {
            InetSocketAddress peer = failover.peer();
            recorder.recordFailure(
                    heldNumber,
                    ExceptionTranslator.at("send to", peer, 0, new SocketTimeoutException()));
        }
        exchanges.abandon();
        close();
    }

    @Override
    public void close() {
        if (failover.isOpen()) {
            drops.keep(failover.socket(), false);
        }
        failover.close();
    }
}
