package net.launcher.report;

import net.client.Exchange;
import net.client.ExchangeException;
import net.protocol.Message;

import java.io.IOException;

/** A client's results for people: the answer, as the tutorial prints it. */
record TextClientReport(Output out) implements ClientReport {
    @Override
    public void reply(Exchange exchange) throws IOException {
        line(exchange.answer());
    }

    @Override
    public void failure(ExchangeException failure) throws IOException {
        line(failure.received());
    }

    private void line(Message message) throws IOException {
        if (message.size() > 0) {
            out.line(Escapes.text(message));
        }
    }

    @Override
    public void summary(Tally tally) {
        // A single exchange prints its answer alone.
    }
}
