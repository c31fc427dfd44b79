package net.launcher.command;

/** The exit statuses. */
public final class Exit {
    /** Success. */
    public static final int OK = 0;

    /** The network or the peer failed. */
    public static final int NETWORK = 1;

    /** The command line, the configuration or this machine is at fault. */
    public static final int USAGE = 2;

    /** A threshold was exceeded. */
    public static final int THRESHOLD = 3;

    /** A client was ended by {@code SIGHUP}. */
    public static final int HUNG_UP = 129;

    /**
     * A client was ended by {@code SIGINT}, or by another signal whose status {@code Program} sets.
     */
    public static final int INTERRUPTED = 130;

    /** A client was ended by {@code SIGTERM}. */
    public static final int TERMINATED = 143;

    private Exit() {}
}
