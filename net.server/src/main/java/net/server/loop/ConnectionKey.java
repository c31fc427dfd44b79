package net.server.loop;

import java.nio.channels.SelectionKey;

/** The registration of a connection with an event loop, suspended while the connection waits. */
public final class ConnectionKey implements ReadyHandler {
    private final BusyQueue queue;
    private final LoopHandler handler;
    private final SelectionKey key;

    /** Operations for the handler; the selector has none of them while the connection waits. */
    private int interestOps;

    /** Set until the connection is served for the first time. */
    private boolean isNew = true;

    private boolean isBusy;
    private boolean isWaiting;

    ConnectionKey(SelectionKey key, BusyQueue queue, LoopHandler handler) {
        this.key = key;
        this.queue = queue;
        this.handler = handler;
        interestOps = key.interestOps();
    }

    LoopHandler handler() {
        return handler;
    }

    /** Sets the operations that the handler is called for. */
    public void interestOps(int operations) {
        if (operations != interestOps) {
            interestOps = operations;
            if (!isWaiting) {
                key.interestOps(operations);
            }
        }
    }

    /** Returns whether the connection waits in the queue. */
    public boolean isWaiting() {
        return isWaiting;
    }

    @Override
    public void onReady() {
        if (isBusy && queue.isCongested()) {
            isWaiting = true;
            key.interestOps(0);
            queue.add(this);
        } else {
            serve(key.readyOps());
        }
    }

    private void serve(int readyOps) {
        boolean wasNew = isNew;
        isNew = false;
        isBusy = queue.serve(handler, readyOps, wasNew);
    }

    /** Serves the connection, which waits again if it has more to do. */
    void serveWaiting() {
        boolean hasMore = false;
        try {
            serve(interestOps);
            hasMore = queue.isShareUsed();
        } finally {
            if (hasMore) {
                queue.add(this);
            } else {
                isWaiting = false;
                if (key.isValid()) {
                    key.interestOps(interestOps);
                }
            }
        }
    }
}
