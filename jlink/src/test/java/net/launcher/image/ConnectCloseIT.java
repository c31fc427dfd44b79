package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/**
 * The close of connections of {@code tcp-client --service connect}, which waits a tenth of a second
 * for the peer's FIN: beside other tests, a server would not be scheduled in time.
 */
@Isolated
class ConnectCloseIT {
    private static ProcessCommand client(String... args) {
        return ProcessCommand.of("tcp-client", "--service", "connect").with(args);
    }

    /** Neither side of a connection sees a reset, whatever the server sends first. */
    @ParameterizedTest
    @ValueSource(strings = {"greet", "receive", "echo", "discard"})
    void openPortIsReportedAndClosedInOrder(String service) {
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", "--service", service, "--format", "json")
                        .with("127.0.0.1", "0")
                        .start()) {
            String endpoint = "127.0.0.1:" + server.port();
            ProcessResult ended = client(endpoint).run();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals("", ended.err());
            assertTrue(ended.out().matches(endpoint + " open in \\d+(\\.\\d+)? m?s\n"), ended::out);
            assertEquals(0, client("-c", "200", "-P", "4", endpoint).run().status());
            server.awaitTotals(" from 201 connections, ");
            EventList events = EventList.of(server.signal("TERM").end().out());
            assertEquals(201, events.total("accepted"));
            assertEquals("{}", events.summary().get("errors").toString());
            assertEquals("{}", events.summary().get("refused").toString());
            assertEquals(List.of(), events.named("message"));
        }
    }
}
