package net.server;

import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.util.Optional;

/** The datagram that a UDP server is busy with: one object for all, one after the other. */
final class ReceivedDatagram implements Datagram {
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final Recorder recorder;
    private final Counters counters;
    private final AnswerRules rules;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(UdpServer.MAX_DATAGRAM_BYTES);
    private final byte[] kept = new byte[Protocol.MAX_MESSAGE_BYTES];
    private Instant time;
    private InetSocketAddress peer;

    /** Bytes of the answers so far. */
    private int answered;

    ReceivedDatagram(
            DatagramChannel channel,
            InetSocketAddress local,
            Recorder recorder,
            Counters counters) {
        this.channel = channel;
        this.local = local;
        this.recorder = recorder;
        this.counters = counters;
        this.rules = new AnswerRules(local);
    }

    /** Becomes the next datagram; returns its length, or -1 if there is none. */
    int receive() throws IOException {
        buffer.clear();
        peer = (InetSocketAddress) channel.receive(buffer);
        if (peer == null) {
            return -1;
        }
        time = Instant.now();
        answered = 0;
        int length = buffer.flip().remaining();
        counters.accepted.increment();
        counters.bytesReceived.add(length);
        return length;
    }

    @Override
    public Instant time() {
        return time;
    }

    @Override
    public InetSocketAddress local() {
        return local;
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
        recorder.take(
                new ReceivedMessage(
                        time,
                        Transport.UDP,
                        local,
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
        Optional<String> refusal = rules.refusal(peer);
        if (refusal.isPresent()) {
            counters.refused(refusal.get());
        } else if (send(payload)) {
            counters.bytesSent.add(length);
        } else {
            counters.error("send");
        }
    }

    /** Sends without waiting; returns whether the system took it. */
    private boolean send(ByteBuffer payload) {
        try {
            // Either the whole datagram or nothing is sent; an empty one is whole.
            boolean isEmpty = !payload.hasRemaining();
            return channel.send(payload, peer) > 0 || isEmpty;
        } catch (IOException expected) {
            // This peer cannot be reached, or not now: nothing to others.
            return false;
        }
    }
}
