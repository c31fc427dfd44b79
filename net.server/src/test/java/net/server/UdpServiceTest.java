package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UdpServiceTest {
    @ParameterizedTest
    @EnumSource
    void returnsEachServiceOfferedOverUdp(Service service) {
        if (service.isOver(Transport.UDP)) {
            UdpServerConfig.of(Loopback.ENDPOINT, service);
        } else {
            IllegalArgumentException thrown =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> UdpServerConfig.of(Loopback.ENDPOINT, service));
            assertEquals(
                    "service must be offered over UDP: " + service.label(), thrown.getMessage());
        }
    }
}
