package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** The DSCP of packets on the wire. */
class DscpIT {
    @AutoClose private static NetworkNamespace server;
    @AutoClose private static NetworkNamespace client;

    @BeforeAll
    static void joinHosts() {
        server = NetworkNamespace.start();
        client = server.join();
        server.with("net0", "10.1.0.1/24", "fd01::1/64");
        client.with("net0", "10.1.0.9/24", "fd01::9/64");
    }

    /** EF is 46, and AF41 is 34; two bits follow them. */
    @ParameterizedTest
    @CsvSource({
        "udp, EF, :0, 0xb8",
        "udp, AF41, -4 :0, 0x88",
        "tcp, EF, :0, 0xb8",
        "tcp, 34, -4 :0, 0x88",
        "udp, 0, :0, 0x0",
        "tcp, 0, :0, 0x0"
    })
    void answersAreMarked(String transport, String code, String endpoint, String mark) {
        try (RunningProcess marking =
                server.launch(transport + "-server", "--service", "echo", "--dscp", code)
                        .with(endpoint.split(" "))
                        .start()) {
            int port = marking.port();
            assertEquals(
                    List.of(mark), client.run("traffic_class.py", transport, "10.1.0.1", port));
            if (endpoint.equals(":0")) {
                // On a dual-stack socket, each family has its own option.
                assertEquals(
                        List.of(mark), client.run("traffic_class.py", transport, "fd01::1", port));
            }
        }
    }
}
