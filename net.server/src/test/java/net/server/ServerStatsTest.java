package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ServerStatsTest {
    @Test
    void mapsCannotBeChanged() {
        ServerStats stats = stats(Map.of(RefusalReason.LIMIT, 2L), Map.of(ErrorKind.RESET, 1L));
        for (Map<?, Long> map : List.of(stats.refused(), stats.errors())) {
            assertThrows(UnsupportedOperationException.class, map::clear);
        }
    }

    @Test
    void mapsAreCopies() {
        Map<RefusalReason, Long> refused = new HashMap<>(Map.of(RefusalReason.LIMIT, 2L));
        Map<ErrorKind, Long> errors = new HashMap<>(Map.of(ErrorKind.RESET, 1L));
        ServerStats stats = stats(refused, errors);
        refused.clear();
        errors.put(ErrorKind.TIMEOUT, 1L);
        assertEquals(Map.of(RefusalReason.LIMIT, 2L), stats.refused());
        assertEquals(Map.of(ErrorKind.RESET, 1L), stats.errors());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> stats(null, Map.of()));
        assertThrows(NullPointerException.class, () -> stats(Map.of(), null));
    }

    @Test
    void snapshotIsImmutable() throws Exception {
        ListenerLog listener = new ListenerLog();
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener)) {
            ServerStats before = server.stats();
            try (Peer peer = Peer.greeted(server)) {
                peer.abort();
            }
            listener.assertEnd(CloseReason.RESET);
            assertEquals(0, before.accepted());
            assertEquals(Map.of(), before.errors());
            assertEquals(Map.of(ErrorKind.RESET, 1L), server.stats().errors());
        }
    }

    private static ServerStats stats(
            Map<RefusalReason, Long> refused, Map<ErrorKind, Long> errors) {
        return new ServerStats(0, 0, refused, 0, 0, 0, 0, 0, errors, Duration.ZERO);
    }
}
