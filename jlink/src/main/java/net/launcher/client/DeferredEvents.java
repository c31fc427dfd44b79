package net.launcher.client;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunListener;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Keeps the events of an exchange that another thread performs, until it has ended. */
final class DeferredEvents implements RunListener {
    /** Passes an event on. */
    @FunctionalInterface
    private interface Event {
        void replay(RunListener listener) throws IOException;
    }

    private final List<Event> events = new ArrayList<>();

    @Override
    public void onConnection(ConnectionInfo connection) {
        events.add(listener -> listener.onConnection(connection));
    }

    @Override
    public void onExchange(Exchange exchange) {
        events.add(listener -> listener.onExchange(exchange));
    }

    @Override
    public void onFailure(OptionalLong number, ExchangeException failure) {
        boolean isStray = number.isEmpty();
        // A signal ends all waits, which is no failure of a target.
        if (failure.kind() != Kind.INTERRUPTED && !isStray) {
            events.add(listener -> listener.onFailure(number, failure));
        }
    }

    /** Passes the events on. */
    void replay(RunListener listener) throws IOException {
        for (Event event : events) {
            event.replay(listener);
        }
    }
}
