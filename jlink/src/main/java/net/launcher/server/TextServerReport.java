package net.launcher.server;

import net.launcher.command.Durations;
import net.launcher.output.Diagnostics;
import net.launcher.output.Escapes;
import net.launcher.output.Output;
import net.launcher.output.RateLimitedLog;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.BoundAddress;
import net.server.ReceivedMessage;
import net.server.ServerStats;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A server's results for people: a line a message, as the tutorial prints them. */
public final class TextServerReport implements ServerReport {
    private static final byte[] RECEIVED = "received: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FROM = " from ".getBytes(StandardCharsets.US_ASCII);

    private final Output out;
    private final Diagnostics err;
    private final RateLimitedLog oddities;

    /** The last one, since a UDP sender seldom sends one datagram alone. */
    private volatile Peer last = new Peer(new InetSocketAddress(0), new byte[0]);

    private record Peer(InetSocketAddress address, byte[] name) {}

    public TextServerReport(Output out, Diagnostics err) {
        this.out = out;
        this.err = err;
        this.oddities = new RateLimitedLog(err);
    }

    @Override
    public void listening(Transport transport, BoundAddress listening, Service service) {
        // Standard output has messages only; the ready line says it for all formats.
    }

    @Override
    public void message(ReceivedMessage message) throws IOException {
        byte[] text = Escapes.bytes(message.message());
        switch (message.transport()) {
            case TCP ->
                    out.append(
                            batch -> {
                                batch.writeBytes(text);
                                batch.write('\n');
                            });
            case UDP -> {
                byte[] peer = name(message.peer());
                out.append(
                        batch -> {
                            batch.writeBytes(RECEIVED);
                            batch.writeBytes(text);
                            batch.writeBytes(FROM);
                            batch.writeBytes(peer);
                            batch.write('\n');
                        });
            }
        }
        if (message.isTruncated()) {
            oddities.say(
                    "message from "
                            + Endpoint.of(message.peer())
                            + " truncated: kept "
                            + message.message().size()
                            + " of "
                            + message.received()
                            + " bytes");
        } else if (message.transport() == Transport.UDP && message.received() == 0) {
            oddities.say("datagram from " + Endpoint.of(message.peer()) + " is empty");
        }
    }

    private byte[] name(InetSocketAddress address) {
        Peer peer = last;
        if (!peer.address().equals(address)) {
            String name = Endpoint.of(address).toString();
            peer = new Peer(address, name.getBytes(StandardCharsets.UTF_8));
            last = peer;
        }
        return peer.name();
    }

    @Override
    public boolean summaryIsResult() {
        return false;
    }

    @Override
    public void summary(ServerStats stats) {
        err.say(summaryLine(stats));
    }

    /** Returns what a server did, in a line. */
    public static String summaryLine(ServerStats stats) {
        StringBuilder line = new StringBuilder();
        line.append(stats.messages()).append(" messages, ");
        line.append(stats.accepted()).append(" accepted, ");
        if (stats.active() > 0) {
            line.append(stats.active()).append(" active, ");
        }
        line.append(stats.bytesReceived()).append(" B received, ");
        line.append(stats.bytesSent()).append(" B sent, ");
        line.append(stats.truncated()).append(" truncated, ");
        line.append(stats.dropped()).append(" dropped");
        append(line, " refused (", CountsByLabel.refused(stats), ")");
        append(line, " ", CountsByLabel.errors(stats), "");
        return line.append(", up ").append(Durations.text(stats.uptime())).toString();
    }

    private static void append(
            StringBuilder line, String before, Map<String, Long> counts, String after) {
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            line.append(", ").append(count.getValue());
            line.append(before).append(count.getKey()).append(after);
        }
    }
}
