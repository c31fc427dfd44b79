package net.client.run.internal;

import net.client.measure.Jitter;
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

/** What the answers of a reflector tell, of all sockets of a run. */
final class StampStatistics {
    private final Jitter up = new Jitter();
    private final Jitter down = new Jitter();
    private final List<Count> counts = new ArrayList<>();

    /** What one socket sent, and what the reflector counted of it. */
    final class Count {
        /**
         * The reflector's numbers that are remembered, to tell which came twice on the way back.
         */
        private static final int MEMORY = 1 << 16;

        private final BitSet seen = new BitSet(MEMORY);

        /** The sequences, ours and the reflector's, before the first one that is measured. */
        private long ourBase = -1;

        private long theirBase = -1;
        private boolean hasBase;
        private long ourLast = -1;
        private long theirLast = -1;
        private long answers;
        private long sentTwice;
        private boolean isOwn;

        /** Takes an answer with our and with their sequence, the first one to ours or not. */
        void take(long ours, long theirs, boolean isFirst, boolean isMeasured) {
            if (!hasBase) {
                // Who counts from more than was sent has counted us before, at this port.
                theirBase += Math.max(theirs - ours, 0);
                theirLast = theirBase;
                hasBase = true;
            }
            if (!isNew(theirs)) {
                return;
            }
            isOwn |= theirs != ours;
            ourLast = Math.max(ourLast, ours);
            theirLast = Math.max(theirLast, theirs);
            if (!isMeasured) {
                // Not the last ones: an answer of the warm-up may come after measured ones.
                startAfter(ours, theirs);
                return;
            }
            answers++;
            if (!isFirst) {
                sentTwice++;
            }
        }

        /**
         * Takes another answer to a sequence that was sent once more, after all those up to the
         * last one had arrived or were lost.
         */
        void takeAgain(long ours, long theirs, long lastSent, boolean isMeasured) {
            if (!isNew(theirs)) {
                return;
            }
            isOwn |= theirs != ours;
            ourLast = Math.max(ourLast, lastSent);
            theirLast = Math.max(theirLast, theirs);
            if (isMeasured) {
                answers++;
                sentTwice++;
            } else {
                startAfter(lastSent, theirs);
            }
        }

        private void startAfter(long ours, long theirs) {
            ourBase = Math.max(ourBase, ours);
            theirBase = Math.max(theirBase, theirs);
        }

        private boolean isNew(long theirs) {
            for (long number = Math.max(theirLast + 1, theirs - MEMORY + 1);
                    number <= theirs;
                    number++) {
                seen.clear((int) (number % MEMORY));
            }
            boolean isNew = theirs > theirLast - MEMORY && !seen.get((int) (theirs % MEMORY));
            seen.set((int) (theirs % MEMORY));
            return isNew;
        }

        /** Tells whether the reflector is known to keep a count of its own. */
        boolean isCounting() {
            return isOwn;
        }

        private long lostUp() {
            return Math.max(ourLast - ourBase - (theirLast - theirBase - sentTwice), 0);
        }

        private long lostDown() {
            return Math.max(theirLast - theirBase - answers, 0);
        }
    }

    /** Returns the count of another socket. */
    Count add() {
        Count count = new Count();
        counts.add(count);
        return count;
    }

    /** Takes the times of an answer. */
    void take(StampReply reply, Instant arrival) {
        up.record(nanos(reply.request().time(), reply.receiveTime().instant()));
        down.record(nanos(reply.time(), arrival));
    }

    private static long nanos(NtpTimestamp from, Instant to) {
        return Duration.between(from.instant(), to).toNanos();
    }

    StampFigures figures() {
        return new StampFigures(
                counts.stream().mapToLong(Count::lostUp).sum(),
                counts.stream().mapToLong(Count::lostDown).sum(),
                counts.stream().anyMatch(Count::isCounting),
                duration(up.nanos()),
                duration(down.nanos()));
    }

    private static Optional<Duration> duration(OptionalDouble nanos) {
        return nanos.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.round(nanos.getAsDouble())));
    }
}
