package net.client.pipe;

import java.io.IOException;

/**
 * Says that it is not the network that failed, but a stream of this machine; the pipe is closed.
 */
public final class PipeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The ends of a pipe on this machine. */
    public enum End {
        /** Where the bytes come from that are sent. */
        INPUT,

        /** Where the bytes go to that are received. */
        OUTPUT
    }

    /** The one that failed. */
    private final End end;

    PipeException(End end, IOException cause) {
        super(
                (end == End.INPUT ? "read from input" : "write to output")
                        + " failed: "
                        + cause.getMessage(),
                cause);
        this.end = end;
    }

    /**
     * Returns which stream failed.
     *
     * @return the end; the cause says why
     */
    public End end() {
        return end;
    }
}
