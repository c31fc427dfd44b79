package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

class ServerStatsTest {
    @Test
    void errorsCannotBeChanged() {
        ServerStats stats = stats(Map.of("reset", 1L));
        assertThrows(UnsupportedOperationException.class, () -> stats.errors().put("timeout", 1L));
        assertThrows(UnsupportedOperationException.class, () -> stats.errors().clear());
    }

    @Test
    void errorsAreACopy() {
        Map<String, Long> errors = new HashMap<>(Map.of("reset", 1L));
        ServerStats stats = stats(errors);
        errors.put("timeout", 1L);
        assertEquals(Map.of("reset", 1L), stats.errors());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> stats(null));
    }

    @Test
    void snapshotDoesNotFollowTheServer() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (TcpServer server = TcpServer.start(Loopback.patient(), listener)) {
            ServerStats before = server.stats();
            try (Peer peer = Peer.greeted(server)) {
                peer.abort();
            }
            listener.assertEnd(SessionEnd.RESET);
            assertEquals(0, before.accepted());
            assertEquals(Map.of(), before.errors());
            assertEquals(Map.of("reset", 1L), server.stats().errors());
        }
    }

    private static ServerStats stats(Map<String, Long> errors) {
        return new ServerStats(0, 0, 0, 0, 0, 0, 0, errors, Duration.ZERO);
    }
}
