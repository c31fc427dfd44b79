package net.server;

import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Transport;
import net.server.access.RefusalReason;
import net.server.ratelimit.AnswerPolicy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** The datagram that a UDP server is busy with: one object for all, one after the other. */
final class ReceivedDatagram implements Datagram {
    private final MessageRecorder recorder;
    private final Counters counters;
    private final AnswerPolicy rules;
    private final ServerListener listener;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(UdpServer.MAX_DATAGRAM_BYTES);
    private final byte[] kept = new byte[Protocol.MAX_MESSAGE_BYTES];
    private UdpServerSocket socket;
    private Instant time;
    private InetSocketAddress peer;

    /** Bytes of the answers so far. */
    private int answered;

    ReceivedDatagram(
            AnswerPolicy rules,
            MessageRecorder recorder,
            Counters counters,
            ServerListener listener) {
        this.rules = rules;
        this.recorder = recorder;
        this.counters = counters;
        this.listener = listener;
    }

    /** Becomes the next datagram of a socket; returns its length, or -1 if there is none. */
    int receive(UdpServerSocket from) throws IOException {
        buffer.clear();
        peer = from.receive(buffer);
        if (peer == null) {
            return -1;
        }
        socket = from;
        answered = 0;
        return buffer.flip().remaining();
    }

    /** Counts it as one that is served, from now on. */
    void accepted() {
        time = Instant.now();
        counters.accepted.increment();
        counters.bytesReceived.add(buffer.limit());
    }

    /** Counts it as one whose sender gets nothing. */
    void refused(RefusalReason reason) {
        counters.refused(reason);
        listener.onRefused(peer, reason);
    }

    @Override
    public Instant time() {
        return time;
    }

    @Override
    public InetSocketAddress local() {
        return socket.local();
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public ByteBuffer payload() {
        return buffer.asReadOnlyBuffer();
    }

    @Override
    public void take() throws IOException {
        int size = Math.min(buffer.limit(), kept.length);
        buffer.get(0, kept, 0, size);
        recorder.add(
                new ReceivedMessage(
                        time,
                        Transport.UDP,
                        socket.local(),
                        peer,
                        Message.of(kept, 0, size),
                        buffer.limit()));
    }

    @Override
    public void answer(ByteBuffer payload) throws IOException {
        int length = payload.remaining();
        int left = buffer.limit() - answered;
        if (length > left) {
            throw new IllegalArgumentException(
                    "answer must be at most " + left + " bytes: " + length);
        }
        answered += length;
        recorder.commit();
        Optional<RefusalReason> refusal = rules.refusal(peer, buffer, payload);
        if (refusal.isPresent()) {
            refused(refusal.get());
        } else if (socket.send(payload, peer)) {
            counters.bytesSent.add(length);
        } else {
            counters.error("send");
        }
    }
}
