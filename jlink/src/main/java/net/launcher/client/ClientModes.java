package net.launcher.client;

import net.launcher.command.Invocation;
import net.protocol.Service;
import net.protocol.Transport;

/** The modes of clients on which the applicability of options depends. */
final class ClientModes {
    /** The value of {@code --service} for a pipe. */
    static final String PIPE = "pipe";

    /** The option for throughput. */
    static final String BULK = "--bulk";

    /** The option for the rate of throughput. */
    static final String BANDWIDTH = "--bandwidth";

    /** The option for latency under load. */
    static final String LOAD = "--load";

    /** The option for a search for the largest datagram. */
    static final String PROBE_SIZE = "--probe-size";

    /** The option to repeat an exchange until it succeeds. */
    static final String WAIT = "--wait";

    /** The option for the length of intervals, which are printed then. */
    static final String WINDOW = "--window";

    /** The option for the time between lookups of a name. */
    static final String LOOKUP_INTERVAL = "--lookup-interval";

    private ClientModes() {}

    /** Returns the services and options with which a connection is a single exchange. */
    static String[] streams(Transport transport) {
        return transport == Transport.UDP
                ? new String[0]
                : new String[] {Service.DISCARD.label(), Service.CHARGEN.label(), BULK};
    }

    static boolean isPipe(Invocation invocation) {
        return invocation.service().equals(PIPE);
    }

    static boolean hasWindows(Invocation invocation) {
        return invocation.has(WINDOW);
    }

    static boolean hasLoad(Invocation invocation) {
        return invocation.has(LOAD);
    }

    static boolean probesSize(Invocation invocation) {
        return invocation.has(PROBE_SIZE);
    }
}
