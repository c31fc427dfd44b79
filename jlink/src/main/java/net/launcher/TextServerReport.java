package net.launcher;

import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.ReceivedMessage;
import net.server.ServerStats;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.TreeMap;

/** A server's results for people: a line a message, as the tutorial prints them. */
record TextServerReport(Output out, Diagnostics err) implements ServerReport {
    @Override
    public void listening(Transport transport, InetSocketAddress local, Service service) {
        // Standard output has messages only; the ready line says it for both formats.
    }

    @Override
    public void message(ReceivedMessage message) throws IOException {
        String text = Escapes.text(message.message());
        String peer = Endpoint.of(message.peer()).toString();
        out.line(
                switch (message.transport()) {
                    case TCP -> text;
                    case UDP -> "received: " + text + " from " + peer;
                });
        if (message.isTruncated()) {
            err.say(
                    "message from "
                            + peer
                            + " truncated: kept "
                            + message.message().size()
                            + " of "
                            + message.received()
                            + " bytes");
        }
    }

    @Override
    public void summary(ServerStats stats) {
        StringBuilder line = new StringBuilder();
        line.append(stats.messages()).append(" messages, ");
        line.append(stats.accepted()).append(" accepted, ");
        line.append(stats.bytesReceived()).append(" B received, ");
        line.append(stats.bytesSent()).append(" B sent, ");
        line.append(stats.truncated()).append(" truncated, ");
        line.append(stats.dropped()).append(" dropped");
        new TreeMap<>(stats.errors())
                .forEach((kind, count) -> line.append(", ").append(count).append(' ').append(kind));
        line.append(", up ").append(Durations.text(stats.uptime()));
        err.say(line.toString());
    }
}
