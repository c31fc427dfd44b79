package net.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of services with their labels and transports. */
class ServiceTest {
    @ParameterizedTest
    @CsvSource({
        "GREET,   greet,   true,  false",
        "RECEIVE, receive, true,  true",
        "ECHO,    echo,    true,  true",
        "DISCARD, discard, true,  true",
        "CHARGEN, chargen, true,  false",
        "STAMP,   stamp,   false, true",
        "CONNECT, connect, false, false",
    })
    void serviceHasLabelAndTransports(Service service, String label, boolean tcp, boolean udp) {
        assertEquals(label, service.label());
        assertEquals(tcp, service.isOver(Transport.TCP));
        assertEquals(udp, service.isOver(Transport.UDP));
    }

    @Test
    void tableHasAllServices() {
        assertEquals(7, Service.values().length);
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> Service.ECHO.isOver(null));
    }
}
