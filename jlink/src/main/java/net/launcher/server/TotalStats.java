package net.launcher.server;

import net.server.ErrorKind;
import net.server.ServerStats;
import net.server.access.RefusalReason;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;

/** The counters of several servers in total. */
final class TotalStats {
    private TotalStats() {}

    /** Returns the sums, with the time since the first start. */
    static ServerStats of(Collection<ServerStats> all) {
        Iterator<ServerStats> each = all.iterator();
        ServerStats total = each.next();
        while (each.hasNext()) {
            total = sum(total, each.next());
        }
        return total;
    }

    private static ServerStats sum(ServerStats a, ServerStats b) {
        Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
        refused.putAll(a.refused());
        b.refused().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
        Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
        errors.putAll(a.errors());
        b.errors().forEach((kind, count) -> errors.merge(kind, count, Long::sum));
        Duration uptime = a.uptime().compareTo(b.uptime()) > 0 ? a.uptime() : b.uptime();
        return new ServerStats(
                a.accepted() + b.accepted(),
                a.active() + b.active(),
                refused,
                a.messages() + b.messages(),
                a.bytesReceived() + b.bytesReceived(),
                a.bytesSent() + b.bytesSent(),
                a.truncated() + b.truncated(),
                a.dropped() + b.dropped(),
                errors,
                uptime);
    }
}
