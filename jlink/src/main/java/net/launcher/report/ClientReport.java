package net.launcher.report;

import net.client.Exchange;
import net.client.ExchangeException;
import net.protocol.Transport;

import java.io.IOException;

/** What a client writes to standard output. */
public interface ClientReport {
    void reply(Exchange exchange) throws IOException;

    /** Writes what had arrived, and why no more did. */
    void failure(ExchangeException failure) throws IOException;

    void summary(Tally tally) throws IOException;

    static ClientReport of(Transport transport, Format format, Output out) {
        return switch (format) {
            case TEXT -> new TextClientReport(out);
            case JSON -> new JsonClientReport(transport, out);
            case RAW -> new RawClientReport(out);
        };
    }
}
