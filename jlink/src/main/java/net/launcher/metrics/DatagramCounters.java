package net.launcher.metrics;

import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.StampFigures;

import java.io.IOException;
import java.util.Optional;

/**
 * Datagrams of a target by outcome, updated after each interval. Each loss is counted once, in the
 * direction that is known by then; a late answer makes up for a loss counted before.
 */
final class DatagramCounters {
    private final Counter lostUp = new Counter();
    private final Counter lostDown = new Counter();
    private final Counter lostUnknown = new Counter();
    private final Counter duplicates = new Counter();
    private final Counter reordered = new Counter();
    private final Counter late = new Counter();
    private final Counter corrupt = new Counter();
    private final Counter droppedHere = new Counter();

    /** Datagrams that were not answered in time. */
    private long unanswered;

    /** Losses attributed to a direction by the end of the last interval. */
    private long attributedUp;

    private long attributedDown;

    private Optional<StampFigures> stamp = Optional.empty();

    /** Adds a datagram that was not answered in time. */
    void addUnanswered() {
        unanswered++;
    }

    /** Sets the figures since the start of a run of {@code stamp}. */
    void setStamp(StampFigures soFar) {
        stamp = Optional.of(soFar);
    }

    /** Adds the datagrams of an interval. */
    void add(Datagrams datagrams) {
        duplicates.add(datagrams.duplicates());
        reordered.add(datagrams.reordered());
        late.add(datagrams.late());
        corrupt.add(datagrams.corrupt());
        droppedHere.add(datagrams.droppedHere().orElse(0));
        long counted = droppedHere.get() + lostUp.get() + lostDown.get() + lostUnknown.get();
        long lost = Math.max(unanswered - late.get() - counted, 0);
        if (stamp.isPresent()) {
            StampFigures known = stamp.get();
            long down = known.lostDown() + known.unanswered();
            if (known.isDirectionKnown()) {
                long newUp = Math.clamp(known.lostUp() - attributedUp, 0, lost);
                long newDown = Math.clamp(down - attributedDown, 0, lost - newUp);
                lostUp.add(newUp);
                lostDown.add(newDown);
                lost -= newUp + newDown;
            }
            attributedUp = known.lostUp();
            attributedDown = down;
        }
        lostUnknown.add(lost);
    }

    void writeLost(Exposition out, Labels labels) throws IOException {
        out.sample(labels.with("direction", "up"), lostUp.get())
                .sample(labels.with("direction", "down"), lostDown.get())
                .sample(labels.with("direction", "unknown"), lostUnknown.get());
    }

    Counter droppedHere() {
        return droppedHere;
    }

    Counter duplicates() {
        return duplicates;
    }

    Counter reordered() {
        return reordered;
    }

    Counter late() {
        return late;
    }

    Counter corrupt() {
        return corrupt;
    }
}
