package net.client.run.loop;

import net.client.internal.MonotonicTime;
import net.client.run.RunResult.StreamFigures;
import net.client.run.flow.Flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All flows of a run. */
record Flows(List<Flow> all) {
    /** Returns a flow that can begin an exchange, or any if there is none. */
    Flow anyFree() {
        for (Flow flow : all) {
            if (flow.isFree()) {
                return flow;
            }
        }
        return all.getFirst();
    }

    /** Returns whether no exchange is in flight. */
    boolean areIdle() {
        for (Flow flow : all) {
            if (!flow.isIdle()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number of datagrams that wait for an answer. */
    long inFlight() {
        long inFlight = 0;
        for (Flow flow : all) {
            inFlight += flow.inFlight();
        }
        return inFlight;
    }

    /**
     * Fails exchanges that have timed out; returns the next deadline, or {@link
     * MonotonicTime#NEVER}.
     */
    long expire(long nowNanos) throws IOException {
        long deadlineNanos = MonotonicTime.NEVER;
        for (Flow flow : all) {
            deadlineNanos = Math.min(deadlineNanos, flow.expire(nowNanos));
        }
        return deadlineNanos;
    }

    /** Abandons the exchanges in flight, because the thread was interrupted. */
    void abandon() throws IOException {
        for (Flow flow : all) {
            flow.abandon();
        }
    }

    /**
     * Returns the figures of all streams: since the last call for an interval, or since the start.
     */
    List<StreamFigures> streams(boolean isInterval, long nowNanos) {
        List<StreamFigures> streams = new ArrayList<>();
        for (Flow flow : all) {
            flow.addFigures(streams, isInterval, nowNanos);
        }
        return streams;
    }

    void close() {
        all.forEach(Flow::close);
    }
}
