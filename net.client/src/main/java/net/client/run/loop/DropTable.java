package net.client.run.loop;

import net.client.run.flow.Flow;
import net.protocol.internal.KernelDrops;

/** The system's table of dropped datagrams, read once for all runs that report at the same time. */
final class DropTable {
    private KernelDrops table;

    /** Discards the table, since time has passed. */
    void clear() {
        table = null;
    }

    /** Counts the unanswered datagrams of a run that were dropped by this machine. */
    void update(Flows flows) {
        for (Flow flow : flows.all()) {
            if (flow.hasUnanswered()) {
                if (table == null) {
                    table = KernelDrops.read();
                }
                flow.updateDrops(table);
            }
        }
    }
}
