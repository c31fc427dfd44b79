package net.launcher.server;

import net.launcher.output.Diagnostics;
import net.launcher.output.Output;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.BoundAddress;
import net.server.ReceivedMessage;
import net.server.ServerStats;

import java.io.IOException;
import java.util.Map;

/** Results of a server as the bytes of the messages, without separators. */
record RawServerReport(Transport transport, Output out, Diagnostics err) implements ServerReport {
    @Override
    public void listening(Transport transport, BoundAddress listening, Service service) {
        // Standard output has the bytes of messages only.
    }

    @Override
    public void message(ReceivedMessage message, Service service) throws IOException {
        out.append(batch -> batch.writeBytes(message.message().bytes()));
    }

    @Override
    public boolean summaryIsResult() {
        return false;
    }

    @Override
    public void summary(Map<Service, ServerStats> stats) {
        CounterLines.print(err, transport, stats);
    }
}
