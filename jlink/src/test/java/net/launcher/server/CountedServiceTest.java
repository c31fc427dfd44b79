package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import net.protocol.Service;
import net.server.Datagram;
import net.server.UdpService;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A service limited to a number of datagrams. */
class CountedServiceTest {
    private final Datagram datagram = mock(Datagram.class);
    private final List<Datagram> served = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"RECEIVE, false", "ECHO, true", "DISCARD, false", "STAMP, true"})
    void answersLikeTheService(Service service, boolean answers) {
        UdpService counted = new CountedService(UdpService.of(service), new CountLimit(1));
        assertEquals(answers, counted.answers());
    }

    @Test
    void ignoresDatagramsBeyondTheCount() throws Exception {
        CountLimit limit = new CountLimit(2);
        UdpService counted = new CountedService(served::add, limit);
        counted.serve(datagram);
        assertFalse(limit.isReached());
        for (int i = 0; i < 3; i++) {
            counted.serve(datagram);
            assertTrue(limit.isReached());
        }
        assertEquals(List.of(datagram, datagram), served);
        // The last exchange has ended, otherwise this would block.
        limit.await(Duration.ofDays(1));
    }

    @Test
    void doesNotCountAnInvalidRequest() throws IOException {
        CountLimit limit = new CountLimit(1);
        ProtocolException failure = new ProtocolException("too short");
        UdpService counted =
                new CountedService(
                        question -> {
                            throw failure;
                        },
                        limit);
        for (int i = 0; i < 2; i++) {
            assertEquals(failure, assertThrows(IOException.class, () -> counted.serve(datagram)));
        }
        assertFalse(limit.isReached());
    }
}
