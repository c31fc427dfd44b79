package net.client.run.flow;

import net.client.connect.internal.ConnectedUdpSocket;
import net.client.internal.MonotonicTime;
import net.client.probe.StampProbe;
import net.client.probe.Window;
import net.client.run.record.RunRecorder;
import net.client.run.record.StampStatistics;
import net.protocol.StampReply;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The session of one socket with a STAMP reflector. If the direction of a loss is unknown, it sends
 * the last answered datagram once more: a reflector in stateful mode assigns the answer a new
 * number, which shows how many datagrams have reached it; one in stateless mode repeats the
 * sender's number.
 */
final class StampSession {
    private final StampProbe probe;
    private final Window window;
    private final StampStatistics statistics;
    private StampStatistics.SequenceCount count;

    /** First sequence number of the current session. */
    private long first;

    /** True while the answer to a repeated datagram is outstanding. */
    private boolean isRepeating;

    private long repeated;
    private long lastSent;
    private long repeatedNanos;

    StampSession(StampProbe probe, Window window, StampStatistics statistics) {
        this.probe = probe;
        this.window = window;
        this.statistics = statistics;
    }

    /**
     * Starts a session with a new socket, which has another port: the reflector may number its
     * answers from 0 again, and answers to datagrams in flight no longer arrive.
     */
    void start() {
        first = window.next();
        count = statistics.addSocket(first);
        isRepeating = false;
    }

    /** Records an intact answer; returns whether it answers a repeated datagram. */
    boolean record(long sequence, Window.Answer kind, ByteBuffer answer, long nowNanos) {
        boolean isMeasured = RunRecorder.isMeasured(window.number(sequence));
        boolean isFirst = kind != Window.Answer.DUPLICATE;
        StampReply reply = StampProbe.reply(answer);
        if (!isFirst && isRepeating && sequence == repeated) {
            isRepeating = false;
            boolean isLastMeasured = RunRecorder.isMeasured(window.number(lastSent));
            count.recordRepeated(sequence, reply.sequence(), lastSent, isLastMeasured);
            return true;
        }
        count.record(sequence, reply.sequence(), isFirst, isMeasured);
        if (isFirst && isMeasured) {
            statistics.recordTimes(reply, probe.time(nowNanos));
        }
        return false;
    }

    /** Records an answer whose bytes differ from what a reflector returns. */
    void recordCorrupt(long sequence, Window.Answer kind) {
        boolean isMeasured = RunRecorder.isMeasured(window.number(sequence));
        count.recordCorrupt(sequence, kind != Window.Answer.DUPLICATE, isMeasured);
    }

    /** Repeats the last answered datagram if the direction of a loss is unknown. */
    void repeatAfterLoss(ConnectedUdpSocket socket, long answered, long lost) {
        boolean isKnown = count.isCounting() && lost < answered;
        boolean isRepeatable = answered >= first && window.contains(answered);
        if (isRepeating || isKnown || count.isInconsistent() || !isRepeatable) {
            return;
        }
        try {
            isRepeating = socket.send(probe.request(answered, window.sentNanos(answered)));
            repeated = answered;
            lastSent = window.next() - 1;
            repeatedNanos = System.nanoTime();
        } catch (IOException expected) {
            // The next exchange fails for the same reason, and reports it.
        }
    }

    boolean isRepeating() {
        return isRepeating;
    }

    /**
     * Gives up a repeated datagram at its deadline; returns the deadline, or {@link
     * MonotonicTime#NEVER}.
     */
    long expire(long nowNanos, long waitNanos) {
        isRepeating &= nowNanos - repeatedNanos < waitNanos;
        return isRepeating ? repeatedNanos + waitNanos : MonotonicTime.NEVER;
    }
}
