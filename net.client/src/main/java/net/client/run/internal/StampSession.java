package net.client.run.internal;

import net.client.connect.internal.ConnectedUdpSocket;
import net.client.internal.MonotonicTime;
import net.client.probe.StampProbe;
import net.client.probe.Window;
import net.protocol.StampReply;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a socket hears from a reflector, and asks it. After a loss that nothing else tells the way
 * of, it is asked for what it has answered already: one that counts gives that another number,
 * which says how much has reached it; one that does not gives ours again, and then nobody knows.
 */
final class StampSession {
    private final StampProbe probe;
    private final Window window;
    private final StampStatistics reflections;
    private final StampStatistics.Count count;
    private boolean isAsking;
    private long asked;
    private long lastSent;
    private long askedNanos;

    StampSession(StampProbe probe, Window window, StampStatistics reflections) {
        this.probe = probe;
        this.window = window;
        this.reflections = reflections;
        this.count = reflections.add();
    }

    /** Takes an intact answer; returns false if it is a second one that was asked for. */
    boolean take(long sequence, Window.Answer kind, ByteBuffer answer, long nowNanos) {
        boolean isMeasured = RunRecorder.isMeasured(window.number(sequence));
        boolean isFirst = kind != Window.Answer.DUPLICATE;
        StampReply reply = StampProbe.reply(answer);
        boolean isAsked = !isFirst && isAsking && sequence == asked;
        if (isAsked) {
            isAsking = false;
            boolean isLastMeasured = RunRecorder.isMeasured(window.number(lastSent));
            count.takeAgain(sequence, reply.sequence(), lastSent, isLastMeasured);
            return false;
        }
        count.take(sequence, reply.sequence(), isFirst, isMeasured);
        if (isFirst && isMeasured) {
            reflections.take(reply, probe.time(nowNanos));
        }
        return true;
    }

    /** Asks again for what was answered last, if the way of a loss is not clear. */
    void askAgain(ConnectedUdpSocket socket, long answered, long lost) {
        boolean isClear = count.isCounting() && lost < answered;
        if (isAsking || isClear || !window.knows(answered)) {
            return;
        }
        try {
            isAsking = socket.send(probe.question(answered, window.sentNanos(answered)));
            asked = answered;
            lastSent = window.next() - 1;
            askedNanos = System.nanoTime();
        } catch (IOException expected) {
            // Then the next exchange fails, and says why.
        }
    }

    boolean isAsking() {
        return isAsking;
    }

    /** Waits no longer than so long; returns until when, or {@link MonotonicTime#NEVER}. */
    long expire(long nowNanos, long waitNanos) {
        isAsking &= nowNanos - askedNanos < waitNanos;
        return isAsking ? askedNanos + waitNanos : MonotonicTime.NEVER;
    }
}
