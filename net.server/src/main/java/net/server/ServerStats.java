package net.server;

import java.time.Duration;
import java.util.Map;

/**
 * A running total since the start of a server. The counters are read one after the other, so while
 * peers are busy they may be apart by what happened in between.
 *
 * @param accepted connections, or datagrams received
 * @param active connections that are open
 * @param messages recorded
 * @param bytesReceived payload bytes from peers
 * @param bytesSent payload bytes to peers
 * @param truncated messages that lost bytes over {@value net.protocol.Protocol#MAX_MESSAGE_BYTES}
 * @param dropped messages that came and could not be recorded
 * @param errors how often each kind of error occurred; kinds that did not are missing
 * @param uptime since the start
 */
public record ServerStats(
        long accepted,
        int active,
        long messages,
        long bytesReceived,
        long bytesSent,
        long truncated,
        long dropped,
        Map<String, Long> errors,
        Duration uptime) {

    /** Creates a snapshot; the map is copied. */
    public ServerStats {
        errors = Map.copyOf(errors);
    }
}
