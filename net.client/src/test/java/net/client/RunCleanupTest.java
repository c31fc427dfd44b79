package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.Relay.Fate;
import net.client.connect.ClientConfig;
import net.client.run.Exchange;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Counts the descriptors of the whole process, so no other test may run at the same time. */
@Isolated
@Timeout(60)
class RunCleanupTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** A run, which may fail. */
    private interface Scenario {
        void run() throws Exception;
    }

    private static RunConfig.Builder run(
            Transport transport, Service service, ClientConfig client) {
        return RunConfig.builder(transport, service, client).count(20).parallel(4);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }

    /** At the first run, the JDK opens descriptors that it keeps. */
    private static void assertLeavesNothingOpen(Scenario scenario) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS));
        scenario.run();
        long before = descriptors();
        scenario.run();
        assertEquals(before, descriptors());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("alarm")) {
                thread.join(Duration.ofSeconds(30));
                assertFalse(thread.isAlive());
            }
        }
    }

    @Test
    void runClosesConnections() throws Exception {
        assertLeavesNothingOpen(
                () -> {
                    try (OpenServer server = OpenServer.echoing()) {
                        RunConfig.Builder config =
                                run(Transport.TCP, Service.ECHO, server.config());
                        assertEquals(20, result(config).ok());
                        assertEquals(20, result(config.reconnect(true)).ok());
                        assertEquals(20, result(config.rate(1000)).ok());
                    }
                });
    }

    @Test
    void runClosesFailedConnections() throws Exception {
        assertLeavesNothingOpen(
                () -> {
                    try (OpenServer server = OpenServer.running(OpenServer.Peer::reset);
                            Loopback refusing = Loopback.refusingTcp()) {
                        ClientConfig refused = ClientConfig.of(Endpoint.of(refusing.address()));
                        for (ClientConfig client : List.of(server.config(), refused)) {
                            RunConfig.Builder config = run(Transport.TCP, Service.ECHO, client);
                            assertEquals(20, result(config).failed());
                        }
                    }
                });
    }

    @Test
    void runClosesUdpSockets() throws Exception {
        assertLeavesNothingOpen(
                () -> {
                    List<Fate> fates = List.of(Fate.LOST_UP, Fate.OTHER_PORT);
                    try (Relay relay = Relay.running(Relay.StampSession.ECHO, fates);
                            Loopback refusing = Loopback.refusingUdp()) {
                        RunConfig.Builder config = run(Transport.UDP, Service.ECHO, relay.config());
                        config.answerWait(Duration.ofMillis(200));
                        assertEquals(2, result(config).failed());
                        ClientConfig refused = ClientConfig.of(Endpoint.of(refusing.address()));
                        config = run(Transport.UDP, Service.ECHO, refused);
                        assertEquals(20, result(config).failed());
                    }
                });
    }

    @Test
    void runClosesSocketsIfListenerThrows() throws Exception {
        assertLeavesNothingOpen(
                () -> {
                    RecordingRunListener throwing =
                            new RecordingRunListener() {
                                @Override
                                public void onExchange(Exchange exchange) throws IOException {
                                    throw new IOException("disk full");
                                }
                            };
                    try (OpenServer server = OpenServer.echoing();
                            Relay relay = Relay.passing(Relay.StampSession.ECHO)) {
                        RunConfig tcp = run(Transport.TCP, Service.ECHO, server.config()).build();
                        assertThrows(IOException.class, () -> new Run(tcp, throwing).run());
                        RunConfig udp = run(Transport.UDP, Service.ECHO, relay.config()).build();
                        assertThrows(IOException.class, () -> new Run(udp, throwing).run());
                    }
                });
    }

    @Test
    void runClosesSocketsAfterInterrupt() throws Exception {
        assertLeavesNothingOpen(
                () -> {
                    RecordingRunListener interrupting =
                            new RecordingRunListener() {
                                @Override
                                public void onExchange(Exchange exchange) {
                                    Thread.currentThread().interrupt();
                                }
                            };
                    try (OpenServer server = OpenServer.echoing();
                            Relay relay = Relay.passing(Relay.StampSession.ECHO)) {
                        RunConfig tcp = run(Transport.TCP, Service.ECHO, server.config()).build();
                        new Run(tcp, interrupting).run();
                        assertTrue(Thread.interrupted());
                        RunConfig udp =
                                run(Transport.UDP, Service.ECHO, relay.config()).rate(100).build();
                        new Run(udp, interrupting).run();
                        assertTrue(Thread.interrupted());
                    }
                });
    }

    private static RunResult result(RunConfig.Builder config) throws IOException {
        return new Run(config.build(), RunListener.NONE).run();
    }
}
