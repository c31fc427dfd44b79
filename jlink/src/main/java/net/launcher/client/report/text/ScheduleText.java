package net.launcher.client.report.text;

import net.client.run.RunConfig;
import net.launcher.command.value.Durations;
import net.launcher.output.SiUnits;
import net.protocol.Transport;

/** Formats the schedule of a run. */
public final class ScheduleText {
    private ScheduleText() {}

    /** Returns a text such as {@code open, 500/s over 2 connections}. */
    public static String of(RunConfig run) {
        String kind = run.isOpenLoop() ? "open, " : "closed, ";
        if (run.rate().isPresent()) {
            return kind + run.rate().getAsInt() + "/s" + flows(run, " over ");
        }
        if (run.bandwidth().isPresent()) {
            return kind + SiUnits.exactBitRate(run.bandwidth().getAsLong()) + flows(run, " over ");
        }
        String pause = "back to back";
        if (run.interval().isPresent()) {
            String interval = Durations.text(run.interval().get());
            pause = run.isOpenLoop() ? "interval " + interval : "at least " + interval + " apart";
        }
        return kind + pause + flows(run, " on each of ");
    }

    /** Returns the number of connections or sockets, if it is not 1. */
    private static String flows(RunConfig run, String preposition) {
        String noun = run.transport() == Transport.TCP ? " connections" : " sockets";
        return run.parallel() == 1 ? "" : preposition + run.parallel() + noun;
    }
}
