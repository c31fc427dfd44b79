package net.launcher.report;

import net.client.Exchange;
import net.client.ExchangeException;
import net.protocol.Message;

import java.io.IOException;

/** A client's results as they came: the bytes of the answer. */
record RawClientReport(Output out) implements ClientReport {
    @Override
    public void reply(Exchange exchange) throws IOException {
        write(exchange.answer());
    }

    @Override
    public void failure(ExchangeException failure) throws IOException {
        write(failure.received());
    }

    private void write(Message message) throws IOException {
        out.append(batch -> batch.writeBytes(message.bytes()));
        out.commit();
    }

    @Override
    public void summary(Tally tally) {
        // Only what the peer sent goes there.
    }
}
