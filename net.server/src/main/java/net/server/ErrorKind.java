package net.server;

/** Kinds of the errors that a server counts. */
public enum ErrorKind {
    /** Accepting a connection failed. */
    ACCEPT("accept"),

    /** Receiving from a UDP socket failed. */
    RECEIVE("receive"),

    /** A UDP answer could not be sent. */
    SEND("send"),

    /** A peer reset its connection, or the TCP service threw an {@link java.io.IOException}. */
    RESET("reset"),

    /** A connection was reset after the idle timeout. */
    IDLE("idle"),

    /** A connection was reset after the session timeout. */
    TIMEOUT("timeout"),

    /** A peer violated the protocol of the service. */
    PROTOCOL("protocol"),

    /** A connection was reset when the server closed. */
    ABORTED("aborted"),

    /** A connection was reset because its messages could not be recorded. */
    UNRECORDED("unrecorded"),

    /** The service threw an unexpected exception; over UDP also an {@link java.io.IOException}. */
    FAILED("failed");

    private final String label;

    ErrorKind(String label) {
        this.label = label;
    }

    /**
     * Returns the name in reports.
     *
     * @return lower-case letters
     */
    public String label() {
        return label;
    }
}
