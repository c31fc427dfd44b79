package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

/** Built-in services by transport. */
class TcpServiceTest {
    @ParameterizedTest
    @EnumSource
    void returnsEachServiceOfferedOverTcp(Service service) {
        if (service.isOver(Transport.TCP)) {
            assertEquals(TcpService.of(service), TcpService.of(service));
        } else {
            IllegalArgumentException thrown =
                    assertThrows(IllegalArgumentException.class, () -> TcpService.of(service));
            assertEquals(
                    "service must be offered over TCP: " + service.label(), thrown.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void returnsEachServiceOfferedOverUdp(Service service) {
        if (service.isOver(Transport.UDP)) {
            UdpServerConfig.of(Loopback.ENDPOINT, UdpService.of(service));
        } else {
            IllegalArgumentException thrown =
                    assertThrows(IllegalArgumentException.class, () -> UdpService.of(service));
            assertEquals(
                    "service must be offered over UDP: " + service.label(), thrown.getMessage());
        }
    }

    @Test
    void greetHasTheDefaultMessageGap() {
        assertEquals(TcpService.greet(Duration.ofMillis(300)), TcpService.of(Service.GREET));
        assertEquals(Duration.ofMillis(300), TcpService.DEFAULT_MESSAGE_GAP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.000000001S", "PT0S"})
    void rejectsMessageGapThatIsNotAboveZero(String gap) {
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> TcpService.greet(Duration.parse(gap)));
        assertEquals("messageGap must be above zero: " + gap, thrown.getMessage());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> TcpService.of(null));
        assertThrows(NullPointerException.class, () -> UdpService.of(null));
        assertThrows(NullPointerException.class, () -> TcpService.greet(null));
    }
}
