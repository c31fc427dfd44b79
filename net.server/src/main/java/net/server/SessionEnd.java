package net.server;

/** How a TCP connection ended: in order, which is a receipt to the peer, or by a reset. */
public enum SessionEnd {
    /** In order: what came was recorded. */
    RECEIPT("receipt", true),

    /** In order: the peer's FIN came, and nothing before it. */
    EMPTY("empty", true),

    /** The peer reset the connection; what came before was recorded. */
    RESET("reset", false),

    /** Reset: the session's time was up; what had come was recorded. */
    TIMEOUT("timeout", false),

    /** Reset: the peer went on sending; the first bytes were recorded. */
    OVERRUN("overrun", false),

    /** Reset: the server was closed and the grace time was up; what had come was recorded. */
    ABORTED("aborted", false),

    /** Reset: the listener could not record what came. */
    UNRECORDED("unrecorded", false);

    private final String label;
    private final boolean orderly;

    SessionEnd(String label, boolean orderly) {
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
