package net.server;

import net.server.access.RefusalReason;

import java.time.Duration;
import java.util.Map;

/**
 * Counters of a server since its start, over all its sockets. They are not read atomically, so that
 * under load they may be slightly inconsistent.
 *
 * @param accepted admitted connections or datagrams
 * @param active open connections; 0 for a UDP server
 * @param refused refused peers or answers by reason; reasons that did not occur are absent
 * @param messages recorded messages
 * @param bytesReceived payload bytes received from admitted peers
 * @param bytesSent payload bytes sent
 * @param truncated recorded messages that exceeded {@value net.protocol.Protocol#MAX_MESSAGE_BYTES}
 *     bytes
 * @param dropped messages that could not be recorded, and datagrams dropped by the system because
 *     the socket's buffer was full (Linux only)
 * @param errors errors by kind; kinds that did not occur are absent
 * @param uptime time since the start
 */
public record ServerStats(
        long accepted,
        int active,
        Map<RefusalReason, Long> refused,
        long messages,
        long bytesReceived,
        long bytesSent,
        long truncated,
        long dropped,
        Map<ErrorKind, Long> errors,
        Duration uptime) {

    /** Creates a snapshot; the maps are copied. */
    public ServerStats {
        refused = Map.copyOf(refused);
        errors = Map.copyOf(errors);
    }
}
