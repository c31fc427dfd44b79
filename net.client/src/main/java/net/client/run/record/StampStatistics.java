package net.client.run.record;

import net.client.run.RunResult.StampFigures;
import net.protocol.StampReply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Loss by direction and jitter, from the answers of a STAMP reflector to all sockets of a run. */
public final class StampStatistics {
    private final OneWayDelays delays = new OneWayDelays();
    private final List<SequenceCount> counts = new ArrayList<>();

    /**
     * Sequence numbers of one socket: those sent, and those that the reflector assigned.
     *
     * <p>The reflector may restart, drop the session, or send anything. A number that loss and
     * duplication cannot explain therefore ends the attribution for the rest of the run.
     */
    public static final class SequenceCount {
        /** Number of the reflector's sequence numbers kept to detect duplicates. */
        private static final int HISTORY = 1 << 16;

        /** Numbers that reordering, or duplicates whose answers are lost, may account for. */
        private static final int TOLERANCE = 16;

        private final BitSet seen = new BitSet(HISTORY);

        /** The sender's sequence number before the first measured one. */
        private long senderBase;

        /** The reflector's sequence number before the first measured one. */
        private long reflectorBase = -1;

        private boolean hasBase;
        private long firstReflector;
        private long senderLast;
        private long reflectorLast = -1;
        private long answers;
        private long sentTwice;
        private boolean isCounting;
        private boolean hasJumped;

        /** The sender's first sequence number on this socket. */
        private final long first;

        private SequenceCount(long first) {
            this.first = first;
            this.senderBase = first - 1;
            this.senderLast = first - 1;
        }

        /** Records an answer by the sequence numbers of both sides. */
        public void record(long sender, long reflector, boolean isFirst, boolean isMeasured) {
            if (!hasBase) {
                // A first number above the sender's continues the session of an earlier use of this
                // port.
                reflectorBase += Math.max(reflector - (sender - first), 0);
                reflectorLast = reflectorBase;
                firstReflector = reflector;
                hasBase = true;
            }
            if (!isNew(reflector)) {
                hasJumped |= isFirst;
                return;
            }
            hasJumped |= reflector < firstReflector - TOLERANCE;
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
         * Records the answer to a datagram that was sent again after {@code lastSent}: its number
         * counts all datagrams that reached the reflector before.
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

        /** Records an answer with damaged content, whose reflector number is unknown. */
        public void recordCorrupt(long sender, boolean isFirst, boolean isMeasured) {
            if (isFirst && isMeasured) {
                senderLast = Math.max(senderLast, sender);
                answers++;
            }
        }

        /** Returns whether the reflector is known to number its answers itself. */
        public boolean isCounting() {
            return isCounting;
        }

        /** Returns whether the reflector's numbers cannot be explained by loss and duplication. */
        public boolean isInconsistent() {
            return hasJumped || unanswered() > lost() + sentTwice + TOLERANCE;
        }

        /** Returns the datagrams up to the last answer that were not answered. */
        private long lost() {
            return Math.max(senderLast - senderBase - (answers - sentTwice), 0);
        }

        /** Returns the datagrams that the reflector numbered, without an answer here. */
        private long unanswered() {
            return Math.max(reflectorLast - reflectorBase - answers, 0);
        }

        private long lostDown() {
            return Math.min(unanswered(), lost());
        }

        private long lostUp() {
            return lost() - lostDown();
        }
    }

    /** Returns the count of a further socket, by its first sequence number. */
    public SequenceCount addSocket(long first) {
        SequenceCount count = new SequenceCount(first);
        counts.add(count);
        return count;
    }

    /** Records the timestamps of an answer. */
    public void recordTimes(StampReply reply, Instant arrival) {
        delays.record(reply, arrival);
    }

    /**
     * Returns the figures so far.
     *
     * @param lost datagrams of the run that were lost, at least the sum of those by direction
     * @param droppedHere further ones, whose answers were dropped by this machine
     * @param isLimited whether the server may have left datagrams unanswered because of their rate
     */
    public StampFigures figures(long lost, long droppedHere, boolean isLimited) {
        long up = Math.min(counts.stream().mapToLong(SequenceCount::lostUp).sum(), lost);
        long unanswered = counts.stream().mapToLong(SequenceCount::lostDown).sum();
        long down = Math.clamp(unanswered - droppedHere, 0, lost - up);
        return new StampFigures(
                up,
                isLimited ? 0 : down,
                isLimited ? down : 0,
                counts.stream().anyMatch(SequenceCount::isCounting)
                        && counts.stream().noneMatch(SequenceCount::isInconsistent),
                delays.jitterUp(),
                delays.jitterDown(),
                delays.clockSteps());
    }
}
