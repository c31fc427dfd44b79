package net.client.run.internal;

import net.client.run.Exchange;
import net.protocol.Message;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** An exchange that succeeded, as a flow tells of it: one object for all, so that none is made. */
final class MutableExchange {
    /** Where there is no such time. */
    static final long NONE = -1;

    InetSocketAddress local;
    InetSocketAddress peer;
    Message answer = Message.of("");
    long number;
    long bytesSent;
    long bytesReceived;
    long connectNanos = NONE;
    long firstByteNanos = NONE;
    long dueNanos;
    long sentNanos;
    long endNanos;

    Exchange exchange() {
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
