package net.client;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * A Session-Reflector in unauthenticated mode (RFC 8762, section 4.3.1) that shares no code with
 * the client. The test controls its clock.
 */
final class StampReflector implements Relay.StampSession {
    /** A received packet and its time. */
    record Request(SocketAddress client, byte[] packet, Instant arrival) {}

    private static final long SECOND = 1_000_000_000;

    private final List<Request> requests = new ArrayList<>();
    private final Map<SocketAddress, Integer> counts = new HashMap<>();
    private final boolean isStateful;
    private final int start;

    /** Claimed transit time in nanoseconds, by the index of the packet. */
    private final IntToLongFunction transit;

    private StampReflector(boolean isStateful, int start, IntToLongFunction transit) {
        this.isStateful = isStateful;
        this.start = start;
        this.transit = transit;
    }

    /** Numbers the packets of each client from a start value. */
    static StampReflector counting(int start) {
        return new StampReflector(true, start, _ -> 1_000_000);
    }

    /** Uses the sender's sequence as its own. */
    static StampReflector stateless() {
        return new StampReflector(false, 0, _ -> 1_000_000);
    }

    /** Sets the claimed forward transit times in nanoseconds, by the index of the packet. */
    static StampReflector claiming(IntToLongFunction transit) {
        return new StampReflector(true, 0, transit);
    }

    @Override
    public synchronized byte[] reflect(byte[] question, SocketAddress client) {
        ByteBuffer request = ByteBuffer.wrap(question);
        int count = counts.merge(client, start + 1, (before, _) -> before + 1) - 1;
        long sent = request.getLong(4);
        long transitNanos = transit.applyAsLong(requests.size());
        long fraction = (transitNanos % SECOND << 32) / SECOND;
        long received = sent + (transitNanos / SECOND << 32) + fraction;
        requests.add(new Request(client, question, Instant.now()));
        ByteBuffer answer = ByteBuffer.allocate(question.length);
        answer.putInt(0, isStateful ? count : request.getInt(0));
        answer.putLong(4, received);
        answer.putShort(12, (short) 0x8001);
        answer.putLong(16, received);
        answer.putInt(24, request.getInt(0));
        answer.putLong(28, sent);
        answer.putShort(36, request.getShort(12));
        answer.put(40, (byte) 64);
        return answer.array();
    }

    @Override
    public int markAt() {
        return 24;
    }

    @Override
    public int checkedAt() {
        return 30;
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }
}
