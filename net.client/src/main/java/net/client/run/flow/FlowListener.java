package net.client.run.flow;

/** Receives the state changes of flows, in the thread of the run. */
public interface FlowListener {
    /** Called when a flow can begin another exchange. */
    void onFree(Flow flow);

    /**
     * Called when a flow can begin another exchange after a short pause, because one has failed.
     */
    void onFailure(Flow flow);

    /** Called after a channel of a flow was ready, and has been read or written. */
    void onReady();

    /** Called with a time at which {@link Flow#expire} must be called. */
    void onDeadline(long nanos);
}
