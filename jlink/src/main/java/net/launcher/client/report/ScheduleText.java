package net.launcher.client.report;

import net.client.run.RunConfig;
import net.launcher.command.Durations;
import net.protocol.Transport;

/** Describes the schedule of a run in words. */
public final class ScheduleText {
    private ScheduleText() {}

    public static String of(RunConfig run) {
        String kind = run.isOpenLoop() ? "open, " : "closed, ";
        if (run.rate().isPresent()) {
            return kind
                    + run.rate().getAsInt()
                    + " a second by the clock"
                    + sockets(run, ", over ");
        }
        String each = sockets(run, " on each of ");
        if (run.interval().isPresent()) {
            String end = run.isOpenLoop() ? " by the clock" : ", or when the one before is over";
            return kind + "one in " + Durations.text(run.interval().get()) + each + end;
        }
        return kind + "each when the one before is over" + each;
    }

    /** Returns the number of connections or sockets, if it is not 1. */
    private static String sockets(RunConfig run, String before) {
        String what = run.transport() == Transport.TCP ? " connections" : " sockets";
        return run.parallel() == 1 ? "" : before + run.parallel() + what;
    }
}
