package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ServerStatsTest {
    @Test
    void mapsCannotBeChanged() {
        ServerStats stats = stats(Map.of("limit", 2L), Map.of("reset", 1L));
        for (Map<String, Long> map : List.of(stats.refused(), stats.errors())) {
            assertThrows(UnsupportedOperationException.class, () -> map.put("timeout", 1L));
            assertThrows(UnsupportedOperationException.class, map::clear);
        }
    }

    @Test
    void mapsAreCopies() {
        Map<String, Long> refused = new HashMap<>(Map.of("limit", 2L));
        Map<String, Long> errors = new HashMap<>(Map.of("reset", 1L));
        ServerStats stats = stats(refused, errors);
        refused.clear();
        errors.put("timeout", 1L);
        assertEquals(Map.of("limit", 2L), stats.refused());
        assertEquals(Map.of("reset", 1L), stats.errors());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> stats(null, Map.of()));
        assertThrows(NullPointerException.class, () -> stats(Map.of(), null));
    }

    @Test
    void snapshotDoesNotFollowTheServer() throws Exception {
        ListenerLog listener = new ListenerLog();
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener)) {
            ServerStats before = server.stats();
            try (Peer peer = Peer.greeted(server)) {
                peer.abort();
            }
            listener.assertEnd(CloseReason.RESET);
            assertEquals(0, before.accepted());
            assertEquals(Map.of(), before.errors());
            assertEquals(Map.of("reset", 1L), server.stats().errors());
        }
    }

    private static ServerStats stats(Map<String, Long> refused, Map<String, Long> errors) {
        return new ServerStats(0, 0, refused, 0, 0, 0, 0, 0, errors, Duration.ZERO);
    }
}
