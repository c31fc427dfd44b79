package net.server;

import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Transport;
import net.protocol.internal.Sockets;
import net.server.access.RefusalReason;
import net.server.ratelimit.AnswerPolicy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** The current datagram of a UDP server. One object is reused for all datagrams. */
final class ReceivedDatagram implements Datagram {
    private final MessageRecorder recorder;
    private final Counters counters;
    private final AnswerPolicy policy;
    private final ServerListener listener;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Sockets.DATAGRAM_BUFFER_BYTES);
    private final byte[] kept = new byte[Protocol.MAX_MESSAGE_BYTES];
    private UdpServerSocket socket;
    private Instant time;
    private InetSocketAddress peer;

    /** Total size of the answers to this datagram. */
    private int answeredBytes;

    ReceivedDatagram(
            AnswerPolicy policy,
            MessageRecorder recorder,
            Counters counters,
            ServerListener listener) {
        this.policy = policy;
        this.recorder = recorder;
        this.counters = counters;
        this.listener = listener;
    }

    /** Receives the next datagram of a socket; returns its length, or -1 if there is none. */
    int receive(UdpServerSocket from) throws IOException {
        buffer.clear();
        peer = from.receive(buffer);
        if (peer == null) {
            return -1;
        }
        socket = from;
        answeredBytes = 0;
        return buffer.flip().remaining();
    }

    /** Counts the datagram as admitted. */
    void accept() {
        time = Instant.now();
        counters.accepted.increment();
        counters.bytesReceived.add(buffer.limit());
    }

    /** Counts and reports the datagram, or an answer to it, as refused. */
    void refuse(RefusalReason reason) {
        counters.addRefused(reason);
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
    public void record() throws IOException {
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
        int maxBytes = buffer.limit() - answeredBytes;
        if (length > maxBytes) {
            throw new IllegalArgumentException(
                    "answer must be at most " + maxBytes + " bytes: " + length);
        }
        answeredBytes += length;
        recorder.commit();
        Optional<RefusalReason> refusal = policy.refusal(peer, buffer, payload);
        if (refusal.isPresent()) {
            refuse(refusal.get());
        } else if (socket.send(payload, peer)) {
            counters.bytesSent.add(length);
        } else {
            counters.addError(ErrorKind.SEND);
        }
    }
}
