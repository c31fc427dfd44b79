package net.launcher;

import net.client.Exchange;
import net.client.ExchangeException;
import net.protocol.Transport;

import java.io.IOException;

/** What a client writes to standard output. */
interface ClientReport {
    void reply(Exchange exchange) throws IOException;

    /** Writes what had arrived, and why no more did. */
    void failure(ExchangeException failure) throws IOException;

    void summary(Tally tally) throws IOException;

    static ClientReport of(Transport transport, Invocation invocation) {
        return switch (invocation.format()) {
            case TEXT -> new TextClientReport(invocation.out());
            case JSON -> new JsonClientReport(transport, invocation.out());
            case RAW -> new RawClientReport(invocation.out());
        };
    }
}
