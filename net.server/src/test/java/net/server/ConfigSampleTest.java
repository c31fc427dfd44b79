package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Endpoint;
import net.protocol.Service;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Samples of the configurations' Javadoc. */
class ConfigSampleTest {
    @Test
    void tcp() {
        // @start region="tcp"
        TcpServerConfig config =
                TcpServerConfig.builder()
                        .endpoints(new Endpoint("localhost", 9007))
                        .service(Service.ECHO)
                        .idleTimeout(Duration.ofSeconds(10))
                        .build();
        // @end
        assertEquals(List.of(new Endpoint("localhost", 9007)), config.endpoints());
        assertEquals(Duration.ZERO, config.sessionTimeout());
    }

    @Test
    void udp() {
        // @start region="udp"
        UdpServerConfig config =
                UdpServerConfig.builder()
                        .endpoints(new Endpoint("localhost", 9007))
                        .service(Service.ECHO)
                        .answerRate(1000)
                        .build();
        // @end
        assertEquals(OptionalInt.of(1000), config.answerRate());
    }
}
