package net.launcher;

/** The exit statuses. */
final class Exit {
    /** Everything asked for happened. */
    static final int OK = 0;

    /** The network or the peer failed. */
    static final int NETWORK = 1;

    /** Usage, configuration or this machine: what the user can mend. */
    static final int USAGE = 2;

    /** A client was ended by {@code SIGHUP}. */
    static final int HUNG_UP = 129;

    /** A client was ended by a signal, {@code SIGINT} unless {@link Program} knows better. */
    static final int INTERRUPTED = 130;

    /** A client was ended by {@code SIGTERM}. */
    static final int TERMINATED = 143;

    private Exit() {}
}
