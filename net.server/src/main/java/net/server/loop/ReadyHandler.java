package net.server.loop;

/** Handler of a registered channel. */
@FunctionalInterface
public interface ReadyHandler {
    /** Called on the thread of the event loop when the channel is ready. */
    void onReady();
}
