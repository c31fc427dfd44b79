package net.launcher.server;

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

/** Results of a server as text: one line per message, in the format of the tutorial. */
final class TextServerReport implements ServerReport {
    private static final byte[] RECEIVED = "received: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FROM = " from ".getBytes(StandardCharsets.US_ASCII);

    private final Transport transport;
    private final Output out;
    private final Diagnostics err;
    private final RateLimitedLog warnings;

    /** The peer of the last datagram; a sender usually sends several. */
    private volatile Peer lastPeer = new Peer(new InetSocketAddress(0), new byte[0]);

    private record Peer(InetSocketAddress address, byte[] name) {}

    TextServerReport(Transport transport, Output out, Diagnostics err) {
        this.transport = transport;
        this.out = out;
        this.err = err;
        this.warnings = new RateLimitedLog(err);
    }

    @Override
    public void listening(Transport transport, BoundAddress listening, Service service) {
        // Standard output has messages only; the ready line on standard error is the same for all
        // formats.
    }

    @Override
    public void message(ReceivedMessage message, Service service) throws IOException {
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
            warnings.log(
                    "message from "
                            + Endpoint.of(message.peer())
                            + " truncated: kept "
                            + message.message().size()
                            + " of "
                            + message.received()
                            + " bytes");
        } else if (message.transport() == Transport.UDP && message.received() == 0) {
            warnings.log("datagram from " + Endpoint.of(message.peer()) + " is empty");
        }
    }

    private byte[] name(InetSocketAddress address) {
        Peer peer = lastPeer;
        if (!peer.address().equals(address)) {
            String name = Endpoint.of(address).toString();
            peer = new Peer(address, name.getBytes(StandardCharsets.UTF_8));
            lastPeer = peer;
        }
        return peer.name();
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
