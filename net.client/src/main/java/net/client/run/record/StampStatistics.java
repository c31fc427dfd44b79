package net.client.run.record;

import net.client.measure.internal.Jitter;
import net.client.run.RunResult.StampFigures;
import net.protocol.NtpTimestamp;
import net.protocol.StampReply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Loss by direction and jitter, from the answers of a STAMP reflector to all sockets of a run. */
public final class StampStatistics {
    private final Jitter up = new Jitter();
    private final Jitter down = new Jitter();
    private final List<SequenceCount> counts = new ArrayList<>();

    /** Sequence numbers of one socket: those sent, and those that the reflector assigned. */
    public static final class SequenceCount {
        /** Number of the reflector's sequence numbers kept to detect duplicates. */
        private static final int HISTORY = 1 << 16;

        private final BitSet seen = new BitSet(HISTORY);

        /** The sender's sequence number before the first measured one. */
        private long senderBase = -1;

        /** The reflector's sequence number before the first measured one. */
        private long reflectorBase = -1;

        private boolean hasBase;
        private long senderLast = -1;
        private long reflectorLast = -1;
        private long answers;
        private long sentTwice;
        private boolean isCounting;

        private SequenceCount() {}

        /** Records an answer by the sequence numbers of both sides. */
        public void record(long sender, long reflector, boolean isFirst, boolean isMeasured) {
            if (!hasBase) {
                // A reflector that starts above the sender has counted this port before.
                reflectorBase += Math.max(reflector - sender, 0);
                reflectorLast = reflectorBase;
                hasBase = true;
            }
            if (!isNew(reflector)) {
                return;
            }
            isCounting |= reflector != sender;
            senderLast = Math.max(senderLast, sender);
            reflectorLast = Math.max(reflectorLast, reflector);
            if (!isMeasured) {
                // Not simply the last ones: a warm-up answer may arrive after measured ones.
                startAfter(sender, reflector);
                return;
            }
            answers++;
            if (!isFirst) {
                sentTwice++;
            }
        }

        /**
         * Records the answer to a datagram sent a second time, when all those up to the last one
         * had arrived or were lost.
         */
        public void recordRepeated(long sender, long reflector, long lastSent, boolean isMeasured) {
            if (!isNew(reflector)) {
                return;
            }
            isCounting |= reflector != sender;
            senderLast = Math.max(senderLast, lastSent);
            reflectorLast = Math.max(reflectorLast, reflector);
            if (isMeasured) {
                answers++;
                sentTwice++;
            } else {
                startAfter(lastSent, reflector);
            }
        }

        private void startAfter(long sender, long reflector) {
            senderBase = Math.max(senderBase, sender);
            reflectorBase = Math.max(reflectorBase, reflector);
        }

        private boolean isNew(long reflector) {
            for (long number = Math.max(reflectorLast + 1, reflector - HISTORY + 1);
                    number <= reflector;
                    number++) {
                seen.clear((int) (number % HISTORY));
            }
            int slot = (int) (reflector % HISTORY);
            boolean isNew = reflector > reflectorLast - HISTORY && !seen.get(slot);
            seen.set(slot);
            return isNew;
        }

        /** Returns whether the reflector is known to number its answers itself. */
        public boolean isCounting() {
            return isCounting;
        }

        private long lostUp() {
            return Math.max(
                    senderLast - senderBase - (reflectorLast - reflectorBase - sentTwice), 0);
        }

        private long lostDown() {
            return Math.max(reflectorLast - reflectorBase - answers, 0);
        }
    }

    /** Returns the count of a further socket. */
    public SequenceCount addSocket() {
        SequenceCount count = new SequenceCount();
        counts.add(count);
        return count;
    }

    /** Records the timestamps of an answer. */
    public void recordTimes(StampReply reply, Instant arrival) {
        up.record(nanos(reply.request().time(), reply.receiveTime().instant()));
        down.record(nanos(reply.time(), arrival));
    }

    private static long nanos(NtpTimestamp from, Instant to) {
        return Duration.between(from.instant(), to).toNanos();
    }

    public StampFigures figures() {
        return new StampFigures(
                counts.stream().mapToLong(SequenceCount::lostUp).sum(),
                counts.stream().mapToLong(SequenceCount::lostDown).sum(),
                counts.stream().anyMatch(SequenceCount::isCounting),
                duration(up.nanos()),
                duration(down.nanos()));
    }

    private static Optional<Duration> duration(OptionalDouble nanos) {
        return nanos.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.round(nanos.getAsDouble())));
    }
}
