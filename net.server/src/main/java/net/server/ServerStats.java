package net.server;

import java.time.Duration;
import java.util.Map;

/**
 * A running total since the start of a server, of all its sockets. The counters are read one after
 * the other, so while peers are busy they may be apart by what happened in between.
 *
 * @param accepted connections or datagrams let in
 * @param active connections that are open
 * @param refused how many peers or answers were refused, by {@link
 *     net.server.access.RefusalReason#label}; reasons that did not occur are missing
 * @param messages recorded
 * @param bytesReceived payload bytes from peers that were let in
 * @param bytesSent payload bytes to peers
 * @param truncated messages that lost bytes over {@value net.protocol.Protocol#MAX_MESSAGE_BYTES}
 * @param dropped messages that came and could not be recorded, and datagrams that the system
 *     dropped for want of room, where it tells (Linux)
 * @param errors how often each kind of error occurred; kinds that did not are missing
 * @param uptime since the start
 */
public record ServerStats(
        long accepted,
        int active,
        Map<String, Long> refused,
        long messages,
        long bytesReceived,
        long bytesSent,
        long truncated,
        long dropped,
        Map<String, Long> errors,
        Duration uptime) {

    /** Creates a snapshot; the maps are copied. */
    public ServerStats {
        refused = Map.copyOf(refused);
        errors = Map.copyOf(errors);
    }
}
