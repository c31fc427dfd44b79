package net.server;

/** How a TCP connection ended: in order, or by a reset. */
public enum CloseReason {
    /** In order, which is a receipt: its messages are recorded. */
    RECEIPT("receipt", true),

    /** In order, or by the peer where the service goes on until then: there was no message. */
    CLOSED("closed", true),

    /** The peer reset the connection; what came before was recorded. */
    RESET("reset", false),

    /** Reset: nothing moved for too long, in either direction; what had come was recorded. */
    IDLE("idle", false),

    /** Reset: the session's time was up; what had come was recorded. */
    TIMEOUT("timeout", false),

    /**
     * Reset: the peer broke the service's rules, as by going on for ever; what came was recorded.
     */
    PROTOCOL("protocol", false),

    /** Reset: the server was closed and the grace time was up; what had come was recorded. */
    ABORTED("aborted", false),

    /** Reset: the listener could not record what came. */
    UNRECORDED("unrecorded", false),

    /** Reset: the service failed with an exception that is no {@link java.io.IOException}. */
    FAILED("failed", false);

    private final String label;
    private final boolean orderly;

    CloseReason(String label, boolean orderly) {
        this.label = label;
        this.orderly = orderly;
    }

    /**
     * Returns the name as reports spell it.
     *
     * @return lower-case letters
     */
    public String label() {
        return label;
    }

    /**
     * Tells whether the peer saw an orderly end.
     *
     * @return false if it was reset, or did so itself
     */
    public boolean isOrderly() {
        return orderly;
    }
}
