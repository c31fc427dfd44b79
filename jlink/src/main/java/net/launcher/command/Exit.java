package net.launcher.command;

/** The exit statuses. */
public final class Exit {
    /** Everything asked for happened. */
    public static final int OK = 0;

    /** The network or the peer failed. */
    public static final int NETWORK = 1;

    /** Usage, configuration or this machine: what the user can mend. */
    public static final int USAGE = 2;

    /** All was measured, and a threshold was missed. */
    public static final int THRESHOLD = 3;

    /** A client was ended by {@code SIGHUP}. */
    public static final int HUNG_UP = 129;

    /** A client was ended by a signal, {@code SIGINT} unless {@code Program} knows better. */
    public static final int INTERRUPTED = 130;

    /** A client was ended by {@code SIGTERM}. */
    public static final int TERMINATED = 143;

    private Exit() {}
}
