package net.launcher;

import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.ReceivedMessage;
import net.server.ServerStats;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.stream.Collectors;

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
                    "message from %s truncated: kept %d of %d bytes"
                            .formatted(peer, message.message().size(), message.received()));
        }
    }

    @Override
    public void summary(ServerStats stats) {
        String errors =
                stats.errors().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(error -> ", " + error.getValue() + " " + error.getKey())
                        .collect(Collectors.joining());
        err.say(
                "%d messages, %d accepted, %d B received, %d B sent, %d truncated, %d dropped%s, up %s"
                        .formatted(
                                stats.messages(),
                                stats.accepted(),
                                stats.bytesReceived(),
                                stats.bytesSent(),
                                stats.truncated(),
                                stats.dropped(),
                                errors,
                                Durations.text(stats.uptime())));
    }
}
