package net.server;

import java.util.Optional;

/** Reasons why a TCP connection ended. */
public enum CloseReason {
    /** Closed in order, as a receipt: the messages are recorded. */
    RECEIPT("receipt"),

    /** Closed in order without a message; or, for an endless service, closed by the peer. */
    CLOSED("closed"),

    /**
     * Reset by the peer, or after the service threw an {@link java.io.IOException}; messages
     * received before are recorded.
     */
    RESET(ErrorKind.RESET),

    /** Reset after the idle timeout; messages received before are recorded. */
    IDLE(ErrorKind.IDLE),

    /** Reset after the session timeout; messages received before are recorded. */
    TIMEOUT(ErrorKind.TIMEOUT),

    /** Reset after a protocol violation by the peer; messages received before are recorded. */
    PROTOCOL(ErrorKind.PROTOCOL),

    /** Reset after the grace time of {@code close}; messages received before are recorded. */
    ABORTED(ErrorKind.ABORTED),

    /** Reset because the listener could not record a message. */
    UNRECORDED(ErrorKind.UNRECORDED),

    /** Reset after the service threw an exception other than {@link java.io.IOException}. */
    FAILED(ErrorKind.FAILED);

    private final String label;
    private final Optional<ErrorKind> error;

    CloseReason(String label) {
        this.label = label;
        this.error = Optional.empty();
    }

    CloseReason(ErrorKind error) {
        this.label = error.label();
        this.error = Optional.of(error);
    }

    /**
     * Returns the name in reports.
     *
     * @return lower-case letters
     */
    public String label() {
        return label;
    }

    /**
     * Returns whether the connection was closed in order.
     *
     * @return false if it was reset, by either side
     */
    public boolean isOrderly() {
        return error.isEmpty();
    }

    /** Returns the kind of error that the reason is counted as, if any. */
    Optional<ErrorKind> error() {
        return error;
    }
}
