package net.launcher.server;

import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.BoundAddress;
import net.server.ReceivedMessage;
import net.server.ServerStats;

import java.io.IOException;

/** What a server writes as results; safe for use by several threads. */
public interface ServerReport {
    void listening(Transport transport, BoundAddress listening, Service service) throws IOException;

    /** Appends a record, which is written at the next commit of the output, or before. */
    void message(ReceivedMessage message) throws IOException;

    void summary(ServerStats stats) throws IOException;

    /** Tells whether the summary goes where messages go, or to standard error. */
    boolean summaryIsResult();

    static ServerReport of(Format format, Output out, Diagnostics err) {
        return switch (format) {
            case TEXT -> new TextServerReport(out, err);
            case JSON -> new JsonServerReport(out);
            case RAW -> new RawServerReport(out, err);
        };
    }
}
