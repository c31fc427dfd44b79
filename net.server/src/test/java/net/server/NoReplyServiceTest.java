package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

/** Services that answer, for which wildcard addresses are expanded. */
class NoReplyServiceTest {
    @ParameterizedTest
    @CsvSource({"RECEIVE, false", "DISCARD, false", "ECHO, true", "STAMP, true"})
    void onlyEchoAndStampAnswer(Service service, boolean answers) {
        assertEquals(answers, UdpService.of(service).answers());
    }

    @Test
    void userServiceAnswersByDefault() {
        UdpService own = datagram -> {};
        assertEquals(true, own.answers());
        assertEquals(false, new NoReplyService(own).answers());
    }

    @Test
    void discardIgnoresADatagram() throws Exception {
        Datagram datagram = mock();
        UdpService.of(Service.DISCARD).serve(datagram);
        verifyNoInteractions(datagram);
    }

    @Test
    void delegatesToItsService() throws Exception {
        UdpService service = mock();
        Datagram datagram = mock();
        UdpService silent = new NoReplyService(service);
        silent.serve(datagram);
        verify(service).serve(datagram);
        IOException failure = new IOException("disk is gone");
        UdpService failing =
                new NoReplyService(
                        any -> {
                            throw failure;
                        });
        assertSame(failure, assertThrows(IOException.class, () -> failing.serve(datagram)));
    }
}
