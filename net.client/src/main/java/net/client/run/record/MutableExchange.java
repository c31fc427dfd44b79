package net.client.run.record;

import net.client.run.Exchange;
import net.protocol.Message;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** A successful exchange. One object is reused for all of a run, to avoid allocation. */
public final class MutableExchange {
    /** Value of a time that does not exist. */
    public static final long NONE = -1;

    public InetSocketAddress local;
    public InetSocketAddress peer;
    public Message answer = Message.of("");
    public long number;
    public long bytesSent;
    public long bytesReceived;
    public long connectNanos = NONE;
    public long firstByteNanos = NONE;
    public long dueNanos;
    public long sentNanos;
    public long endNanos;

    Exchange toExchange() {
        return new Exchange(
                number,
                local,
                peer,
                answer,
                bytesSent,
                bytesReceived,
                duration(connectNanos),
                duration(firstByteNanos),
                Duration.ofNanos(endNanos - dueNanos),
                Duration.ofNanos(endNanos - sentNanos));
    }

    private static Optional<Duration> duration(long nanos) {
        return nanos == NONE ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }
}
