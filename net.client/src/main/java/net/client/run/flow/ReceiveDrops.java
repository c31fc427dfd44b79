package net.client.run.flow;

import net.client.connect.internal.ConnectedUdpSocket;
import net.client.run.record.RunRecorder;
import net.protocol.internal.KernelDrops;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The unanswered datagrams of a flow: lost, or dropped by the system at the sockets of the flow. As
 * many are counted as dropped here as the system has dropped, those of the warm-up first.
 */
final class ReceiveDrops {
    private final RunRecorder recorder;

    /** Drops at sockets that have been closed. */
    private long closedDrops;

    /** Drops at the open socket, as of the last {@link #update}. */
    private long openDrops;

    /** Unanswered datagrams of the warm-up. */
    private long warmup;

    /** Unanswered datagrams, warm-up excluded. */
    private long unanswered;

    /** Number of unanswered datagrams counted as dropped here. */
    private long dropped;

    private boolean isCurrent = true;

    ReceiveDrops(RunRecorder recorder) {
        this.recorder = recorder;
    }

    /** Counts an unanswered datagram, as lost until {@link #update}. */
    void addUnanswered(long number) {
        isCurrent = false;
        if (RunRecorder.isMeasured(number)) {
            unanswered++;
            recorder.recordLost(1);
        } else {
            warmup++;
        }
    }

    /** Counts an unanswered datagram as answered late. */
    void removeLate(long number) {
        if (!RunRecorder.isMeasured(number)) {
            warmup--;
            return;
        }
        unanswered--;
        recorder.recordLost(-1);
        setDropped(Math.min(dropped, unanswered));
    }

    private void setDropped(long count) {
        recorder.recordLost(dropped - count);
        recorder.recordDroppedHere(count - dropped);
        dropped = count;
    }

    /** Returns whether datagrams were not answered since the last {@link #update}. */
    boolean isOutdated() {
        return !isCurrent;
    }

    /** Counts lost datagrams as dropped here, as far as the system has dropped datagrams. */
    void update(Optional<ConnectedUdpSocket> socket, KernelDrops table) {
        isCurrent = true;
        openDrops = socket.isPresent() ? drops(socket.get(), table) : 0;
        setDropped(Math.clamp(closedDrops + openDrops - warmup, 0, unanswered));
    }

    /**
     * Keeps the drops of a socket that is about to be closed.
     *
     * @param mayHaveMore whether datagrams may have been dropped that explain a loss
     */
    void keep(ConnectedUdpSocket socket, boolean mayHaveMore) {
        if (mayHaveMore || !isCurrent) {
            isCurrent = false;
            openDrops = drops(socket, KernelDrops.read());
        }
        closedDrops += openDrops;
        openDrops = 0;
    }

    private long drops(ConnectedUdpSocket socket, KernelDrops table) {
        OptionalLong drops = table.of(socket.local(), socket.peer());
        if (drops.isEmpty()) {
            recorder.setDropsUnknown();
        }
        return drops.orElse(0);
    }
}
