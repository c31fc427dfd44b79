package net.launcher.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.client.run.RunResult.Datagrams;
import net.client.run.RunResult.StampFigures;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import java.util.OptionalLong;

/** Attribution of losses, which are counted once and never decrease. */
class DatagramCountersTest {
    private final DatagramCounters counters = new DatagramCounters();

    private void lose(int count) {
        for (int i = 0; i < count; i++) {
            counters.addUnanswered();
        }
    }

    private void interval(int late) {
        interval(late, Optional.empty());
    }

    private void interval(int late, Optional<StampFigures> stamp) {
        stamp.ifPresent(counters::setStamp);
        counters.add(new Datagrams(0, 0, OptionalLong.of(0), late, 0, 0, 0));
    }

    /** Returns the figures of a STAMP run since its start. */
    private static Optional<StampFigures> stamp(long up, long down, boolean isKnown) {
        return Optional.of(
                new StampFigures(up, down, 0, isKnown, Optional.empty(), Optional.empty(), 0));
    }

    private void assertLost(long up, long down, long unknown) throws IOException {
        StringWriter text = new StringWriter();
        counters.writeLost(
                new Exposition(text, ExpositionFormat.PROMETHEUS)
                        .family("lost", Exposition.Type.GAUGE, "Lost."),
                Labels.NONE);
        assertEquals(
                "# HELP lost Lost.\n# TYPE lost gauge\n"
                        + "lost{direction=\"up\"} %d\n".formatted(up)
                        + "lost{direction=\"down\"} %d\n".formatted(down)
                        + "lost{direction=\"unknown\"} %d\n".formatted(unknown),
                text.toString());
    }

    @Test
    void answersDroppedHereAreNotLost() throws IOException {
        lose(3);
        counters.add(new Datagrams(0, 0, OptionalLong.of(2), 0, 0, 0, 0));
        assertLost(0, 0, 1);
        assertEquals(2, counters.droppedHere().get());
        lose(1);
        counters.add(new Datagrams(0, 0, OptionalLong.empty(), 0, 0, 0, 0));
        assertLost(0, 0, 2);
    }

    @Test
    void directionIsUnknownWithoutStamp() throws IOException {
        lose(3);
        interval(0);
        assertLost(0, 0, 3);
    }

    @Test
    void stampAttributesNewLosses() throws IOException {
        lose(3);
        interval(0, stamp(2, 1, true));
        assertLost(2, 1, 0);
        lose(2);
        interval(0, stamp(2, 2, true));
        assertLost(2, 2, 1);
    }

    @Test
    void lossCountedAsUnknownIsNotCountedAgain() throws IOException {
        lose(5);
        interval(0, stamp(0, 0, true));
        interval(0, stamp(5, 0, true));
        assertLost(0, 0, 5);
        lose(1);
        interval(0, stamp(6, 0, true));
        assertLost(1, 0, 5);
    }

    @Test
    void unknownDirectionIsNotGuessed() throws IOException {
        lose(2);
        interval(0, stamp(2, 0, false));
        assertLost(0, 0, 2);
    }

    @Test
    void lateAnswerMakesUpForOneLoss() throws IOException {
        lose(2);
        interval(1);
        assertLost(0, 0, 1);
        interval(1);
        assertLost(0, 0, 1);
        lose(1);
        interval(0);
        assertLost(0, 0, 1);
        lose(1);
        interval(0);
        assertLost(0, 0, 2);
    }
}
