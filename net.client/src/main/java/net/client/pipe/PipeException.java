package net.client.pipe;

import java.io.IOException;

/** Thrown when a local stream of a pipe fails, not the network; the pipe is closed. */
public final class PipeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The local streams of a pipe. */
    public enum End {
        /** The source of the bytes to send. */
        INPUT,

        /** The destination of the received bytes. */
        OUTPUT
    }

    /** The stream that failed. */
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
     * Returns the stream that failed.
     *
     * @return the stream; the cause has the reason
     */
    public End end() {
        return end;
    }
}
