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
import java.util.Map;

/** Writes the results of a server. Thread-safe. */
public interface ServerReport {
    void listening(Transport transport, BoundAddress listening, Service service) throws IOException;

    /** Appends a record, which is written at the next commit of the output or earlier. */
    void message(ReceivedMessage message, Service service) throws IOException;

    /** Writes the counters of each service. */
    void summary(Map<Service, ServerStats> stats) throws IOException;

    /** Returns whether the summary is written to the output of messages, not to standard error. */
    boolean summaryIsResult();

    /** Returns whether a service records messages, and is counted by them, not by its exchanges. */
    static boolean recordsMessages(Service service) {
        return service == Service.GREET || service == Service.RECEIVE;
    }

    static ServerReport of(Format format, Transport transport, Output out, Diagnostics err) {
        return switch (format) {
            case TEXT -> new TextServerReport(transport, out, err);
            case JSON -> new JsonServerReport(out);
            case RAW -> new RawServerReport(transport, out, err);
        };
    }
}
